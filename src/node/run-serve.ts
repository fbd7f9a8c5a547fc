import { formats } from '../feed/formats.ts';
import { siteUrlOverride } from './folder/read-publication.ts';
import type { StartedReading } from './folder/started-reading.ts';
import { ChangeReport } from './serve/change-report.ts';
import { serve } from './serve/serve.ts';

/** What the command `serve` can be told. */
export interface ServeChoices {
  readonly port: number;
  readonly host: string;
  readonly watch: boolean;
  /** Whether the hub is told of changes. */
  readonly ping: boolean;
}

/** Serves a folder until the process is told to end, and says on the terminal what happens. */
export async function runServe(dir: string, options: ServeChoices, started: StartedReading): Promise<void> {
  const siteUrl = siteUrlOverride();
  const changes = new ChangeReport(dir, process.stdout, process.stderr);
  const running = await serve(dir, {
    ...options,
    started,
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
