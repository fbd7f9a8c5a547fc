import { instantOf } from '../../article/seed/date.ts';
import { count } from '../terminal/report.ts';
import { changedTopics, newestArticles, nextDue, type Snapshot } from './changed-topics.ts';
import { HubQueue, type RetryOptions } from './hub-queue.ts';
import { findHubProblem, type HubSettings } from './notify-hub.ts';

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

/**
 * Notifies the hub of a running server's changes, in the background and some time after the last of several changes.
 * The hub is assumed to know what the server shows first, since nothing records what was shown before.
 */
export class HubPush {
  readonly #options: PushOptions;
  readonly #quietTime: number;
  readonly #onError: (error: Error) => void;
  #shown: ShownPublication;
  /** The publication as last compared. */
  #known: Snapshot;
  #queue: HubQueue | undefined;
  #lastProblem: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #comparison: Promise<void> | undefined;
  #firstChange: number | undefined;
  #isClosed = false;

  constructor(first: ShownPublication, options: PushOptions, onError: (error: Error) => void) {
    this.#options = options;
    this.#quietTime = options.quietTime ?? defaultQuietTime;
    this.#onError = onError;
    this.#shown = first;
    this.#known = takeSnapshot(first);
    this.#chooseHub();
    // The first comparison finds nothing, but renders what later ones compare with.
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
        `${this.#queue?.hub} was not notified of ${count(left, 'feed')} before the end; run "dateline ping"`,
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
    const topics = await changedTopics(before, after);
    if (!this.#isClosed) this.#queue?.add(topics);
    await newestArticles(after);
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
      hub === undefined ? undefined : new HubQueue(hub, { onWarning: this.#options.onWarning }, this.#options);
  }
}

function takeSnapshot({ edition, sources }: ShownPublication): Snapshot {
  return { edition, sources, now: instantOf(Date.now()) ?? '' };
}
