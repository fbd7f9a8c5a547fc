import { AudienceBook, audienceSchema, type Sql } from '../http/audience/audience-book.ts';
import { identifyClient } from '../http/audience/client.ts';
import { type Poll, targetOf } from '../http/audience/poll.ts';
import { pseudonymLength, pseudonymText } from '../http/audience/pseudonym.ts';

/** The part of the state of a Durable Object that is used here. */
export interface ObjectState {
  readonly storage: {
    readonly sql: {
      exec(statement: string, ...values: readonly (string | number)[]): Iterable<Readonly<Record<string, unknown>>>;
    };
    transactionSync(run: () => void): void;
    setAlarm(time: number): Promise<void>;
  };
}

/** A poll and its sender's address. The counter never stores addresses. */
export interface SentPoll {
  readonly poll: Poll;
  readonly address: string;
}

/**
 * Counts the polls of all workers of a publication, as a Durable Object with SQLite (binding AUDIENCE). Only workers
 * reach it: POST adds polls, GET returns the days.
 */
export class AudienceCounter {
  readonly #state: ObjectState;
  readonly #book: AudienceBook;
  readonly #keys = new Map<string, ReturnType<typeof hmacKey>>();
  /** When the day ends for which the alarm is set. */
  #alarmAt = 0;

  constructor(state: ObjectState) {
    this.#state = state;
    const { sql } = state.storage;
    const tables: Sql = {
      run: (statement, ...values) => [...sql.exec(statement, ...values)],
      transaction: (run) => state.storage.transactionSync(run),
    };
    tables.run(audienceSchema);
    this.#book = new AudienceBook(tables, () => toHex(crypto.getRandomValues(new Uint8Array(32))));
  }

  async fetch(request: Request): Promise<Response> {
    if (request.method !== 'POST') return Response.json(this.#book.days(Date.now()));
    for (const sent of (await request.json()) as readonly SentPoll[]) await this.#count(sent);
    this.#book.save();
    await this.#setAlarm(this.#book.dayAt(Date.now()).end);
    return new Response(null, { status: 204 });
  }

  /** Sets the alarm for the end of the day; each time would be billed like a row written. */
  async #setAlarm(time: number): Promise<void> {
    if (time === this.#alarmAt) return;
    await this.#state.storage.setAlarm(time);
    this.#alarmAt = time;
  }

  /** Closes a day when it ends, even if no poll follows. */
  alarm(): void {
    this.#book.dayAt(Date.now());
  }

  async #count({ poll, address }: SentPoll): Promise<void> {
    const client = identifyClient(poll.agent);
    const { key } = this.#book.dayAt(poll.time);
    const needsNone = client.kind === 'bot' || client.kind === 'aggregator';
    const pseudonym = needsNone ? '' : await this.#pseudonymOf(key, pseudonymText(address, poll.agent));
    // Another request may have begun the next day meanwhile.
    const day = this.#book.dayAt(poll.time);
    if (day.key === key) day.counter.add(poll, targetOf(poll.path), client, pseudonym);
  }

  async #pseudonymOf(secret: string, text: string): Promise<string> {
    const making = this.#keys.get(secret) ?? hmacKey(secret);
    if (!this.#keys.has(secret)) this.#keys.clear();
    this.#keys.set(secret, making);
    const hash = await crypto.subtle.sign('HMAC', await making, new TextEncoder().encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(hash))).slice(0, pseudonymLength);
  }
}

function hmacKey(secret: string) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign']);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
