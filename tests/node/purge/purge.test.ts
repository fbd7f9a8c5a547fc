import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPurge } from '../../../src/node/purge/purge.ts';
import { type Cache, startCache } from './cache.ts';

let cache: Cache;
beforeAll(async () => {
  cache = await startCache();
});
beforeEach(() => {
  cache.asked.length = 0;
  cache.statuses.length = 0;
});

const environment = { PURGE_TOKEN: 'secret-token' };
const many = Array.from({ length: 300 }, (_, i) => `daily.example/articles/${i}`);

describe('a purge', () => {
  it("asks Cloudflare's API, with at most 100 tags in a request", async () => {
    await openPurge({ kind: 'cloudflare', id: 'zone1' }, { environment, base: cache.url })(many);
    expect(cache.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      new Array(3).fill('POST /zones/zone1/purge_cache'),
    );
    expect(cache.asked.map(({ body }) => body)).toEqual(
      [0, 100, 200].map((start) => ({ tags: many.slice(start, start + 100) })),
    );
    expect(cache.asked[0]?.headers.authorization).toBe('Bearer secret-token');
  });

  it("asks Fastly's API, with at most 256 keys in a request", async () => {
    await openPurge({ kind: 'fastly', id: 'service1' }, { environment, base: cache.url })(many);
    expect(cache.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      new Array(2).fill('POST /service/service1/purge'),
    );
    expect(cache.asked.map(({ body }) => body)).toEqual([
      { surrogate_keys: many.slice(0, 256) },
      { surrogate_keys: many.slice(256) },
    ]);
    expect(cache.asked[0]?.headers['fastly-key']).toBe('secret-token');
  });

  it('asks any other cache, with the tags in a header field as well', async () => {
    await openPurge({ kind: 'other', id: `${cache.url}/purge?zone=1` }, { environment: {} })(['a/b', 'a/c']);
    expect(cache.asked).toMatchObject([
      {
        method: 'POST',
        path: '/purge?zone=1',
        headers: { 'surrogate-key': 'a/b a/c' },
        body: { tags: ['a/b', 'a/c'] },
      },
    ]);
    expect(cache.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('tries again when the cache fails or asks to slow down', async () => {
    cache.statuses.push(503, 429);
    await openPurge({ kind: 'other', id: cache.url }, { environment })(['a']);
    expect(cache.asked).toHaveLength(3);
  });

  it('shows no part of the token where a long answer is cut', async () => {
    cache.statuses.push(403);
    cache.refusal = `${'x'.repeat(195)}secret-token`;
    const failed = openPurge({ kind: 'other', id: cache.url }, { environment })(['a']);
    await expect(failed).rejects.toThrow(/x\(toke$/);
  });

  it('says why it was refused, without the token', async () => {
    cache.statuses.push(403);
    cache.refusal = 'secret-token may not\n purge';
    await expect(openPurge({ kind: 'other', id: cache.url }, { environment })(['a'])).rejects.toThrow(
      `${new URL(cache.url).host} answered 403: (token) may not purge`,
    );
    expect(cache.asked).toHaveLength(1);
  });

  it.each([
    ['cloudflare', {}, 'PURGE_TOKEN is not set in the environment; "purge: cloudflare:id" needs it'],
    ['fastly', { PURGE_TOKEN: '' }, 'PURGE_TOKEN is not set in the environment; "purge: fastly:id" needs it'],
    ['cloudflare', { PURGE_TOKEN: 'a b' }, 'PURGE_TOKEN in the environment has a space'],
  ] as const)('of %s needs a token: %j', (kind, environment, message) => {
    expect(() => openPurge({ kind, id: 'id' }, { environment })).toThrow(message);
  });

  it('never sends the token over a network unencrypted', () => {
    expect(() => openPurge({ kind: 'other', id: 'http://cache.example/' }, { environment })).toThrow(
      'http://cache.example in "purge" would get PURGE_TOKEN unencrypted; use https',
    );
    expect(() => openPurge({ kind: 'other', id: 'http://cache.example/' }, { environment: {} })).not.toThrow();
  });
});
