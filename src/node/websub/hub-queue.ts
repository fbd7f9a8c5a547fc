import { count } from '../terminal/report.ts';
import { type Outcome, tellHub } from './tell-hub.ts';

/** How a hub is told, in milliseconds where nothing else is said. */
export interface HubPatience {
  /** How long one answer may take. */
  readonly timeout: number;
  /** How long the first wait after a failure is, on average; each further one is twice as long. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** How long a topic is tried. */
  readonly giveUpAfter: number;
  /** How many topics are told at once. */
  readonly concurrency: number;
}

export const standardPatience: HubPatience = {
  timeout: 30_000,
  firstWait: 5_000,
  longestWait: 3_600_000,
  giveUpAfter: 6 * 3_600_000,
  concurrency: 4,
};

export interface QueueEvents {
  /** The hub took a topic. */
  readonly onTold?: (topic: string) => void;
  /** In a line, why topics are not told. */
  readonly onWarning: (line: string) => void;
}

/**
 * Tells one hub of topics, each once however often it is asked to while the topic waits; one that changes while it is
 * being told is told once more.
 *
 * After a failure the whole hub is left alone for a while, since it is the hub that is down and not a topic; the topic
 * goes to the end of the queue. So a dead hub gets a handful of requests however many topics wait.
 */
export class HubQueue {
  readonly hub: string;
  readonly #patience: HubPatience;
  readonly #events: QueueEvents;
  /** Topic → when it was first asked for, in milliseconds since 1970. */
  readonly #waiting = new Map<string, number>();
  readonly #underWay = new Set<string>();
  readonly #closing = new AbortController();
  /** The last failures in a row. */
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Reason → topics. */
  readonly #refusals = new Map<string, string[]>();
  #idle: (() => void)[] = [];

  constructor(hub: string, events: QueueEvents, patience: Partial<HubPatience> = {}) {
    this.hub = hub;
    this.#events = events;
    this.#patience = { ...standardPatience, ...patience };
  }

  /** Asks for topics to be told, in their own time. */
  tell(topics: readonly string[]): void {
    if (this.#closing.signal.aborted) return;
    for (const topic of topics) this.#waiting.set(topic, Date.now());
    this.#proceed();
  }

  /** Resolves when every topic is told, or given up. */
  settled(): Promise<void> {
    if (this.#waiting.size + this.#underWay.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Gives up what is not told yet, at once, and gives the number of these topics. */
  close(): number {
    const left = new Set([...this.#waiting.keys(), ...this.#underWay]).size;
    clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#closing.abort();
    return left;
  }

  #proceed(): void {
    if (this.#timer !== undefined) return;
    // A hub that failed is asked by one request alone whether it is back.
    const room = this.#failures > 0 ? 1 : this.#patience.concurrency;
    for (const [topic, since] of this.#waiting) {
      if (this.#underWay.size >= room) return;
      if (this.#underWay.has(topic)) continue;
      this.#waiting.delete(topic);
      this.#underWay.add(topic);
      void tellHub(this.hub, topic, { timeout: this.#patience.timeout, signal: this.#closing.signal }).then(
        (outcome) => this.#end(topic, since, outcome),
      );
    }
  }

  #end(topic: string, since: number, outcome: Outcome): void {
    this.#underWay.delete(topic);
    if (this.#closing.signal.aborted) return;
    if (outcome.kind === 'failed') {
      // It may have changed again meanwhile, and then counts anew.
      if (!this.#waiting.has(topic)) this.#waiting.set(topic, since);
      this.#pause(outcome);
    } else {
      this.#failures = 0;
      if (outcome.kind === 'told') this.#events.onTold?.(topic);
      else this.#refuse(topic, outcome.why);
    }
    this.#proceed();
    if (this.#waiting.size + this.#underWay.size > 0) return;
    this.#reportRefusals();
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #refuse(topic: string, why: string): void {
    const known = this.#refusals.get(why);
    if (known === undefined) this.#refusals.set(why, [topic]);
    else known.push(topic);
  }

  /** In a line for all that are refused for one reason, which may be thousands. */
  #reportRefusals(): void {
    for (const [why, topics] of this.#refusals) this.#report(topics, why);
    this.#refusals.clear();
  }

  #report(topics: readonly string[], why: string): void {
    const what = topics.length === 1 ? topics[0] : count(topics.length, 'feed');
    this.#events.onWarning(`${this.hub} is not told of ${what}: ${why}`);
  }

  #pause({ why, after = 0 }: Outcome & { kind: 'failed' }): void {
    // Those that were under way together fail together.
    if (this.#timer !== undefined) return;
    const { firstWait, longestWait, giveUpAfter } = this.#patience;
    // Servers that were cut off together must not come back together.
    const wait = Math.max(
      after,
      Math.min(longestWait, firstWait * 2 ** this.#failures) * (0.5 + Math.random()),
    );
    this.#failures = Math.min(this.#failures + 1, 30);
    // A hub may name a year, which no timer takes; what changes until then is not kept waiting so long.
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
