import type { Answer } from '../respond.ts';
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

/** Who asked from an address in the last hour. */
interface Seen {
  readonly since: number;
  readonly agent: string;
  isShared: boolean;
}

/**
 * Finds clients that keep fetching the same whole feed without a condition. Clients that ever sent a condition,
 * aggregators, and clients that share an address are always served.
 *
 * Its memory lasts an hour.
 */
export class Patience {
  readonly #got = new Map<string, Got>();
  readonly #seen = new Map<string, Seen>();

  /** Notes the client at an address, for each request for a feed. */
  see(address: string, agent: string, now: number): void {
    const seen = this.#seen.get(address);
    if (seen === undefined || now >= seen.since + hour) {
      makeRoom(this.#seen);
      this.#seen.set(address, { since: now, agent, isShared: false });
    } else if (seen.agent !== agent) seen.isShared = true;
  }

  /** Forgets what a client got, after a request with a condition. */
  praise({ address, agent, path }: Pick<WholeAnswer, 'address' | 'agent' | 'path'>): void {
    if (this.#got.size > 0) this.#got.delete(`${address}\n${agent}\n${path}`);
  }

  /** Returns the seconds until a client may ask again, if it has had `most` such answers; else counts this one. */
  refusal({ now, address, agent, client, path, etag }: WholeAnswer, most: number): number | undefined {
    if (client.subscribers !== undefined) return undefined;
    const key = `${address}\n${agent}\n${path}`;
    const got = this.#got.get(key);
    if (got === undefined || got.etag !== etag || now >= got.since + hour) {
      makeRoom(this.#got);
      this.#got.set(key, { since: now, etag, answers: 1 });
      return undefined;
    }
    got.answers++;
    if (got.answers <= most || this.#seen.get(address)?.isShared === true) return undefined;
    return Math.ceil((got.since + hour - now) / 1000);
  }
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

/** The most clients, and the most addresses, in memory. */
const memoryLimit = 50_000;

/** Makes room for one more by dropping the oldest, which at worst is served once more. */
function makeRoom(memory: Map<string, unknown>): void {
  if (memory.size < memoryLimit) return;
  const [oldest] = memory.keys();
  if (oldest !== undefined) memory.delete(oldest);
}
