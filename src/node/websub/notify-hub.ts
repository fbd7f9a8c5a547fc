import { STATUS_CODES } from 'node:http';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { PublicationFile } from '../../publication/file/publication-file.ts';
import { reasonOf } from '../published/load-document.ts';

/** The settings that decide whether a hub can be notified. */
export type HubSettings = Pick<PublicationFile, 'site' | 'hasUrl'>;

/**
 * Returns why the publication's hub can't be notified of its feeds, or `undefined` if it can. A hub fetches the feeds,
 * so it must be able to reach their addresses: only a hub on this machine can reach addresses on this machine.
 */
export function findHubProblem({ site: { url, hub }, hasUrl }: HubSettings): string | undefined {
  if (hub === undefined) return 'no hub is set; set "hub" in publication.yaml to the address of a WebSub hub';
  if (isLoopback(hub)) return undefined;
  if (!hasUrl) return `no public address is set, so ${hub} can't fetch the feeds; set "url" or SITE_URL`;
  if (isLoopback(url)) return `"url" is ${url}, which ${hub} can't reach; set "url" or SITE_URL to the public address`;
  return undefined;
}

/** Reports whether an address is one of this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])\.?$/.test(hostname);
}

/** The result of one notification. */
export type Outcome =
  | { readonly kind: 'accepted' }
  /** A retry would fail as well. */
  | { readonly kind: 'refused'; readonly why: string }
  /** `after` is the milliseconds that the hub wants until a retry. */
  | { readonly kind: 'failed'; readonly why: string; readonly after?: number };

export interface NotifyOptions {
  /** Milliseconds, redirects included. */
  readonly timeout: number;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

const maxRedirects = 3;

/**
 * Notifies a hub once that a topic has changed, with the form that hubs accept by convention (WebSub §6, note). Never
 * rejects.
 *
 * Only the status of the response is read, since the body may be endless. A redirect is followed by another POST, to
 * web addresses only and never from https to http.
 */
export async function notifyHub(hub: string, topic: string, { timeout, signal }: NotifyOptions): Promise<Outcome> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  try {
    let address = new URL(hub);
    for (let left = maxRedirects; ; left--) {
      const response = await fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }),
        headers: { 'user-agent': 'Dateline' },
        redirect: 'manual',
        signal: limit,
      });
      void response.body?.cancel().catch(() => {});
      const next = redirectOf(response, address);
      if (next === undefined || left === 0) return outcomeOf(response);
      address = next;
    }
  } catch (error) {
    if (signal.aborted) return { kind: 'failed', why: 'the request was aborted' };
    if (limit.aborted) return { kind: 'failed', why: `no answer within ${timeout / 1000} s` };
    return { kind: 'failed', why: fetchErrorMessage(error) };
  }
}

/** The message of the network error behind a failed fetch. */
export function fetchErrorMessage(error: unknown): string {
  const reason = reasonOf(error);
  return reason instanceof Error ? reason.message : String(reason);
}

/** "the answer is 404 Not Found" */
export function describeStatus(status: number): string {
  return `the answer is ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
}

function outcomeOf({ status, headers, ok }: Response): Outcome {
  if (ok) return { kind: 'accepted' };
  const why = describeStatus(status);
  if (status < 500 && status !== 429) return { kind: 'refused', why };
  return omitUndefined({ kind: 'failed', why, after: parseRetryAfter(headers.get('retry-after')) });
}

function redirectOf({ status, headers }: Response, from: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 307, 308].includes(status) || location === null || !URL.canParse(location, from.href))
    return undefined;
  const to = new URL(location, from);
  const isWeb = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  return isWeb ? to : undefined;
}

/** Parses Retry-After, in seconds or as a date (RFC 9110 §10.2.3), to milliseconds. */
function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) && wait > 0 ? wait : undefined;
}
