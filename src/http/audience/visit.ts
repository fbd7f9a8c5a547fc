import type { Answer } from '../response/respond.ts';
import type { Client } from './client.ts';
import { type Patience, tooMany } from './patience.ts';
import type { Poll, Target } from './poll.ts';

/** A request and its sender. */
export interface Visit {
  readonly method: string;
  /** Returns a header field. */
  readonly field: (name: string) => string | null;
  /** The path below the site's address. */
  readonly path: string;
  /** The address of the client. */
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Status of an answer, bytes of content sent, and sizes of what it is about. */
export type Sent = Pick<Poll, 'status' | 'bytes' | 'whole' | 'minute'>;

/** Returns the counted facts of a request and its answer. */
export function pollOf({ method, field, path, now }: Visit, { status, bytes, whole, minute }: Sent): Poll {
  return {
    time: now,
    ...{ method, path, status, bytes, whole, minute },
    isConditional: hasCondition(field),
    isPrefetch: isPrefetch(field),
    agent: field('User-Agent') ?? '',
  };
}

/** Reports whether a request is conditional. */
export function hasCondition(field: Visit['field']): boolean {
  return field('If-None-Match') !== null || field('If-Modified-Since') !== null;
}

/** Reports whether a browser prefetches. */
export function isPrefetch(field: Visit['field']): boolean {
  return /\bprefetch\b/i.test(field('Sec-Purpose') ?? field('Purpose') ?? field('X-Moz') ?? '');
}

/**
 * Returns the answer 429 for a client that has had the same whole feed more than `most` times in an hour, else
 * `undefined`. A client without an address is never refused.
 */
export function refusalOf(
  patience: Patience,
  most: number,
  { method, field, path, address, now }: Visit,
  { target, client }: { readonly target: Target; readonly client: Client },
  { status, etag }: { readonly status: number; readonly etag: string | null | undefined },
): Answer | undefined {
  if (target === undefined || !('feed' in target) || address === '') return undefined;
  const agent = field('User-Agent') ?? '';
  patience.see(address, agent, now);
  if (hasCondition(field)) {
    patience.noteConditional({ address, agent, path });
    return undefined;
  }
  if (method !== 'GET' || status !== 200 || typeof etag !== 'string') return undefined;
  // A person who reloads a feed in a browser.
  if (field('Sec-Fetch-Mode') === 'navigate') return undefined;
  const seconds = patience.refusal({ now, address, agent, client, path, etag }, most);
  return seconds === undefined ? undefined : tooMany(seconds);
}
