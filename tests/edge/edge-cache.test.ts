import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type EdgeCache, edgeDocumentCache } from '../../src/edge/edge-cache.ts';
import { EdgeEncoder } from '../../src/edge/edge-encoder.ts';
import { makeDocument } from '../../src/feed/document.ts';

const text = '<p>It happened again.</p>\n'.repeat(100);
const document = await makeDocument(text, 'application/atom+xml; charset=utf-8', { articles: [] });
const request = new Request('https://daily.example/atom.xml');

/** The part of a data center's cache that is used. */
function cacheInMemory(): EdgeCache {
  const responses = new Map<string, Response>();
  return {
    match: async (key) => responses.get(key)?.clone(),
    put: async (key, response) => void responses.set(key, response),
  };
}

/** Caches documents with an encoder; `settled` waits until they are stored. */
function open(cache: EdgeCache, encoder: EdgeEncoder) {
  let work: Promise<unknown> = Promise.resolve();
  const documents = edgeDocumentCache(cache, 'https://daily.example', encoder, (_, stored) => {
    work = stored;
  });
  return { ...documents, settled: () => work };
}

describe('an encoder at the edge', () => {
  it.each(['gzip', 'br'] as const)('compresses to %s once, and returns that without a promise', async (coding) => {
    const encoder = new EdgeEncoder();
    expect(encoder.codings).toContain(coding);
    const bytes = await encoder.encode(document, coding);
    expect((coding === 'gzip' ? gunzipSync : brotliDecompressSync)(bytes).toString()).toBe(text);
    expect(encoder.encode(document, coding)).toBe(bytes);
  });

  it.each([
    { cf: { clientAcceptEncoding: 'gzip' }, accepted: 'gzip' },
    { cf: { clientAcceptEncoding: '' }, accepted: '' },
    { cf: {}, accepted: 'br, gzip' },
    { cf: undefined, accepted: 'br, gzip' },
  ])('asks for the field of the client, behind $cf', ({ cf, accepted }) => {
    const headers = new Headers({ 'Accept-Encoding': 'br, gzip' });
    const asked = { method: 'GET', headers, cf };
    expect(new EdgeEncoder().accepted(asked)).toBe(accepted);
  });
});

describe('a document in the cache of a data center', () => {
  it('comes back with what it was compressed to', async () => {
    const cache = cacheInMemory();
    const encoder = new EdgeEncoder();
    const brotli = await encoder.encode(document, 'br');
    const kept = open(cache, encoder);
    kept.keep('/atom.xml', { edition: 'one', document }, request);
    await kept.settled();
    const another = new EdgeEncoder();
    const found = await open(cache, another).find('/atom.xml');
    expect(found).toMatchObject({ edition: 'one', document });
    // Without a promise: nothing is compressed again.
    const known =
      found === undefined ? [] : [another.encode(found.document, 'br'), another.encode(found.document, 'gzip')];
    const plain = (bytes: Uint8Array): number[] => [...bytes];
    expect((await Promise.all(known)).map(plain)).toEqual([brotli, await encoder.encode(document, 'gzip')].map(plain));
  });

  it('is not compressed if that saves nothing', async () => {
    const cache = cacheInMemory();
    const small = await makeDocument('User-agent: *\n', 'text/plain; charset=utf-8', { articles: [] });
    const encoder = new EdgeEncoder();
    const kept = open(cache, encoder);
    kept.keep('/robots.txt', { edition: 'one', document: small }, request);
    await kept.settled();
    expect(await kept.find('/robots.txt')).toMatchObject({ document: small });
    expect(encoder.codedOf(small)).toEqual(new Map());
  });

  it('is not used if a part of it is missing', async () => {
    const cache = cacheInMemory();
    const kept = open(cache, new EdgeEncoder());
    kept.keep('/atom.xml', { edition: 'one', document }, request);
    await kept.settled();
    const key = 'https://daily.example/_dateline/documents/atom.xml';
    const stored = await cache.match(key);
    const bytes = new Uint8Array((await stored?.arrayBuffer()) ?? []);
    await cache.put(key, new Response(bytes.slice(0, -1), { headers: stored?.headers ?? {} }));
    expect(await kept.find('/atom.xml')).toBeUndefined();
  });
});
