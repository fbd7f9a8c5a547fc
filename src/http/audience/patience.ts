import type { Answer } from '../response/respond.ts';
import type { Client } from './client.ts';

/** A request that gets a whole feed, and who sent it. */
export interface WholeAnswer {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly address: string;
  readonly agent: string;
  readonly client: Client;
  readonly path: string;
  /** The answer's ETag; another ETag is another answer. */
  readonly etag: string;
}

/** What a client got of a feed in the last hour. */
interface Got {
  readonly since: number;
  readonly etag: string;
  answers: number;
}

/** Who asks from an address. */
interface Seen {
  readonly since: number;
  /** The hash of the latest `User-Agent`. */
  agent: number;
  /** When one client last followed another. */
  switchedAt: number;
}

/**
 * Finds clients that keep fetching the same whole feed without a condition. Clients that ever sent a condition,
 * aggregators, and clients that share an address are always served.
 *
 * Forgets a client at the first request, by anyone, two hours after the client's last one, or earlier.
 */
export class Patience {
  readonly #got = new RecentMemory<Got>();
  readonly #seen = new RecentMemory<Seen>();

  /** Notes the client at an address, for each request for a feed. */
  see(address: string, agentText: string, now: number): void {
    this.#got.age(now);
    this.#seen.age(now);
    const agent = hashOf(agentText);
    const seen = this.#seen.get(address) ?? { since: now, agent, switchedAt: Number.NEGATIVE_INFINITY };
    if (seen.agent !== agent) seen.switchedAt = now;
    seen.agent = agent;
    this.#seen.set(address, seen);
  }

  /** Forgets what a client got, after a request with a condition. */
  noteConditional(client: Pick<WholeAnswer, 'address' | 'agent' | 'path'>): void {
    if (this.#got.size > 0) this.#got.delete(keyOf(client));
  }

  /** Returns the seconds until a client may ask again, if it has had `most` such answers; else counts this one. */
  refusal(answer: WholeAnswer, most: number): number | undefined {
    const { now, address, client, etag } = answer;
    if (client.subscribers !== undefined) return undefined;
    const key = keyOf(answer);
    const got = this.#got.get(key);
    if (got === undefined || got.etag !== etag || !isWithin(now, got.since, hour)) {
      this.#got.set(key, { since: now, etag, answers: 1 });
      return undefined;
    }
    got.answers++;
    if (got.answers <= most || this.#mayBeShared(address, got, now)) return undefined;
    return Math.ceil((got.since + hour - now) / 1000);
  }

  /** Reports whether others may share an address; also true if there were too many addresses to know. */
  #mayBeShared(address: string, { since }: Got, now: number): boolean {
    const seen = this.#seen.get(address);
    return seen === undefined || seen.since > since || isWithin(now, seen.switchedAt, sharing);
  }
}

function keyOf({ address, agent, path }: Pick<WholeAnswer, 'address' | 'agent' | 'path'>): string {
  return `${address}\n${hashOf(agent)}\n${path}`;
}

/**
 * Returns 32 bits for a User-Agent (FNV-1a), so that a flood of long ones does not fill the memory. If two at an
 * address have the same, they look like one client, as two installations of a program do.
 */
function hashOf(agent: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < Math.min(agent.length, longestAgent); i++)
    hash = Math.imul(hash ^ agent.charCodeAt(i), 0x01000193);
  return hash;
}

/** Reports whether a moment is within a time after another; false if the clock was put back. */
function isWithin(now: number, since: number, length: number): boolean {
  return now >= since && now < since + length;
}

/** Answers a client that keeps fetching what has not changed (RFC 6585 §4). */
export function tooMany(seconds: number): Answer {
  const body = new TextEncoder().encode(
    'This feed has not changed. Ask with If-None-Match or If-Modified-Since, and the answer is a short 304.\n',
  );
  const fields = {
    'Retry-After': String(seconds),
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
    'Content-Length': String(body.byteLength),
  };
  return { status: 429, fields, body };
}

/** Milliseconds. */
const hour = 3_600_000;
/** Milliseconds for which an address with several clients counts as shared: most ask every hour, if not exactly. */
const sharing = 2 * hour;

/** The most characters of a User-Agent that count. */
const longestAgent = 400;

/** The most clients, and the most addresses, in memory. */
const memoryLimit = 50_000;

/**
 * Remembers values for one to two hours, or until there are too many; a client that is forgotten is served once more.
 * Two maps take turns: taking the oldest out of one map is slow after many have been taken out.
 */
class RecentMemory<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();
  #began = Number.NEGATIVE_INFINITY;

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): T | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: T): void {
    if (this.#young.size >= memoryLimit / 2) this.#turn();
    this.#young.set(key, value);
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  /** Forgets what is over, and everything if the clock was put back. */
  age(now: number): void {
    if (isWithin(now, this.#began, hour)) return;
    this.#turn();
    if (!isWithin(now, this.#began, 2 * hour)) this.#turn();
    this.#began = now;
  }

  #turn(): void {
    this.#old = this.#young;
    this.#young = new Map();
  }
}
