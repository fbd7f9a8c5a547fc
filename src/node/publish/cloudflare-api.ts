import { setTimeout as wait } from 'node:timers/promises';

/** What may use an account, from the environment, by the names that wrangler has for it. */
export interface Account {
  readonly id: string;
  readonly token: string;
  /** Where the API is. */
  readonly base: string;
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
 * Asks Cloudflare's API under the account's own path. Tries again where it is asked to slow down (429) or the other
 * side fails, up to six times; any other refusal is an error with what the API says. 404 is an answer.
 */
export async function askApi(account: Account, path: string, init: RequestInit = {}): Promise<Response> {
  const url = `${account.base}/accounts/${account.id}/${path}`;
  const headers = { ...init.headers, Authorization: `Bearer ${account.token}` };
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(120_000) });
    if (response.ok || response.status === 404) return response;
    const text = await response.text();
    if (attempt === attempts || (response.status !== 429 && response.status < 500))
      throw new Error(`Cloudflare answered ${response.status} to ${path}: ${reasons(text)}`);
    const asked = Number(response.headers.get('Retry-After') ?? Number.NaN);
    await wait(Number.isNaN(asked) ? 500 * 2 ** attempt : Math.min(asked, 300) * 1000);
  }
}

const attempts = 6;

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
