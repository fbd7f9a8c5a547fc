import { AwsClient } from 'aws4fetch';
import type { Bytes } from '../../store/object-reader.ts';

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

/** A bucket of Amazon S3 or of a store with the same interface. */
export interface S3Bucket {
  /** Returns an object with its ETag, or `undefined` if there is none. */
  get(key: string): Promise<{ readonly content: Bytes; readonly version: string } | undefined>;
  /**
   * Stores an object. With `before`, only if the object still has this ETag, or with `null` if there is none; returns
   * `false` if that is not so, and `unsupported` if the store can't compare.
   */
  put(key: string, content: Bytes, before?: string | null): Promise<boolean | 'unsupported'>;
  remove(key: string): Promise<void>;
  /** Lists the keys that start with a prefix. */
  list(prefix: string): Promise<string[]>;
}

/** Milliseconds after which a request is given up. */
const timeout = 120_000;

/** Opens a bucket. Every method rejects with the store's reason, which never contains a secret. */
export function openBucket({ bucket, prefix: start, region, ...credentials }: S3Options): S3Bucket {
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 5 });
  const urlOf = (key: string): URL => new URL((start + key).split('/').map(encodeURIComponent).join('/'), bucket);
  const send = async (url: URL, init: RequestInit, accepted: readonly number[] = []): Promise<Response> => {
    const response = await client
      .fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeout) })
      .catch(({ cause, message }: Error) => {
        throw new Error(`${bucket.host} can't be reached: ${cause instanceof Error ? cause.message : message}`);
      });
    if (response.ok || accepted.includes(response.status)) return response;
    const reason = /<Code>([^<]{1,100})/.exec(await response.text())?.[1] ?? 'no reason given';
    throw new Error(`${bucket.host} answered ${response.status} to ${init.method ?? 'GET'} ${url.pathname}: ${reason}`);
  };
  return {
    get: async (key) => {
      const response = await send(urlOf(key), {}, [404]);
      const content = new Uint8Array(await response.arrayBuffer());
      return response.status === 404 ? undefined : { content, version: response.headers.get('ETag') ?? '' };
    },
    put: async (key, body, before) => {
      const condition = before === null ? { 'If-None-Match': '*' } : before === undefined ? {} : { 'If-Match': before };
      const headers = { 'Content-Type': 'application/octet-stream', ...condition };
      const refusals = before === undefined ? [] : [409, 412, 501, ...(before === null ? [] : [404])];
      const { ok, status } = await send(urlOf(key), { method: 'PUT', headers, body }, refusals);
      return status === 501 ? 'unsupported' : ok;
    },
    remove: async (key) => {
      await send(urlOf(key), { method: 'DELETE' }, [404]);
    },
    list: async (prefix) => {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix: start + prefix });
        if (token !== undefined) query.set('continuation-token', token);
        const text = await (await send(new URL(`?${query}`, bucket), {})).text();
        for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g))
          keys.push(decodeURIComponent(unescaped(key).replaceAll('+', ' ')).slice(start.length));
        const next = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
        token = next && unescaped(next);
      } while (token !== undefined);
      return keys;
    },
  };
}

/** Resolves the references of XML that a URL-encoded key can contain. */
function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
