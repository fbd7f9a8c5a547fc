import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeDocument } from '../../../src/feed/document.ts';
import { Compressor } from '../../../src/node/serve/compressor.ts';

const text = Array.from({ length: 2000 }, (_, i) => `<p>Paragraph ${i} of ${(i * 7919) % 1009}.</p>`).join('\n');
const document = await makeDocument(text, 'text/html; charset=utf-8', { articles: [] });
const decode = { gzip: gunzipSync, br: brotliDecompressSync };

describe('a compressed document', () => {
  it.each(['gzip', 'br'] as const)('decompresses from %s to the original', async (coding) => {
    expect(decode[coding](await new Compressor().encode(document, coding)).toString()).toBe(text);
  });
  it.each(['gzip', 'br'] as const)('is compressed once for simultaneous requests for %s', async (coding) => {
    const compressor = new Compressor();
    const [a, b] = await Promise.all([compressor.encode(document, coding), compressor.encode(document, coding)]);
    expect(a).toBe(b);
  });
  it('is returned without a promise the second time', async () => {
    const compressor = new Compressor();
    await compressor.encode(document, 'gzip');
    expect(compressor.encode(document, 'gzip')).toBeInstanceOf(Uint8Array);
  });
  it.each(['gzip', 'br'] as const)('is compressed better by %s after the first response', async (coding) => {
    const compressor = new Compressor();
    const fast = await compressor.encode(document, coding);
    await compressor.settled();
    const best = await compressor.encode(document, coding);
    expect(best.byteLength).toBeLessThan(fast.byteLength);
    expect(decode[coding](best).toString()).toBe(text);
  });
});
