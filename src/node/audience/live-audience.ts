import { createHmac } from 'node:crypto';
import type { OpenDay } from '../../http/audience/audience-book.ts';
import { type Client, identifyClient } from '../../http/audience/client.ts';
import type { DayCounts } from '../../http/audience/counts.ts';
import { type Poll, type Target, targetOf } from '../../http/audience/poll.ts';
import { pseudonymLength, pseudonymText } from '../../http/audience/pseudonym.ts';
import { type OpenBook, openBook } from './audience-file.ts';

/** A User-Agent of the day, and the pseudonyms of its clients by address. They are in memory only. */
interface Agent {
  readonly client: Client;
  readonly pseudonyms: Map<string, string>;
}

/** A client of a day, and the feed or episode that it asks for. */
export interface Visitor {
  readonly path: string;
  readonly agent: string;
  readonly address: string;
  readonly day: OpenDay;
  readonly target: Target;
  readonly client: Client;
  readonly pseudonym: string;
}

export function countVisit({ day, target, client, pseudonym }: Visitor, poll: Poll): void {
  day.counter.add(poll, target, client, pseudonym);
}

/** Milliseconds until new counts are written. */
const saveInterval = 60_000;
/** The most texts of each kind in memory: User-Agents, addresses of one User-Agent, and paths. */
const agentLimit = 20_000;
const addressLimit = 100_000;
const targetLimit = 5000;

/** Counts the polls of a server. A file that can't be written never delays an answer. */
export class LiveAudience {
  readonly #path: string;
  readonly #onError: (error: Error) => void;
  readonly #agents = new Map<string, Agent>();
  readonly #targets = new Map<string, Target>();
  #file: OpenBook | undefined;
  #day: OpenDay | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hasFailed = false;
  /** When a file that could not be opened is tried again, in milliseconds since 1970. */
  #retryAt = 0;

  /** `path` is the file, opened when the first poll is counted. */
  constructor(path: string, onError: (error: Error) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /** Counts a poll of the client at an address. */
  count(poll: Poll, address: string): void {
    const visitor = this.visitorOf(poll.path, poll.agent, address, poll.time);
    if (visitor !== undefined) countVisit(visitor, poll);
  }

  /** Returns the visitor behind a poll; `undefined` if the path is not counted. */
  visitorOf(path: string, agentText: string, address: string, time: number): Visitor | undefined {
    const target = this.targetOf(path);
    if (target === undefined) return undefined;
    const day = this.#dayAt(time);
    if (day === undefined) return undefined;
    const agent = this.#agentOf(agentText);
    const { client } = agent;
    const needsNone = client.kind === 'bot' || client.kind === 'aggregator';
    const pseudonym = needsNone ? '' : this.#pseudonymOf(agent, agentText, address, day.key);
    return { path, agent: agentText, address, day, target, client, pseudonym };
  }

  /** Returns what a User-Agent says. */
  clientOf(agent: string): Client {
    return this.#agentOf(agent).client;
  }

  targetOf(path: string): Target {
    const known = this.#targets.get(path);
    if (known !== undefined || this.#targets.has(path)) return known;
    if (this.#targets.size >= targetLimit) this.#targets.clear();
    const target = targetOf(path);
    this.#targets.set(path, target);
    return target;
  }

  /** Returns all days with what was counted until now. */
  days(now: number): readonly DayCounts[] {
    this.#dayAt(now);
    return this.#file?.book.days(now) ?? [];
  }

  close(): void {
    clearInterval(this.#timer);
    this.#attempt(() => this.#file?.close());
    this.#file = undefined;
    this.#day = undefined;
  }

  #dayAt(time: number): OpenDay | undefined {
    if (this.#day !== undefined && time < this.#day.end) return this.#day;
    if (time < this.#retryAt) return undefined;
    this.#agents.clear();
    this.#day = this.#attempt(() => {
      this.#file ??= openBook(this.#path);
      return this.#file.book.dayAt(time);
    });
    this.#retryAt = this.#day === undefined ? time + saveInterval : 0;
    this.#timer ??= setInterval(() => this.#save(Date.now()), saveInterval).unref();
    return this.#day;
  }

  /** Writes new counts, and closes a day that has ended, even if no poll follows. */
  #save(now: number): void {
    if (this.#dayAt(now) !== undefined) this.#attempt(() => this.#file?.book.save());
  }

  #agentOf(text: string): Agent {
    const known = this.#agents.get(text);
    if (known !== undefined) return known;
    if (this.#agents.size >= agentLimit) this.#agents.clear();
    const agent = { client: identifyClient(text), pseudonyms: new Map<string, string>() };
    this.#agents.set(text, agent);
    return agent;
  }

  #pseudonymOf({ pseudonyms }: Agent, agent: string, address: string, key: string): string {
    const known = pseudonyms.get(address);
    if (known !== undefined) return known;
    if (pseudonyms.size >= addressLimit) pseudonyms.clear();
    const hash = createHmac('sha256', key).update(pseudonymText(address, agent)).digest('base64url');
    const pseudonym = hash.slice(0, pseudonymLength);
    pseudonyms.set(address, pseudonym);
    return pseudonym;
  }

  /** Reports the first of several failures. */
  #attempt<T>(run: () => T): T | undefined {
    try {
      const result = run();
      this.#hasFailed = false;
      return result;
    } catch (error) {
      if (!this.#hasFailed) this.#onError(new Error(`the audience is not counted: ${(error as Error).message}`));
      this.#hasFailed = true;
      return undefined;
    }
  }
}
