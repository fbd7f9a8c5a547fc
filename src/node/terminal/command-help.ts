import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { nearest } from '../../article/nearest.ts';
import { withoutPasswords } from '../../article/web-address.ts';
import { messageOf } from '../disk/write/file-error.ts';
import { packageFolder } from '../package-folder.ts';
import { writeFailure } from './output.ts';

/** The exit codes of the command line, for scripts. */
export const exitCodes = {
  0: 'done; warnings don’t count',
  1: 'problems were found, or it could not be done',
  2: 'the command line was not understood',
} as const;

/** A command line as typed, and what it does. */
export type Example = readonly [typed: string, does: string];

/** Adds examples to the end of a command's help. */
export function addExamples(command: Command, examples: readonly Example[]): void {
  const lines = examples.map(([typed, does]) => `  $ ${typed}\n      ${does}`);
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** Adds the command `help`. Commander's own accepts any word as the name of a command. */
export function addHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help')
    .argument('[command]')
    .description('display help for command')
    .helpOption(false)
    .action((name?: string) => {
      if (name === undefined) program.help();
      const names = program.commands.map((command) => command.name());
      program.commands[names.indexOf(name)]?.help();
      const suggestion = nearest(name, names);
      const hint = suggestion === undefined ? '' : `\n(Did you mean ${suggestion}?)`;
      program.error(`error: unknown command '${name}'${hint}`);
    });
}

/** The page of the documentation about each command. */
const pages: Readonly<Record<string, string>> = {
  dateline: 'commands.md',
  init: 'quick-start.md',
  import: 'moving.md',
  new: 'writing.md',
  serve: 'serving.md',
  check: 'checking.md',
  build: 'deploying.md',
  publish: 'deploying.md',
  audience: 'audience.md',
  ledger: 'ledger.md',
  ping: 'polling.md',
};

/** Adds the path of the page about it to the end of each command's help. */
export function addDocuments(program: Command): void {
  for (const command of [program, ...program.commands]) {
    const page = pages[command.name()];
    if (page !== undefined) command.addHelpText('after', `\nMore: ${join(packageFolder, 'docs', page)}`);
  }
}

/** Adds the exit codes to the end of the program's help. */
export function addExitCodes(program: Command): void {
  const lines = Object.entries(exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  program.addHelpText('after', `\nExit codes:\n${lines.join('\n')}`);
}

/**
 * Writes an error to standard error in one line, without a stack, and returns the exit code. Commander has already
 * written its own errors and `--help`.
 */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  writeFailure(withoutPasswords(messageOf(error)));
  return 1;
}
