import { Command } from 'commander';
import { withoutPasswords } from '../article/web-address.ts';
import { packageVersion } from './package-folder.ts';
import { addExitCodes, addHelp } from './terminal/command-help.ts';

/** Functions that add each command, in the order of `--help`. Each loads only the modules of its own command. */
const commands: Readonly<Record<string, (program: Command) => Promise<void>>> = {
  init: async (program) => {
    const { addInitCommand } = await import('./new/init-command.ts');
    const { readPublication } = await import('./folder/read-publication.ts');
    addInitCommand(program, readPublication);
  },
  import: async (program) => (await import('./import/import-command.ts')).addImportCommand(program),
  new: async (program) => {
    const { addNewCommand } = await import('./new/new-command.ts');
    const { readPublication } = await import('./folder/read-publication.ts');
    addNewCommand(program, readPublication);
  },
  serve: async (program) => (await import('./serve/serve-command.ts')).addServeCommand(program),
  check: async (program) => {
    const { addCheckCommand } = await import('./check/check-command.ts');
    const { readPublication } = await import('./folder/read-publication.ts');
    addCheckCommand(program, readPublication);
  },
  build: async (program) => (await import('./build/build-command.ts')).addBuildCommand(program),
  publish: async (program) => {
    const { addPublishCommand } = await import('./publish/publish-command.ts');
    const { runBuild } = await import('./build/build-command.ts');
    addPublishCommand(program, (dir, options, published) => runBuild(dir, { ...options, edgeOnly: true }, published));
  },
  ledger: async (program) => (await import('./ledger/ledger-command.ts')).addLedgerCommand(program),
  ping: async (program) => {
    const { addPingCommand } = await import('./websub/ping-command.ts');
    const { readPublication } = await import('./folder/read-publication.ts');
    addPingCommand(program, readPublication);
  },
};

/**
 * Creates the command line. If `first`, its first word, names a command, only that command is loaded; for the version,
 * none is.
 */
export async function commandLine(first = ''): Promise<Command> {
  const program = new Command('dateline')
    .description('Publishes a folder of articles as RSS, Atom and JSON Feed.')
    .version(packageVersion())
    .showHelpAfterError('(see dateline --help)')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (message, write) => write(withoutPasswords(message)) })
    .exitOverride();
  addExitCodes(program);
  const only = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const all = first === '--version' || first === '-V' ? [] : Object.values(commands);
  for (const add of only === undefined ? all : [only]) await add(program);
  for (const command of program.commands) command.showHelpAfterError(`(see dateline ${command.name()} --help)`);
  addHelp(program);
  return program;
}
