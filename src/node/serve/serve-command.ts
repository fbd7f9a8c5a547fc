import { type Command, InvalidArgumentError, Option } from 'commander';
import { formats } from '../../feed/formats.ts';
import { addFolderArgument } from '../folder/folder-argument.ts';
import { siteUrlOverride } from '../folder/read-publication.ts';
import { addExamples } from '../terminal/command-help.ts';
import { ChangeReport, type Output } from './change-report.ts';
import { isLocalName } from './preview.ts';
import { type RunningServer, serve } from './serve.ts';

/** Adds the command `serve`. */
export function addServeCommand(program: Command): void {
  const command = addFolderArgument(program.command('serve'))
    .description('serve the folder and its changes')
    .addOption(new Option('-p, --port <number>', 'port; 0 for any free port').env('PORT').default(3000).argParser(port))
    .addOption(new Option('--host <name>', 'address to listen on').env('HOST').default('127.0.0.1'))
    .option('--no-watch', 'do not watch for changes')
    .option('--live', 'reload open pages after changes; the default on a terminal with a loopback host')
    .option('--no-live', 'do not reload open pages')
    .option('--no-ping', 'do not notify the hub of changes; "dateline ping" does')
    .action(run);
  addExamples(command, [
    ['dateline serve', 'serves ./seeds at http://127.0.0.1:3000/'],
    ['dateline serve news --host 0.0.0.0 --port 8080', 'serves ./news to other machines'],
  ]);
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

/** The options of the command line. */
interface CommandOptions {
  readonly port: number;
  readonly host: string;
  readonly watch: boolean;
  /** Whether open pages reload after changes, if that is said. */
  readonly live?: boolean;
  /** Whether the hub is notified of changes. */
  readonly ping: boolean;
}

/** Serves a folder until a signal ends the process, and reports on the terminal what happens. */
async function run(dir: string, options: CommandOptions): Promise<void> {
  // A service has no terminal, and may have a proxy in front of it.
  const live = options.live ?? (process.stdout.isTTY && isLocalName(options.host));
  const running = await serveWithReport(dir, { ...options, live }, process.stdout, process.stderr);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void running.close().then(() => process.exit(0)));
}

/** Serves a folder and writes what happens to `out` and `err`. */
export async function serveWithReport(
  dir: string,
  options: CommandOptions,
  out: Output,
  err: Output,
): Promise<RunningServer> {
  const warn = (text: string): boolean => err.write(`dateline: ${text}\n`);
  const report = new ChangeReport(dir, out, err);
  const running = await serve(dir, {
    ...options,
    siteUrl: siteUrlOverride(),
    onRead: (summary) => report.report(summary),
    onBack: () => report.writeLine('the folder is back'),
    onDue: (files) => report.reportDue(files),
    onError: (error) => warn(error.stack ?? error.message),
    // The disk's fault: a stack would explain nothing.
    onWatchError: ({ message }) => warn(message),
    push: options.ping ? { onWarning: warn } : undefined,
    onLedgerWarning: warn,
  });
  const width = Math.max(...formats.map(({ label }) => label.length)) + 1;
  const lines = formats.map(({ label, file }) => `${label.padEnd(width)} ${running.url}${file}\n`);
  out.write(`${running.site.title} is at ${running.url}\n${lines.join('')}`);
  return {
    ...running,
    close: () => {
      report.close();
      return running.close();
    },
  };
}
