import { type Command, InvalidArgumentError, Option } from 'commander';
import { formats } from '../../feed/formats.ts';
import { addFolderArgument } from '../folder/folder-argument.ts';
import { siteUrlOverride } from '../folder/read-publication.ts';
import { addExamples } from '../terminal/command-help.ts';
import { ChangeReport } from './change-report.ts';
import { serve } from './serve.ts';

/** Adds the command `serve`. */
export function addServeCommand(program: Command): void {
  const command = addFolderArgument(program.command('serve'))
    .description('serve the folder and show what changes in it')
    .addOption(
      new Option('-p, --port <number>', 'port; 0 for any free one').env('PORT').default(3000).argParser(port),
    )
    .addOption(new Option('--host <name>', 'address to listen on').env('HOST').default('127.0.0.1'))
    .option('--no-watch', 'do not look for changes')
    .option('--no-ping', 'do not tell the hub of changes; "dateline ping" does')
    .action(run);
  addExamples(command, [
    ['dateline serve', 'serves ./seeds at http://127.0.0.1:3000/'],
    ['dateline serve news --host 0.0.0.0 --port 8080', 'serves ./news to other machines'],
  ]);
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

/** What the command `serve` can be told. */
interface ServeChoices {
  readonly port: number;
  readonly host: string;
  readonly watch: boolean;
  /** Whether the hub is told of changes. */
  readonly ping: boolean;
}

/** Serves a folder until the process is told to end, and says on the terminal what happens. */
async function run(dir: string, options: ServeChoices): Promise<void> {
  const siteUrl = siteUrlOverride();
  const changes = new ChangeReport(dir, process.stdout, process.stderr);
  const running = await serve(dir, {
    ...options,
    ...(siteUrl === undefined ? {} : { siteUrl }),
    onReading: (reading) => changes.take(reading),
    onBack: () => changes.say('the folder is there again'),
    onDue: (files) => changes.tellPublished(files),
    onError: (error) => process.stderr.write(`dateline: ${error.stack ?? error.message}\n`),
    // The disk's doing, which a stack explains to nobody.
    onWatchError: ({ message }) => process.stderr.write(`dateline: ${message}\n`),
    ...(options.ping ? { push: { onTrouble: (line) => process.stderr.write(`dateline: ${line}\n`) } } : {}),
  });
  const width = Math.max(...formats.map(({ label }) => label.length)) + 1;
  const lines = formats.map(({ label, file }) => `${label.padEnd(width)} ${running.url}${file}\n`);
  process.stdout.write(`${running.site.title} is at ${running.url}\n${lines.join('')}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      changes.close();
      void running.close().then(() => process.exit(0));
    });
  }
}
