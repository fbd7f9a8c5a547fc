import { instantOf } from '../../article/seed/date.ts';
import type { HubRecord, RecordedTopic } from '../ledger/hub-record.ts';
import { count } from '../terminal/report.ts';
import { changedTopics, newestArticles, nextDue, type Snapshot } from './changed-topics.ts';
import { HubQueue, type RetryOptions } from './hub-queue.ts';
import { findHubProblem, type HubSettings } from './notify-hub.ts';
import { allTopics } from './ping.ts';
import { hashIn } from './topics.ts';

/** The publication that a server shows. */
export interface ShownPublication extends Pick<Snapshot, 'edition' | 'sources'>, Pick<HubSettings, 'hasUrl'> {}

export interface PushOptions extends Partial<RetryOptions> {
  /** Milliseconds without a change before the hub is notified: a publisher saves often. */
  readonly quietTime?: number;
  /** Called with a line that says why a hub is not notified. */
  readonly onWarning: (line: string) => void;
}

const defaultQuietTime = 1_500;
/** The longest wait for a quiet time, as a multiple of it. */
const maxQuietTimes = 10;
/** Milliseconds until the clock is checked again, since a timer loses the time in which the machine sleeps. */
const longestSleep = 60_000;

/** What earlier processes told the hub. */
export interface HubMemory {
  readonly record: HubRecord;
  /** Names what the server shows: feeds of equal content have equal bytes, unless an article becomes due or expires. */
  readonly content: () => string;
}

/**
 * Notifies the hub of a running server's changes, in the background and some time after the last of several changes.
 * What changed while no server ran is found at the start. Without a record, the hub is assumed to know what the server
 * shows first.
 */
export class HubPush {
  readonly #options: PushOptions;
  readonly #quietTime: number;
  readonly #onError: (error: Error) => void;
  readonly #memory: HubMemory;
  #isCaughtUp = false;
  #shown: ShownPublication;
  /** The publication as last compared. */
  #known: Snapshot;
  #queue: HubQueue | undefined;
  #lastProblem: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #comparison: Promise<void> | undefined;
  #firstChange: number | undefined;
  #isClosed = false;

  constructor(first: ShownPublication, memory: HubMemory, options: PushOptions, onError: (error: Error) => void) {
    this.#memory = memory;
    this.#options = options;
    this.#quietTime = options.quietTime ?? defaultQuietTime;
    this.#onError = onError;
    this.#shown = first;
    this.#known = takeSnapshot(first);
    this.#chooseHub();
    // The first comparison also renders what later ones compare with.
    if (this.#queue !== undefined) this.#compareWhenQuiet();
  }

  /** Replaces the publication that the server shows. */
  changed(shown: ShownPublication): void {
    this.#shown = shown;
    if (this.#comparison === undefined) this.#compareWhenQuiet();
  }

  /** Stops at once, without waiting for the hub. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const left = this.#queue?.close() ?? 0;
    if (left > 0)
      this.#options.onWarning(
        `${this.#queue?.hub} was not notified of ${count(left, 'feed')} before the end; the next "dateline serve" does that, or "dateline ping"`,
      );
  }

  #compareWhenQuiet(): void {
    if (this.#isClosed) return;
    this.#firstChange ??= Date.now();
    const left = this.#firstChange + this.#quietTime * maxQuietTimes - Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#compare(), Math.max(0, Math.min(this.#quietTime, left)));
  }

  #compareWhenDue(): void {
    clearTimeout(this.#timer);
    const next = nextDue(this.#shown.sources, this.#known.now);
    if (this.#isClosed || next === undefined || this.#queue === undefined) return;
    const left = Date.parse(next) - Date.now();
    this.#timer = setTimeout(
      () => (left > longestSleep ? this.#compareWhenDue() : this.#compare()),
      Math.min(Math.max(left, 0), longestSleep),
    );
  }

  #compare(): void {
    this.#comparison ??= this.#queueChanges()
      .catch((error) => this.#onError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        this.#comparison = undefined;
        if (this.#known.edition !== this.#shown.edition) this.#compareWhenQuiet();
        else this.#compareWhenDue();
      });
  }

  async #queueChanges(): Promise<void> {
    const [before, after] = [this.#known, takeSnapshot(this.#shown)];
    this.#known = after;
    this.#firstChange = undefined;
    this.#chooseHub();
    if (this.#queue === undefined) return;
    const { record } = this.#memory;
    const content = this.#memory.content();
    const isRecorded = record.compared !== undefined;
    if (!this.#isCaughtUp) await this.#catchUp(isRecorded ? after : before, content);
    if (this.#isClosed) return;
    if (this.#isCaughtUp || !isRecorded) {
      const topics = await changedTopics(before, after);
      if (this.#isClosed) return;
      const changed = topics.map(({ url, etag }) => ({ url, hash: hashIn(etag), isTold: false }));
      record.keep(changed, false, content, after.now);
      this.#queue?.add(topics.map(({ url }) => url));
    }
    this.#isCaughtUp = true;
    await newestArticles(after);
  }

  /** Compares every topic with the record, if anything changed since, and queues those that the hub does not know. */
  async #catchUp({ edition, sources, now }: Snapshot, content: string): Promise<void> {
    const { record } = this.#memory;
    const { compared } = record;
    const untold = new Set(record.untold());
    const due = compared && nextDue(sources, compared.at);
    if (compared?.content === content && (due === undefined || due > now)) {
      this.#queue?.add([...untold]);
      return;
    }
    const topics: RecordedTopic[] = [];
    for await (const { url, etag } of allTopics(edition, now, () => {})) {
      if (this.#isClosed) return;
      const hash = hashIn(etag);
      const isTold = compared === undefined || (record.hashOf(url) === hash && !untold.has(url));
      topics.push({ url, hash, isTold });
    }
    if (this.#isClosed) return;
    record.keep(topics, true, content, now);
    this.#queue?.add(topics.flatMap(({ url, isTold }) => (isTold ? [] : [url])));
  }

  /** Starts a queue for the publication's hub if it changed, or warns once why the hub can't be notified. */
  #chooseHub(): void {
    const { site } = this.#shown.edition;
    const problem = site.hub === undefined ? undefined : findHubProblem({ site, hasUrl: this.#shown.hasUrl });
    if (problem !== undefined && problem !== this.#lastProblem)
      this.#options.onWarning(`the hub is not notified: ${problem}`);
    this.#lastProblem = problem;
    const hub = problem === undefined ? site.hub : undefined;
    if (this.#queue?.hub === hub) return;
    this.#queue?.close();
    this.#queue =
      hub === undefined
        ? undefined
        : new HubQueue(
            hub,
            { onWarning: this.#options.onWarning, onAccepted: (topic) => this.#memory.record.tell(topic) },
            this.#options,
          );
  }
}

function takeSnapshot({ edition, sources }: ShownPublication): Snapshot {
  return { edition, sources, now: instantOf(Date.now()) ?? '' };
}
