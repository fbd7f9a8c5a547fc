import { createHmac } from 'node:crypto';
import { isOf, type OpenDay } from '../../http/audience/audience-book.ts';
import { type Client, identifyClient } from '../../http/audience/client.ts';
import { type DayCounts, dayOf } from '../../http/audience/counts.ts';
import { type Poll, type Target, targetOf } from '../../http/audience/poll.ts';
import { pseudonymLength, pseudonymText } from '../../http/audience/pseudonym.ts';
import { forgetPast, type OpenBook, openBook } from './audience-file.ts';

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

/** Counts a poll of a visitor. */
export function countVisit({ day, target, client, pseudonym }: Visitor, poll: Poll): void {
  day.counter.add(poll, target, client, pseudonym);
}

/** Milliseconds until new counts are written. */
const saveInterval = 60_000;
/** The most visitors between two writes, so that a flood of them is written in short turns. */
const saveLimit = 5000;
/** Texts in memory: User-Agents, addresses of all of them together, and paths. */
const agentLimit = 20_000;
const addressLimit = 100_000;
const targetLimit = 5000;
/** The most characters of a User-Agent in memory. */
const longestAgent = 500;

/** Counts the polls of a server. If the file can't be written, numbers are lost but answers are sent. */
export class LiveAudience {
  readonly #path: string | undefined;
  readonly #onError: (error: Error) => void;
  readonly #agents = new Map<string, Agent>();
  readonly #targets = new Map<string, Target>();
  #addresses = 0;
  #visitors = 0;
  #isClosed = false;
  #file: OpenBook | undefined;
  #day: OpenDay | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reported = '';
  /** When a file could not be opened, in milliseconds since 1970; a minute later it is tried again. */
  #failedAt = Number.NEGATIVE_INFINITY;

  /**
   * `path` is the file, opened when the first poll is counted; without it, days are counted in memory. Pseudonyms from
   * before the day of `now` are deleted at once, even if nothing is counted again.
   */
  constructor(path: string | undefined, onError: (error: Error) => void, now = Date.now()) {
    this.#path = path;
    this.#onError = onError;
    if (path !== undefined) this.#attempt(() => forgetPast(path, dayOf(now)));
  }

  /** The day that is being counted. */
  get day(): OpenDay | undefined {
    return this.#day;
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
    if (this.#visitors++ >= saveLimit) this.#save(time);
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

  /** Returns all days with what was counted until now. Throws if they can't be read. */
  days(now: number): readonly DayCounts[] {
    this.#save(now);
    const days = this.#attempt(() => this.#file?.book.read());
    if (days === undefined) throw new Error('the numbers of the audience cannot be read');
    return days;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#attempt(() => this.#file?.close());
    this.#file = undefined;
    this.#day = undefined;
  }

  #dayAt(time: number): OpenDay | undefined {
    if (this.#day !== undefined && isOf(this.#day, time)) return this.#day;
    if (this.#isClosed || Math.abs(time - this.#failedAt) < saveInterval) return undefined;
    this.#forgetTexts();
    this.#day = this.#attempt(() => {
      this.#file ??= this.#openFile();
      return this.#file.book.dayAt(time);
    });
    this.#failedAt = this.#day === undefined ? time : Number.NEGATIVE_INFINITY;
    this.#timer ??= setInterval(() => this.#save(Date.now()), saveInterval).unref();
    return this.#day;
  }

  #openFile(): OpenBook {
    const file = openBook(this.#path);
    if (!file.isKept && this.#path !== undefined)
      this.#onError(new Error(`${this.#path} can't be written, so readers are counted only until the server stops`));
    return file;
  }

  /** Writes new counts, and closes a day that has ended, even if no poll follows. */
  #save(now: number): void {
    this.#visitors = 0;
    if (this.#dayAt(now) === undefined) return;
    if (this.#attempt(() => this.#file?.book.save() ?? true)) this.#reported = '';
  }

  #forgetTexts(): void {
    this.#agents.clear();
    this.#addresses = 0;
  }

  #agentOf(text: string): Agent {
    const known = this.#agents.get(text);
    if (known !== undefined) return known;
    const agent = { client: identifyClient(text), pseudonyms: new Map<string, string>() };
    if (text.length > longestAgent) return agent;
    if (this.#agents.size >= agentLimit) this.#forgetTexts();
    this.#agents.set(text, agent);
    return agent;
  }

  #pseudonymOf({ pseudonyms }: Agent, agent: string, address: string, key: string): string {
    const known = pseudonyms.get(address);
    if (known !== undefined) return known;
    if (this.#addresses++ >= addressLimit) {
      for (const { pseudonyms: others } of this.#agents.values()) others.clear();
      this.#addresses = 0;
    }
    const hash = createHmac('sha256', key).update(pseudonymText(address, agent)).digest('base64url');
    const pseudonym = hash.slice(0, pseudonymLength);
    pseudonyms.set(address, pseudonym);
    return pseudonym;
  }

  /** Reports a failure once, until something is written again. */
  #attempt<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.#reported) this.#onError(new Error(`the audience is not counted: ${message}`));
      this.#reported = message;
      return undefined;
    }
  }
}
