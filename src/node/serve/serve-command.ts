import { type Command, InvalidArgumentError, Option } from 'commander';
import { formats } from '../../feed/formats.ts';
import { addFolderArgument } from '../folder/folder-argument.ts';
import { siteUrlOverride } from '../folder/read-publication.ts';
import { parseStoreName, type StoreName } from '../store/store-name.ts';
import { addExamples } from '../terminal/command-help.ts';
import { ChangeReport, type Output } from './change-report.ts';
import { isLocalName } from './preview.ts';
import { type RunningServer, serve } from './serve.ts';
import type { ListenAddress } from './server.ts';

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
    .addOption(
      new Option('--store <name>', 'serve what was published into a store: a folder or s3://bucket/prefix')
        .argParser(parseStoreName)
        .conflicts(['watch', 'live', 'ping']),
    )
    .action(async (dir: string, options: CommandOptions) => {
      if (options.store !== undefined && command.args.length > 0)
        command.error('error: a folder of articles cannot be used with --store');
      await run(dir, options);
    });
  addExamples(command, [
    ['dateline serve', 'serves ./seeds at http://127.0.0.1:3000/'],
    ['dateline serve news --host 0.0.0.0 --port 8080', 'serves ./news to other machines'],
    ['dateline serve --store s3://bucket', 'serves what `dateline publish --store s3://bucket` put there'],
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
  /** The store that is served instead of the folder. */
  readonly store?: StoreName;
}

/** Serves a folder or a store until a signal ends the process, and reports on the terminal what happens. */
async function run(dir: string, options: CommandOptions): Promise<void> {
  // A service has no terminal, and may have a proxy in front of it.
  const live = options.live ?? (process.stdout.isTTY && isLocalName(options.host));
  const running =
    options.store === undefined
      ? await serveWithReport(dir, { ...options, live }, process.stdout, process.stderr)
      : await serveStoreWithReport(options.store, options, process.stdout, process.stderr);
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
  });
  announce(running, out);
  return {
    ...running,
    close: () => {
      report.close();
      return running.close();
    },
  };
}

/** Serves a store and writes what happens to `out` and `err`. */
async function serveStoreWithReport(
  name: StoreName,
  options: ListenAddress,
  out: Output,
  err: Output,
): Promise<RunningServer> {
  const { openServedStore } = await import('../store/open-store.ts');
  const { serveStore } = await import('./store/serve-store.ts');
  const onError = ({ stack, message }: Error): boolean => err.write(`dateline: ${stack ?? message}\n`);
  const running = await serveStore(openServedStore(name), { ...options, onError });
  announce(running, out);
  return running;
}

function announce({ site, url }: RunningServer, out: Output): void {
  const width = Math.max(...formats.map(({ label }) => label.length)) + 1;
  const lines = formats.map(({ label, file }) => `${label.padEnd(width)} ${url}${file}\n`);
  out.write(`${site.title} is at ${url}\n${lines.join('')}`);
}
