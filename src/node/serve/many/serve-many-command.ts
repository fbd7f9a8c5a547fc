import { join } from 'node:path';
import { ledgerPathOf, type StateOption, stateOf } from '../../folder/options/state-option.ts';
import { siteUrlOverride } from '../../folder/read-publication.ts';
import { count } from '../../terminal/report.ts';
import { ChangeReport, type Output } from '../change-report.ts';
import type { AudienceOptions } from '../monitor/served-audience.ts';
import type { ListenAddress } from '../server.ts';
import { type ManyServer, type ServeManyOptions, serveMany } from './serve-many.ts';

interface ReportedOptions extends ListenAddress, StateOption, AudienceOptions, Pick<ServeManyOptions, 'observe'> {
  readonly watch: boolean;
  /** Whether hubs are notified of changes. */
  readonly ping: boolean;
  /** Called with the server before its addresses are announced. */
  readonly onRunning?: (server: ManyServer) => void;
}

/** How many publications are announced. */
const longestList = 20;

/** Serves several folders and writes what happens to `out` and `err`. */
export async function serveManyWithReport(
  dirs: readonly string[],
  { state, watch, ping, onRunning, clientOf, audienceToken, sizes, ...options }: ReportedOptions,
  out: Output,
  err: Output,
): Promise<ManyServer> {
  if (siteUrlOverride() !== undefined)
    throw new Error('SITE_URL is one address for several publications; set "url" in the publication.yaml of each');
  const warn = (text: string): boolean => err.write(`dateline: ${text}\n`);
  const onError = (error: Error): boolean => warn(error.stack ?? error.message);
  const reports: ChangeReport[] = [];
  const server = await serveMany(dirs, {
    ...options,
    onError,
    optionsFor: (dir, name) => {
      const report = new ChangeReport(dir, out, err);
      reports.push(report);
      const own = { state: typeof state === 'string' ? join(state, name) : state };
      const warnOf = (text: string): boolean => warn(`${name}: ${text}`);
      return {
        ...{ watch, clientOf, audienceToken, sizes },
        state: stateOf(dir, own),
        ledger: ledgerPathOf(dir, own),
        onRead: (summary) => report.report(summary),
        onBack: () => report.writeLine('the folder is back'),
        onDue: (files) => report.reportDue(files),
        onError,
        onWatchError: ({ message }) => warnOf(message),
        push: ping ? { onWarning: warnOf } : undefined,
        onLedgerWarning: warnOf,
        onPurgeWarning: warnOf,
      };
    },
  });
  const running = {
    ...server,
    close: () => {
      for (const report of reports) report.close();
      return server.close();
    },
  };
  onRunning?.(running);
  announce(running, out);
  return running;
}

function announce({ publications, url }: ManyServer, out: Output): void {
  const lines = publications
    .slice(0, longestList)
    .map(({ name, url: own }) => `${new URL(`${encodeURIComponent(name)}/`, url).href} is ${own}\n`);
  const more = publications.length - lines.length;
  out.write(`${lines.join('')}${more > 0 ? `and ${count(more, 'other publication')}\n` : ''}`);
}
