import { STATUS_CODES } from 'node:http';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { reasonOf } from '../published/load-document.ts';

/** What became of telling a hub of a topic. */
export type Outcome =
  | { readonly kind: 'told' }
  /** It is no use to try again. */
  | { readonly kind: 'refused'; readonly why: string }
  /** `after` is how long the hub wants to be left alone, in milliseconds. */
  | { readonly kind: 'failed'; readonly why: string; readonly after?: number };

export interface TellOptions {
  /** Milliseconds, redirects included. */
  readonly timeout: number;
  /** Gives up at once. */
  readonly signal: AbortSignal;
}

const redirects = 3;

/**
 * Tells a hub once that a topic has changed, by the form that hubs take by custom (WebSub §6, note). Never rejects.
 *
 * Only the status of the answer is read, since nobody knows how long the rest is. A redirect is followed by another
 * POST, to the web alone and not from https to http.
 */
export async function tellHub(
  hub: string,
  topic: string,
  { timeout, signal }: TellOptions,
): Promise<Outcome> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  try {
    let address = new URL(hub);
    for (let left = redirects; ; left--) {
      const response = await fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }),
        headers: { 'user-agent': 'Dateline' },
        redirect: 'manual',
        signal: limit,
      });
      // Its end may never come, and nothing hangs on it.
      void response.body?.cancel().catch(() => {});
      const next = locationOf(response, address);
      if (next === undefined || left === 0) return outcomeOf(response);
      address = next;
    }
  } catch (error) {
    if (signal.aborted) return { kind: 'failed', why: 'it was not waited for' };
    if (limit.aborted) return { kind: 'failed', why: `no answer within ${timeout / 1000} s` };
    const reason = reasonOf(error);
    return { kind: 'failed', why: reason instanceof Error ? reason.message : String(reason) };
  }
}

function outcomeOf({ status, headers, ok }: Response): Outcome {
  if (ok) return { kind: 'told' };
  const why = `the answer is ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  if (status < 500 && status !== 429) return { kind: 'refused', why };
  const after = waitOf(headers.get('retry-after'));
  return omitUndefined({ kind: 'failed', why, after });
}

function locationOf({ status, headers }: Response, from: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 307, 308].includes(status) || location === null || !URL.canParse(location, from.href))
    return undefined;
  const to = new URL(location, from);
  const isWeb = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  return isWeb ? to : undefined;
}

/** Reads Retry-After: seconds or a date (RFC 9110 §10.2.3). */
function waitOf(value: string | null): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) && wait > 0 ? wait : undefined;
}
