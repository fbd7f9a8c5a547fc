import { setTimeout } from 'node:timers/promises';
import type { CacheTag } from '../../publication/addresses/cache-tags.ts';
import type { CacheInFront } from '../../publication/site/site.ts';
import { pauseAfter } from '../store/cloudflare-api.ts';

/** Purges the answers with these tags. Rejects with the cache's reason, without the token. */
export type Purge = (tags: readonly CacheTag[]) => Promise<void>;

export interface PurgeOptions {
  /** Gives `PURGE_TOKEN`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Replaces the address of Cloudflare's or Fastly's API. */
  readonly base?: string;
  /** Aborts requests and pauses. */
  readonly signal?: AbortSignal;
}

/** Opens the cache in front of a site. Throws an error that says what is missing in the environment. */
export function openPurge(cache: CacheInFront, { environment, base, signal }: PurgeOptions): Purge {
  const { kind } = cache;
  const token = environment.PURGE_TOKEN ?? '';
  if (token === '' && kind !== 'other')
    throw new Error(`PURGE_TOKEN is not set in the environment; "purge: ${kind}:${cache.id}" needs it`);
  if (!/^[\x21-\x7e]*$/.test(token))
    throw new Error('PURGE_TOKEN in the environment has a space, a line break or another character that no token has');
  const address = addressOf(cache, base);
  if (token !== '' && !isSafe(address))
    throw new Error(`${address.origin} in "purge" would get PURGE_TOKEN unencrypted; use https`);
  return async (tags) => {
    for (let i = 0; i < tags.length; i += batches[kind])
      await send(address, requestOf(kind, tags.slice(i, i + batches[kind]), token), token, signal);
  };
}

/** The most tags in one request. */
const batches = { cloudflare: 100, fastly: 256, other: 100 } as const;

function addressOf({ kind, id }: CacheInFront, base: string | undefined): URL {
  if (kind === 'cloudflare')
    return new URL(`${base ?? 'https://api.cloudflare.com/client/v4'}/zones/${id}/purge_cache`);
  if (kind === 'fastly') return new URL(`${base ?? 'https://api.fastly.com'}/service/${id}/purge`);
  return new URL(id);
}

/** Reports whether a token stays secret on its way: over https, or to this machine. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function requestOf(kind: CacheInFront['kind'], tags: readonly CacheTag[], token: string): RequestInit {
  const post = (body: unknown, headers: Readonly<Record<string, string>>): RequestInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'Dateline', ...headers },
    body: JSON.stringify(body),
  });
  const bearer = token === '' ? {} : { Authorization: `Bearer ${token}` };
  if (kind === 'cloudflare') return post({ tags }, bearer);
  if (kind === 'fastly') return post({ surrogate_keys: tags }, { 'Fastly-Key': token });
  // Varnish's configuration can't read JSON.
  return post({ tags }, { ...bearer, 'Surrogate-Key': tags.join(' ') });
}

/** How often a request is sent while the cache asks to slow down, fails or can't be reached. */
const attempts = 4;
/** Milliseconds of one attempt. */
const timeout = 10_000;

async function send(address: URL, init: RequestInit, token: string, signal?: AbortSignal): Promise<void> {
  const withoutToken = (text: string): string => (token === '' ? text : text.replaceAll(token, '(token)'));
  for (let attempt = 1; ; attempt++) {
    const limits = [AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])];
    const answer = await fetch(address, { ...init, redirect: 'manual', signal: AbortSignal.any(limits) }).catch(reason);
    if (typeof answer !== 'string' && answer.ok) return void (await answer.body?.cancel());
    const status = typeof answer === 'string' ? 503 : answer.status;
    const why =
      typeof answer === 'string'
        ? `can't be reached: ${answer}`
        : `answered ${status}${await textOf(answer, withoutToken)}`;
    if (signal?.aborted || attempt === attempts || (status !== 429 && status < 500))
      throw new Error(`${address.host} ${withoutToken(why)}`);
    const asked = typeof answer === 'string' ? null : answer.headers.get('Retry-After');
    await setTimeout(pauseAfter(status, asked, attempt) * 1000, undefined, signal && { signal });
  }
}

/** Returns why there is no answer. `fetch` gives the reason only in the cause of its error. */
function reason(error: Error): string {
  const { cause = error } = error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** Returns the beginning of an answer. A proxy may repeat the request in it, and a cut token would not be found. */
async function textOf(answer: Response, withoutToken: (text: string) => string): Promise<string> {
  const text = withoutToken(await answer.text().catch(() => ''))
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? '' : `: ${text.slice(0, 200)}`;
}
