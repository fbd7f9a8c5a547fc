import { setTimeout as wait } from 'node:timers/promises';

/** A Cloudflare account and the token to use it with. */
export interface Account {
  readonly id: string;
  readonly token: string;
  /** Base URL of the API. */
  readonly base: string;
  /** Called before each retry, with the seconds until then. */
  readonly onPause?: (seconds: number) => void;
}

/**
 * Reads the account from the environment variables of wrangler. Throws an error that names a variable that is missing
 * or malformed, and never shows its value.
 */
export function accountFrom(environment: Readonly<Record<string, string | undefined>>): Account {
  const need = (name: string, form: RegExp, expected: string): string => {
    const value = environment[name] ?? '';
    if (value === '')
      throw new Error(`${name} is not set in the environment; to publish without an account, use --local`);
    if (!form.test(value))
      throw new Error(
        `${name} in the environment is not ${expected}; copy it again, without quotes, spaces or line breaks`,
      );
    return value;
  };
  return {
    id: need('CLOUDFLARE_ACCOUNT_ID', /^[\w-]+$/, "an account's id"),
    token: need('CLOUDFLARE_API_TOKEN', /^[\w.~+/=-]+$/, 'an API token'),
    base: baseFrom(environment.CLOUDFLARE_API_BASE_URL ?? 'https://api.cloudflare.com/client/v4'),
  };
}

/** The token must not cross a network in the clear. */
function baseFrom(address: string): string {
  const { protocol, hostname } = URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '' };
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isLocal)) return address;
  throw new Error('CLOUDFLARE_API_BASE_URL in the environment is not an https:// address');
}

/** The JSON of Cloudflare's API, in all answers except values. */
export interface ApiAnswer<T> {
  readonly success: boolean;
  readonly result: T;
  readonly errors?: readonly { readonly code: number; readonly message: string }[];
  readonly result_info?: { readonly cursor?: string; readonly is_truncated?: boolean };
}

/**
 * Sends a request to Cloudflare's API, below the account's path. Tries up to six times when the API asks to slow down
 * (429), fails (5xx) or cannot be reached. Any other status except 2xx and 404 throws an error with the API's reasons.
 */
export async function callApi(account: Account, path: string, init: RequestInit = {}): Promise<Response> {
  const url = `${account.base}/accounts/${account.id}/${path}`;
  const headers = { ...init.headers, Authorization: `Bearer ${account.token}` };
  for (let attempt = 1; ; attempt++) {
    const response = await send(url, { ...init, headers });
    if (response instanceof Response && (response.ok || response.status === 404)) return response;
    const refusal = response instanceof Response ? response : undefined;
    const status = refusal?.status ?? 503;
    const reason = refusal === undefined ? '' : reasonsIn((await refusal.text()).replaceAll(account.token, '(token)'));
    if (attempt === attempts || (status !== 429 && status < 500)) {
      const message =
        refusal === undefined
          ? `Cloudflare can't be reached for ${path}: ${response}`
          : `Cloudflare answered ${status} to ${path}: ${reason}`;
      // A proxy may repeat the request in its answer, which is cut, and some network errors quote it.
      throw new Error(message.replaceAll(account.token, '(token)'));
    }
    const seconds = pauseAfter(status, refusal?.headers.get('Retry-After'), attempt);
    account.onPause?.(seconds);
    await wait(seconds * 1000);
  }
}

/** Sends a request; returns the reason as text if there is no response. */
async function send(url: string, init: RequestInit): Promise<Response | string> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(requestTimeout) });
  } catch (error) {
    // fetch gives the reason only in the cause of its error.
    const { cause = error } = error as Error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

const attempts = 6;
/** Milliseconds of one attempt, with its body. */
const requestTimeout = 120_000;

/**
 * Returns the seconds to wait before the next attempt: what Retry-After asks for, up to ten minutes. Without it, a
 * minute after 429, because Cloudflare counts requests over five minutes, and exponential backoff after a failure.
 */
export function pauseAfter(status: number, asked: string | null | undefined, attempt: number): number {
  const seconds = asked == null || asked.trim() === '' ? Number.NaN : secondsUntil(asked);
  if (!Number.isNaN(seconds)) return Math.min(Math.max(seconds, 0), 600);
  return status === 429 ? 60 : 0.5 * 2 ** attempt;
}

/** Reads Retry-After: seconds or a date (RFC 9110 §10.2.3). */
function secondsUntil(written: string): number {
  return /^\d+$/.test(written) ? Number(written) : Math.ceil((Date.parse(written) - Date.now()) / 1000);
}

function reasonsIn(text: string): string {
  try {
    const { errors = [] } = JSON.parse(text) as Partial<ApiAnswer<unknown>>;
    return errors.map(({ code, message }) => `${message} (${code})`).join(', ') || 'no reason given';
  } catch {
    return text.slice(0, 200) || 'no reason given';
  }
}

/** Reads an answer as JSON. The message of `JSON.parse` would show a part of it. */
export async function readAnswer<T>(response: Response, path: string): Promise<ApiAnswer<T>> {
  try {
    return JSON.parse(await response.text()) as ApiAnswer<T>;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`Cloudflare's answer to ${path} is not JSON`);
    throw error;
  }
}

/** Lists the entries on all pages of a list. */
export async function listAll<T>(
  account: Account,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor = '';
  do {
    const search = new URLSearchParams(query);
    if (cursor !== '') search.set('cursor', cursor);
    const response = await callApi(account, `${path}?${search}`);
    if (response.status === 404) throw new Error(`Cloudflare has no ${path}`);
    const { result, result_info } = await readAnswer<readonly T[]>(response, path);
    all.push(...result);
    cursor = result_info?.is_truncated === false ? '' : (result_info?.cursor ?? '');
  } while (cursor !== '');
  return all;
}
