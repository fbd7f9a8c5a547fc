import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeDocument } from '../../../src/feed/document.ts';
import { Coder } from '../../../src/node/serve/coder.ts';

const text = Array.from({ length: 2000 }, (_, i) => `<p>Paragraph ${i} of ${(i * 7919) % 1009}.</p>`).join(
  '\n',
);
const document = await makeDocument(text, 'text/html; charset=utf-8', { articles: [] });
const decode = { gzip: gunzipSync, br: brotliDecompressSync };

describe('a coded document', () => {
  it.each(['gzip', 'br'] as const)('decodes from %s to what it was', async (coding) => {
    expect(decode[coding](await new Coder().code(document, coding)).toString()).toBe(text);
  });
  it.each(['gzip', 'br'] as const)('is made once for all who ask for %s at the same time', async (coding) => {
    const coder = new Coder();
    const [a, b] = await Promise.all([coder.code(document, coding), coder.code(document, coding)]);
    expect(a).toBe(b);
  });
  it('is there at once the second time', async () => {
    const coder = new Coder();
    await coder.code(document, 'gzip');
    expect(coder.code(document, 'gzip')).toBeInstanceOf(Uint8Array);
  });
  it.each(['gzip', 'br'] as const)('is coded better by %s after the first answer', async (coding) => {
    const coder = new Coder();
    const fast = await coder.code(document, coding);
    await coder.settled();
    const best = await coder.code(document, coding);
    expect(best.byteLength).toBeLessThan(fast.byteLength);
    expect(decode[coding](best).toString()).toBe(text);
  });
});
