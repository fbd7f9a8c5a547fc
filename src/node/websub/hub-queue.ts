import { count } from '../terminal/report.ts';
import { notifyHub, type Outcome } from './notify-hub.ts';

/** How often and how long a hub is tried; times in milliseconds. */
const defaultRetry = {
  /** How long one request may take. */
  timeout: 30_000,
  /** The average wait after the first failure; it doubles with each further failure. */
  firstWait: 5_000,
  longestWait: 3_600_000,
  /** How long a topic is retried. */
  giveUpAfter: 6 * 3_600_000,
  /** The number of simultaneous requests. */
  concurrency: 4,
};

export type RetryOptions = Readonly<typeof defaultRetry>;

export interface QueueEvents {
  /** Called with each topic that the hub accepted. */
  readonly onAccepted?: (topic: string) => void;
  /** Called with a line that says why the hub is not notified of topics. */
  readonly onWarning: (line: string) => void;
}

/**
 * Notifies one hub of topics. A topic added twice while it waits is sent once; one added again during its request is
 * sent once more.
 *
 * After a failure the queue pauses for all topics, since the hub is down and not a topic, and the topic goes to the
 * end. So a dead hub gets a handful of requests, however many topics wait.
 */
export class HubQueue {
  readonly hub: string;
  readonly #retry: RetryOptions;
  readonly #events: QueueEvents;
  /** Topic → when it was added, in milliseconds since 1970. */
  readonly #waiting = new Map<string, number>();
  readonly #pending = new Set<string>();
  readonly #closing = new AbortController();
  /** Failures since the last success. */
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Reason → topics. */
  readonly #refusals = new Map<string, string[]>();
  #idle: (() => void)[] = [];

  constructor(hub: string, events: QueueEvents, retry: Partial<RetryOptions> = {}) {
    this.hub = hub;
    this.#events = events;
    this.#retry = { ...defaultRetry, ...retry };
  }

  /** Adds topics to the queue. */
  add(topics: readonly string[]): void {
    if (this.#closing.signal.aborted) return;
    for (const topic of topics) this.#waiting.set(topic, Date.now());
    this.#proceed();
  }

  /** Resolves when every topic is accepted, or given up. */
  settled(): Promise<void> {
    if (this.#waiting.size + this.#pending.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Stops at once and returns the number of topics not yet accepted. */
  close(): number {
    const left = new Set([...this.#waiting.keys(), ...this.#pending]).size;
    clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#closing.abort();
    return left;
  }

  #proceed(): void {
    if (this.#timer !== undefined) return;
    // After a failure, a single request tests whether the hub is back.
    const limit = this.#failures > 0 ? 1 : this.#retry.concurrency;
    for (const [topic, since] of this.#waiting) {
      if (this.#pending.size >= limit) return;
      if (this.#pending.has(topic)) continue;
      this.#waiting.delete(topic);
      this.#pending.add(topic);
      void notifyHub(this.hub, topic, { timeout: this.#retry.timeout, signal: this.#closing.signal }).then((outcome) =>
        this.#end(topic, since, outcome),
      );
    }
  }

  #end(topic: string, since: number, outcome: Outcome): void {
    this.#pending.delete(topic);
    if (this.#closing.signal.aborted) return;
    if (outcome.kind === 'failed') {
      // It may have been added again meanwhile, with a new time.
      if (!this.#waiting.has(topic)) this.#waiting.set(topic, since);
      this.#pause(outcome);
    } else {
      this.#failures = 0;
      if (outcome.kind === 'accepted') this.#events.onAccepted?.(topic);
      else this.#refusals.set(outcome.why, (this.#refusals.get(outcome.why) ?? []).concat(topic));
    }
    this.#proceed();
    if (this.#waiting.size + this.#pending.size > 0) return;
    this.#reportRefusals();
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Writes one line for all topics refused for the same reason, which may be thousands. */
  #reportRefusals(): void {
    for (const [why, topics] of this.#refusals) this.#report(topics, why);
    this.#refusals.clear();
  }

  #report(topics: readonly string[], why: string): void {
    const what = topics.length === 1 ? topics[0] : count(topics.length, 'feed');
    this.#events.onWarning(`${this.hub} was not notified of ${what}: ${why}`);
  }

  #pause({ why, after = 0 }: Outcome & { kind: 'failed' }): void {
    // Simultaneous requests fail together.
    if (this.#timer !== undefined) return;
    const { firstWait, longestWait, giveUpAfter } = this.#retry;
    // Servers cut off together must not come back together.
    const wait = Math.max(after, Math.min(longestWait, firstWait * 2 ** this.#failures) * (0.5 + Math.random()));
    this.#failures = Math.min(this.#failures + 1, 30);
    // A hub may ask for a year, longer than a timer lasts, and newer topics must not wait for it.
    const pause = Math.min(wait, giveUpAfter);
    const end = Date.now() + wait;
    const late = [...this.#waiting].filter(([, since]) => end - since > giveUpAfter).map(([topic]) => topic);
    for (const topic of late) this.#waiting.delete(topic);
    if (late.length > 0) this.#report(late, why);
    this.#reportRefusals();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#proceed();
    }, pause);
  }
}
