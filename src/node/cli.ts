#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addBuildCommand, runBuild } from './build-command.ts';
import { addCheckCommand } from './check-command.ts';
import { addExitCodes, explain } from './command-help.ts';
import { addImportCommand } from './import/import-command.ts';
import { addInitCommand } from './init-command.ts';
import { addNewCommand } from './new-command.ts';
import { addPublishCommand } from './publish/publish-command.ts';
import { readPublication } from './read-publication.ts';
import { addServeCommand } from './serve-command.ts';
import { addPingCommand } from './websub/ping-command.ts';

/** Makes the command line; `dateline --help` shows what it says of itself. */
export function commandLine(): Command {
  const program = new Command('dateline')
    .description('Publishes a folder of articles as RSS, Atom and JSON Feed.')
    .version(version())
    .showHelpAfterError('(dateline --help shows what there is)')
    .showSuggestionAfterError()
    .exitOverride();
  addExitCodes(program);
  addInitCommand(program, readPublication);
  addImportCommand(program);
  addNewCommand(program, readPublication);
  addServeCommand(program);
  addCheckCommand(program, readPublication);
  addBuildCommand(program);
  addPublishCommand(program, (dir, out) => runBuild(dir, { out, edgeOnly: true }));
  addPingCommand(program, readPublication);
  return program;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}

// Who pipes into `head` has read enough: what is left to be said is not, and the exit code tells how it went.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

await commandLine()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = explain(error);
  });
