import { setTimeout as wait } from 'node:timers/promises';

/** What may use an account, from the environment, by the names that wrangler has for it. */
export interface Account {
  readonly id: string;
  readonly token: string;
  /** Where the API is. */
  readonly base: string;
  /** Is told of each pause, in seconds, before a request is tried again. */
  readonly onPause?: (seconds: number) => void;
}

/** Reads the account from the environment; an error says what is missing. */
export function accountFrom(environment: Readonly<Record<string, string | undefined>>): Account {
  const need = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '')
      throw new Error(`${name} is not set in the environment; without an account, try --local`);
    return value;
  };
  return {
    id: need('CLOUDFLARE_ACCOUNT_ID'),
    token: need('CLOUDFLARE_API_TOKEN'),
    base: environment.CLOUDFLARE_API_BASE_URL ?? 'https://api.cloudflare.com/client/v4',
  };
}

/** What Cloudflare's API answers with, but for values. */
export interface ApiAnswer<T> {
  readonly success: boolean;
  readonly result: T;
  readonly errors?: readonly { readonly code: number; readonly message: string }[];
  readonly result_info?: { readonly cursor?: string; readonly is_truncated?: boolean };
}

/**
 * Asks Cloudflare's API under the account's own path. Tries again where it is asked to slow down (429), the other side
 * fails or the line does, up to six times; any other refusal is an error with what the API says. 404 is an answer.
 */
export async function askApi(account: Account, path: string, init: RequestInit = {}): Promise<Response> {
  const url = `${account.base}/accounts/${account.id}/${path}`;
  const headers = { ...init.headers, Authorization: `Bearer ${account.token}` };
  for (let attempt = 1; ; attempt++) {
    const response = await send(url, { ...init, headers });
    if (response instanceof Response && (response.ok || response.status === 404)) return response;
    const refusal = response instanceof Response ? response : undefined;
    const status = refusal?.status ?? 503;
    const said = refusal === undefined ? '' : reasons(await refusal.text());
    if (attempt === attempts || (status !== 429 && status < 500))
      throw new Error(
        refusal === undefined
          ? `Cloudflare can't be reached for ${path}: ${response}`
          : `Cloudflare answered ${status} to ${path}: ${said}`,
      );
    const seconds = pauseAfter(status, refusal?.headers.get('Retry-After'), attempt);
    account.onPause?.(seconds);
    await wait(seconds * 1000);
  }
}

/** Sends a request; where there is no answer, gives the reason. */
async function send(url: string, init: RequestInit): Promise<Response | string> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(120_000) });
  } catch (error) {
    // fetch itself says nothing but that it failed.
    const { cause = error } = error as Error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

const attempts = 6;

/**
 * Seconds to wait before the next attempt: as many as asked for, though not more than ten minutes; else a minute where
 * there were too many requests, which Cloudflare counts over five, and little, then more, where something failed.
 */
export function pauseAfter(status: number, asked: string | null | undefined, attempt: number): number {
  const seconds = asked == null || asked.trim() === '' ? Number.NaN : secondsUntil(asked);
  if (!Number.isNaN(seconds)) return Math.min(Math.max(seconds, 0), 600);
  return status === 429 ? 60 : 0.5 * 2 ** attempt;
}

/** Reads Retry-After, which holds seconds or a date (RFC 9110 §10.2.3). */
function secondsUntil(written: string): number {
  return /^\d+$/.test(written) ? Number(written) : Math.ceil((Date.parse(written) - Date.now()) / 1000);
}

function reasons(text: string): string {
  try {
    const { errors = [] } = JSON.parse(text) as Partial<ApiAnswer<unknown>>;
    return errors.map(({ code, message }) => `${message} (${code})`).join(', ') || 'no reason given';
  } catch {
    return text.slice(0, 200) || 'no reason given';
  }
}

/** Lists what stands on all pages of a list. */
export async function listAll<T>(
  account: Account,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor = '';
  do {
    const search = new URLSearchParams({ ...query, ...(cursor === '' ? {} : { cursor }) });
    const response = await askApi(account, `${path}?${search}`);
    if (response.status === 404) throw new Error(`Cloudflare knows no ${path}`);
    const { result, result_info } = (await response.json()) as ApiAnswer<readonly T[]>;
    all.push(...result);
    cursor = result_info?.is_truncated === false ? '' : (result_info?.cursor ?? '');
  } while (cursor !== '');
  return all;
}
