import { Command } from 'commander';
import { omitUndefined } from '../article/omit-undefined.ts';
import { withoutPasswords } from '../article/web-address.ts';
import { packageVersion } from './package-folder.ts';
import { addDocuments, addExitCodes, addHelp } from './terminal/command-help.ts';
import { setOutput } from './terminal/output.ts';
import { severityInColor } from './terminal/report.ts';

/** Functions that add each command, in the order of `--help`. Each loads only the modules of its own command. */
const commands: Readonly<Record<string, (program: Command) => Promise<void>>> = {
  init: async (program) => {
    const { addInitCommand } = await import('./new/init-command.ts');
    const { readPublication } = await import('./folder/read-publication.ts');
    addInitCommand(program, readPublication, {
      ids: async (feed) => (await import('./check/adopt-feed.ts')).publishedIds(feed),
      adopt: async (dir, feed) => (await import('./check/adopt-feed.ts')).adoptFeed(dir, feed, readPublication),
    });
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
    const { buildSummary, runBuild } = await import('./build/build-command.ts');
    addPublishCommand(program, async (dir, options, published) => {
      const edgeOptions = { ...options, edgeOnly: true } as const;
      return buildSummary(await runBuild(dir, edgeOptions, published), edgeOptions);
    });
  },
  audience: async (program) => (await import('./audience/audience-command.ts')).addAudienceCommand(program),
  ledger: async (program) => (await import('./ledger/ledger-command.ts')).addLedgerCommand(program),
  ping: async (program) => {
    const { addPingCommand } = await import('./websub/ping-command.ts');
    const { readPublication } = await import('./folder/read-publication.ts');
    addPingCommand(program, readPublication);
  },
};

/** The options that every command takes, and the one that most take. */
interface GlobalOptions {
  readonly quiet?: true;
  readonly color: boolean;
  readonly json?: true;
}

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
    .configureOutput({ outputError: (message, write) => write(inColor(withoutPasswords(message))) })
    .option('-q, --quiet', 'write problems and results only: no progress, notes or summaries')
    .option('--no-color', 'write no colors, as with NO_COLOR in the environment')
    .configureHelp({ showGlobalOptions: true })
    .hook('preAction', (_, command) => {
      const { quiet, color, json } = command.optsWithGlobals<GlobalOptions>();
      if (!color) {
        process.env.NO_COLOR = '1';
        // It would take precedence.
        delete process.env.FORCE_COLOR;
      }
      setOutput(omitUndefined({ quiet, json }));
    })
    .exitOverride();
  addExitCodes(program);
  const only = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const all = first === '--version' || first === '-V' ? [] : Object.values(commands);
  for (const add of only === undefined ? all : [only]) await add(program);
  for (const command of program.commands) {
    command.showHelpAfterError(`(see dateline ${command.name()} --help)`);
    command.configureHelp({ showGlobalOptions: true });
  }
  addDocuments(program);
  addHelp(program);
  return program;
}

/** Colors an error of Commander like the problems of articles. */
function inColor(message: string): string {
  return message.replace(/^error:/, () => severityInColor('error', process.stderr));
}
