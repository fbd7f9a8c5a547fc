import { AwsClient } from 'aws4fetch';
import type { Bytes } from '../../store/store.ts';

/** Where a bucket is and who asks. */
export interface S3Options {
  /** URL of the bucket; ends in `/`. */
  readonly bucket: URL;
  /** What all keys start with; empty, or ends in `/`. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How long a request may take. */
export interface RequestLimits {
  /** Milliseconds after which a request is given up. */
  readonly timeout: number;
  /** How many times a request is retried while the store refuses it for now. */
  readonly retries: number;
}

/** A bucket of Amazon S3 or of a store with the same interface. */
export interface S3Bucket {
  /** Returns an object with its ETag, or `undefined` if there is none. */
  get(key: string): Promise<{ readonly content: Bytes; readonly version: string } | undefined>;
  /** Streams a part of an object, both ends included. */
  stream(key: string, start: number, end: number): Promise<ReadableStream<Uint8Array>>;
  /**
   * Stores an object. With `before`, only if the object still has this ETag, or with `null` if there is none; returns
   * `false` if that is not so, and `unsupported` if the store can't compare.
   */
  put(key: string, content: Bytes, before?: string | null): Promise<boolean | 'unsupported'>;
  remove(key: string): Promise<void>;
  /** Lists the keys that start with a prefix, with the lengths of their objects. */
  list(prefix: string): Promise<ReadonlyMap<string, number | undefined>>;
}

/** For a run of `publish`, which nobody waits for. */
const defaultLimits: RequestLimits = { timeout: 120_000, retries: 5 };

/** Opens a bucket. Every method rejects with the store's reason, which never contains a secret. */
export function openBucket(
  { bucket, prefix: start, region, ...credentials }: S3Options,
  { timeout, retries } = defaultLimits,
): S3Bucket {
  const client = new AwsClient({ ...credentials, region, service: 's3', retries });
  const urlOf = (key: string): URL => new URL((start + key).split('/').map(encodeURIComponent).join('/'), bucket);
  const send = async (url: URL, init: RequestInit, accepted: readonly number[] = []): Promise<Response> => {
    const response = await client.fetch(url, { ...init, redirect: 'manual' }).catch(({ cause, message }: Error) => {
      throw new Error(`${bucket.host} can't be reached: ${cause instanceof Error ? cause.message : message}`);
    });
    if (response.ok || accepted.includes(response.status)) return response;
    const reason = /<Code>([^<]{1,100})/.exec(await response.text())?.[1] ?? 'no reason given';
    throw new Error(`${bucket.host} answered ${response.status} to ${init.method ?? 'GET'} ${url.pathname}: ${reason}`);
  };
  /** Limits the time of a request with its body. */
  const limited = (init: RequestInit = {}): RequestInit => ({ ...init, signal: AbortSignal.timeout(timeout) });
  return {
    get: async (key) => {
      const response = await send(urlOf(key), limited(), [404]);
      const content = new Uint8Array(await response.arrayBuffer());
      return response.status === 404 ? undefined : { content, version: response.headers.get('ETag') ?? '' };
    },
    stream: async (key, first, last) => {
      // A reader may take its time over the body.
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(new Error(`no answer in ${timeout} ms`)), timeout);
      const init = { headers: { Range: `bytes=${first}-${last}` }, signal: late.signal };
      const { status, body } = await send(urlOf(key), init).finally(() => clearTimeout(timer));
      if (status === 206 && body !== null) return body;
      await body?.cancel();
      throw new Error(`${bucket.host} answered ${status} to a request for a part of ${key}`);
    },
    put: async (key, body, before) => {
      const condition = before === null ? { 'If-None-Match': '*' } : before === undefined ? {} : { 'If-Match': before };
      const headers = { 'Content-Type': 'application/octet-stream', ...condition };
      const refusals = before === undefined ? [] : [409, 412, 501, ...(before === null ? [] : [404])];
      const { ok, status } = await send(urlOf(key), limited({ method: 'PUT', headers, body }), refusals);
      return status === 501 ? 'unsupported' : ok;
    },
    remove: async (key) => {
      await send(urlOf(key), limited({ method: 'DELETE' }), [404]);
    },
    list: async (prefix) => {
      const found = new Map<string, number | undefined>();
      let token: string | undefined;
      do {
        const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix: start + prefix });
        if (token !== undefined) query.set('continuation-token', token);
        const text = await (await send(new URL(`?${query}`, bucket), limited())).text();
        for (const [, entry = ''] of text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
          const [, key = ''] = /<Key>([^<]*)<\/Key>/.exec(entry) ?? [];
          const [, size] = /<Size>(\d+)<\/Size>/.exec(entry) ?? [];
          const name = decodeURIComponent(unescaped(key).replaceAll('+', ' ')).slice(start.length);
          found.set(name, size === undefined ? undefined : Number(size));
        }
        const next = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
        token = next && unescaped(next);
      } while (token !== undefined);
      return found;
    },
  };
}

/** Resolves the references of XML that a URL-encoded key can contain. */
function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
