import { monitorEventLoopDelay } from 'node:perf_hooks';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { FolderSummary } from '../folder-summary.ts';
import type { RunningServer } from '../serve.ts';
import type { Exchange } from './exchange.ts';

/** What a server knows about the publication that it serves. */
export interface ServedFacts {
  /** Seconds since 1970 at which the publication last changed, if known. */
  readonly changed?: number;
  /** What the last read of the folder found; absent for a store. */
  readonly folder?: { readonly articles: number; readonly errors: number; readonly warnings: number };
}

/** Returns the facts of a server that is ready; `summary` is what the last read of its folder found. */
export function factsOf({ changed }: Pick<RunningServer, 'changed'>, summary: FolderSummary | undefined): ServedFacts {
  const last = changed();
  const errors = summary?.problems.filter(({ severity }) => severity === 'error').length ?? 0;
  return omitUndefined({
    changed: last === undefined ? undefined : Date.parse(last) / 1000,
    folder: summary && { articles: summary.articles, errors, warnings: summary.problems.length - errors },
  });
}

/** Seconds; the upper bounds of the histogram of durations. */
const bounds: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Labels = Readonly<Record<string, string>>;

/** Counts requests, and writes them with facts about the process and the folder as Prometheus reads them. */
export class Metrics {
  readonly #served: () => ServedFacts | undefined;
  readonly #requests = new Map<string, number>();
  readonly #bytes = new Map<string, number>();
  readonly #durations = bounds.map(() => 0);
  #seconds = 0;
  #count = 0;
  readonly #delay = monitorEventLoopDelay({ resolution: 20 });

  /** `served` returns `undefined` until the server is ready. */
  constructor(served: () => ServedFacts | undefined) {
    this.#served = served;
    this.#delay.enable();
  }

  add({ request, status, bytes, duration }: Exchange): void {
    const kind = kindOf(request.url ?? '');
    increase(this.#requests, labelsText({ kind, status: String(status) }), 1);
    increase(this.#bytes, labelsText({ kind }), bytes);
    const seconds = duration / 1000;
    const first = bounds.findIndex((bound) => seconds <= bound);
    if (first !== -1) this.#durations[first] = (this.#durations[first] ?? 0) + 1;
    this.#seconds += seconds;
    this.#count++;
  }

  /** Writes all metrics in the text format of Prometheus, version 0.0.4. */
  text(): string {
    return [
      ...metric('dateline_requests_total', 'counter', 'Requests, by kind of address and status.', this.#requests),
      ...metric('dateline_content_bytes_total', 'counter', 'Bytes of content sent, by kind of address.', this.#bytes),
      ...this.#histogram('dateline_request_duration_seconds', 'Time from a request to the end of its answer.'),
      ...servedMetrics(this.#served()),
      ...processMetrics(),
      ...gauge('nodejs_eventloop_lag_p99_seconds', 'Delay of the event loop.', this.#delay.percentile(99) / 1e9),
      '',
    ].join('\n');
  }

  close(): void {
    this.#delay.disable();
  }

  #histogram(name: string, help: string): string[] {
    let total = 0;
    const buckets = bounds.map((bound, i) => {
      total += this.#durations[i] ?? 0;
      return `${name}_bucket{le="${bound}"} ${total}`;
    });
    return [
      ...heading(name, 'histogram', help),
      ...buckets,
      `${name}_bucket{le="+Inf"} ${this.#count}`,
      `${name}_sum ${this.#seconds}`,
      `${name}_count ${this.#count}`,
    ];
  }
}

function servedMetrics(served: ServedFacts | undefined): string[] {
  const { changed, folder } = served ?? {};
  const ready = gauge('dateline_ready', 'Whether the server is ready.', served === undefined ? 0 : 1);
  const dated = gauge('dateline_changed_timestamp_seconds', 'When the publication last changed.', changed);
  if (folder === undefined) return [...ready, ...dated];
  const { articles, errors, warnings } = folder;
  const problems = new Map([
    [labelsText({ severity: 'error' }), errors],
    [labelsText({ severity: 'warning' }), warnings],
  ]);
  return [
    ...ready,
    ...dated,
    ...gauge('dateline_articles', 'Articles that can be published.', articles),
    ...metric('dateline_problems', 'gauge', 'Problems of the folder, by severity.', problems),
  ];
}

function processMetrics(): string[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const seconds = new Map([['', (user + system) / 1e6]]);
  return [
    ...metric('process_cpu_seconds_total', 'counter', 'Processor time used.', seconds),
    ...gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    ...gauge('nodejs_heap_size_used_bytes', 'Used part of the JavaScript heap.', heapUsed),
    ...gauge('process_start_time_seconds', 'Start of the process since 1970.', performance.timeOrigin / 1000),
  ];
}

/** Returns the kind of page at an address. There are few kinds, since each is a time series. */
function kindOf(url: string): string {
  const path = url.replace(/[?#].*$/, '');
  const [, xml, json] = /\/(?:(rss|atom)\.xml|feed\.(json))$/.exec(path) ?? [];
  const feed = xml ?? json;
  if (feed !== undefined) return feed;
  if (/^\/articles\/[^/]+$/.test(path)) return 'article';
  if (/^\/media\//.test(path)) return 'media';
  if (/^\/(?:(?:archive|tags|authors|languages|podcast|sections)\/.*)?$/.test(path)) return 'list';
  return 'other';
}

function increase(map: Map<string, number>, key: string, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `{${pairs.join()}}`;
}

function heading(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function metric(name: string, type: string, help: string, values: ReadonlyMap<string, number>): string[] {
  return [...heading(name, type, help), ...[...values].map(([labels, value]) => `${name}${labels} ${value}`)];
}

function gauge(name: string, help: string, value: number | undefined): string[] {
  return value === undefined ? [] : metric(name, 'gauge', help, new Map([['', value]]));
}
