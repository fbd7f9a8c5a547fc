import { type Command, Option } from 'commander';
import { formats } from '../../feed/formats.ts';
import { Unavailable } from '../../publication/publication.ts';
import { defaultDir } from '../folder/options/articles-folder.ts';
import { addFoldersArgument } from '../folder/options/folder-argument.ts';
import { addStateOption, ledgerPathOf, type StateOption, stateOf } from '../folder/options/state-option.ts';
import { siteUrlOverride } from '../folder/read-publication.ts';
import { parseStoreName, type StoreName } from '../store/store-name.ts';
import { addExamples } from '../terminal/command-help.ts';
import { summaryStream, writeFailure } from '../terminal/output.ts';
import { setFlagsAfterStart, setFlagsForStart } from '../v8-flags.ts';
import { ChangeReport, type Output } from './change-report.ts';
import type { FolderSummary } from './folder-summary.ts';
import { serveManyWithReport } from './many/serve-many-command.ts';
import { logFormats } from './monitor/access-log.ts';
import { factsOf } from './monitor/metrics.ts';
import { type MonitorOptions, startMonitor } from './monitor/monitor.ts';
import { list, listenAddress, port } from './monitor/option-values.ts';
import type { AudienceOptions } from './monitor/served-audience.ts';
import { isLocalName } from './preview.ts';
import { type RunningServer, type ServeOptions, serve } from './serve.ts';
import { followSignals } from './signals.ts';

/** Adds the command `serve`. */
export function addServeCommand(program: Command): void {
  const command = addFoldersArgument(program.command('serve'))
    .description('serve a folder and its changes, or several folders, each at its own address')
    .addOption(new Option('-p, --port <number>', 'port; 0 for any free port').env('PORT').default(3000).argParser(port))
    .addOption(new Option('--host <name>', 'address to listen on').env('HOST').default('127.0.0.1'))
    .option('--no-watch', 'do not watch for changes')
    .option('--live', 'reload open pages after changes; the default on a terminal with a loopback host')
    .option('--no-live', 'do not reload open pages')
    .option('--no-ping', 'do not notify the hub of changes; "dateline ping" does')
    .option('--access-log <file>', 'append a line for each request to a file; - for standard output')
    .addOption(new Option('--access-log-format <format>', 'form of the lines').choices(logFormats).default('combined'))
    .option('--log-addresses', 'log whole addresses of clients instead of their networks')
    .option(
      '--trust-proxy <addresses>',
      'proxies whose X-Forwarded-For is believed, as in 127.0.0.1,10.0.0.0/8',
      list,
      [],
    )
    .addOption(
      new Option('--metrics <address>', 'answer metrics for Prometheus at a port, or host:port').argParser(
        listenAddress,
      ),
    )
    .addOption(
      new Option('--store <name>', 'serve what was published into a store: a folder or s3://bucket/prefix')
        .argParser(parseStoreName)
        .conflicts(['watch', 'live', 'ping']),
    )
    .action(async (dirs: readonly string[], options: CommandOptions) => {
      if (options.store !== undefined && command.args.length > 0)
        command.error('error: a folder of articles cannot be used with --store');
      await run(dirs, options);
    });
  addStateOption(command);
  addExamples(command, [
    ['dateline serve', 'serves ./seeds at http://127.0.0.1:3000/'],
    ['dateline serve news --host 0.0.0.0 --port 8080', 'serves ./news to other machines'],
    ['dateline serve daily weekly', 'serves each at the host of its own "url", and here at /daily/ and /weekly/'],
    ['dateline serve --store s3://bucket', 'serves what `dateline publish --store s3://bucket` put there'],
  ]);
}

/** The options of the command line that concern the folder. */
interface FolderOptions extends StateOption {
  readonly port: number;
  readonly host: string;
  readonly watch: boolean;
  /** Whether open pages reload after changes, if that is said. */
  readonly live?: boolean;
  /** Whether the hub is notified of changes. */
  readonly ping: boolean;
}

type CommandOptions = FolderOptions &
  MonitorOptions & {
    /** The store that is served instead of the folder. */
    readonly store?: StoreName;
  };

/** A server of one publication or of several. */
type AnyServer = Omit<RunningServer, 'site'>;

/** Serves a folder, several or a store until a signal ends the process, and reports on the terminal what happens. */
async function run([dir = defaultDir, ...others]: readonly string[], options: CommandOptions): Promise<void> {
  setFlagsForStart();
  // A service has no terminal, and may have a proxy in front of it.
  const live = options.live ?? (process.stdout.isTTY && isLocalName(options.host));
  const folder: { server?: AnyServer; summary?: FolderSummary } = {};
  const onError = ({ message }: Error): void => writeFailure(message);
  const monitor = await startMonitor(options, () => folder.server && factsOf(folder.server, folder.summary), onError);
  // The log has standard output to itself.
  const out = summaryStream(options.accessLog === '-' ? process.stderr : process.stdout);
  const onSummary = (summary: FolderSummary): void => {
    folder.summary = summary;
  };
  const { observe, clientOf, sizes } = monitor;
  // Before the address is announced: whoever reads it may send a signal at once.
  const onRunning = (server: AnyServer): void => {
    folder.server = server;
    setFlagsAfterStart();
    followSignals({
      stop: () => void Promise.all([server.close(), monitor.close()]).then(() => process.exit(0)),
      reload: () => {
        monitor.reload();
        server.reload();
      },
    });
  };
  const reported = { ...options, observe, clientOf, sizes, audienceToken: process.env.AUDIENCE_TOKEN, onRunning };
  const starting =
    options.store !== undefined
      ? serveStoreWithReport(options.store, reported, out, process.stderr)
      : others.length > 0
        ? serveManyWithReport([dir, ...others], reported, out, process.stderr)
        : serveWithReport(dir, { ...reported, live, onSummary }, out, process.stderr);
  await (starting as Promise<unknown>).catch(async (error: unknown) => {
    await monitor.close();
    throw error;
  });
}

interface ReportedOptions extends FolderOptions, AudienceOptions, Pick<ServeOptions, 'observe'> {
  /** Called with what each read of the folder found. */
  readonly onSummary?: (summary: FolderSummary) => void;
  readonly onRunning?: OnRunning;
}

/** Called with a server before its address is announced. */
type OnRunning = (server: RunningServer) => void;

/** Serves a folder and writes what happens to `out` and `err`. */
export async function serveWithReport(
  dir: string,
  { onSummary, onRunning, ...options }: ReportedOptions,
  out: Output,
  err: Output,
): Promise<RunningServer> {
  const warn = (text: string): boolean => err.write(`dateline: ${text}\n`);
  const report = new ChangeReport(dir, out, err);
  const server = await serve(dir, {
    ...options,
    siteUrl: siteUrlOverride(),
    state: stateOf(dir, options),
    ledger: ledgerPathOf(dir, options),
    onRead: (summary) => {
      onSummary?.(summary);
      report.report(summary);
    },
    onBack: () => report.writeLine('the folder is back'),
    onDue: (files) => report.reportDue(files),
    onError: (error) => warn(error.stack ?? error.message),
    // The disk's fault: a stack would explain nothing.
    onWatchError: ({ message }) => warn(message),
    push: options.ping ? { onWarning: warn } : undefined,
    onLedgerWarning: warn,
    onPurgeWarning: warn,
  });
  const running = {
    ...server,
    close: () => {
      report.close();
      return server.close();
    },
  };
  onRunning?.(running);
  announce(running, out);
  return running;
}

/** Serves a store and writes what happens to `out` and `err`. */
async function serveStoreWithReport(
  name: StoreName,
  { onRunning, ...options }: ReportedOptions,
  out: Output,
  err: Output,
): Promise<RunningServer> {
  const { openServedStore } = await import('../store/open-store.ts');
  const { serveStore } = await import('./store/serve-store.ts');
  const onError = (error: Error): boolean => {
    // The store's fault: a stack would explain nothing.
    const text = error instanceof Unavailable ? error.message : (error.stack ?? error.message);
    return err.write(`dateline: ${text}\n`);
  };
  const running = await serveStore(openServedStore(name), { ...options, onError });
  onRunning?.(running);
  announce(running, out);
  if (running.site.audience === true && typeof options.state !== 'string')
    err.write('dateline: readers are counted only until the server stops; --state names a folder for their numbers\n');
  return running;
}

function announce({ site, url }: RunningServer, out: Output): void {
  const width = Math.max(...formats.map(({ label }) => label.length)) + 1;
  const lines = formats.map(({ label, file }) => `${label.padEnd(width)} ${url}${file}\n`);
  out.write(`${site.title} is at ${url}\n${lines.join('')}`);
}
