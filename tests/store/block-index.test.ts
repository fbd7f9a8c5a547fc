import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { compressBlock } from '../../src/node/build/parallel/compress-block.ts';
import { objectPath } from '../../src/publication/stored/stored.ts';
import { articleIn } from '../../src/store/block-index.ts';
import { LostObject, objectReader } from '../../src/store/object-reader.ts';
import type { Bytes } from '../../src/store/store.ts';

/** As much of an article as an index needs. */
const articleOf = (slug: string, content = `<p>${slug}</p>`) => ({ slug, content }) as Article;

function blockOf(articles: readonly Article[]): { readonly text: Buffer; readonly bytes: Bytes } {
  const texts = articles.map((article) => JSON.stringify(article));
  const text = Buffer.from(`[${texts.join()}]`);
  let end = 1;
  const placed = articles.map(({ slug }, i) => {
    end += Buffer.byteLength(texts[i] ?? '') + 1;
    return { slug, end };
  });
  return { text, bytes: new Uint8Array(compressBlock(text, placed)) };
}

const block = fc.uniqueArray(fc.record({ slug: fc.string(), content: fc.string({ unit: 'binary' }) }), {
  selector: ({ slug }) => slug,
  minLength: 1,
  maxLength: 20,
});

describe('a block with an index', () => {
  it('is one gzip for every reader, and gives out each article alone', () => {
    fc.assert(
      fc.property(block, (made) => {
        const articles = made.map(({ slug, content }) => articleOf(slug, content));
        const { text, bytes } = blockOf(articles);
        expect(gunzipSync(bytes)).toEqual(text);
        for (const article of JSON.parse(text.toString())) expect(articleIn(bytes, article.slug)).toEqual(article);
        expect(articleIn(bytes, `${made.map(({ slug }) => slug).join()} none`)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('is decompressed by a stream, as on a runtime without zlib', async () => {
    const { text, bytes } = blockOf(Array.from({ length: 8 }, (_, i) => articleOf(`a${i}`)));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    expect(await new Response(stream).text()).toBe(text.toString());
  });

  it('never gives out another article or a damaged one', () => {
    const articles = Array.from({ length: 7 }, (_, i) => articleOf(`a${i}`));
    const { bytes } = blockOf(articles);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      for (const article of articles) expect([article, undefined]).toContainEqual(articleIn(damaged, article.slug));
      for (const article of articles)
        expect([article, undefined]).toContainEqual(articleIn(bytes.slice(0, at), article.slug));
    }
  });
});

describe('a reader of objects', () => {
  const articles = Array.from({ length: 7 }, (_, i) => articleOf(`a${i}`));
  const { text, bytes } = blockOf(articles);
  const ref = createHash('sha256').update(text).digest('hex').slice(0, 32);

  function readerOf(stored: Bytes) {
    let reads = 0;
    const reader = objectReader({
      get: async (key) => {
        reads++;
        return key === objectPath(ref) ? stored : undefined;
      },
    });
    return { ...reader, reads: () => reads };
  }

  it.each([
    ['with an index', bytes],
    ['without one', new Uint8Array(gzipSync(text))],
  ])('reads the articles of a block %s, and the block once', async (_, stored) => {
    const { read, readArticle, reads } = readerOf(stored);
    for (const article of articles) expect(await readArticle(ref, article.slug)).toEqual(article);
    expect(await readArticle(ref, 'none')).toBeUndefined();
    expect(await read(ref)).toEqual(articles);
    expect(reads()).toBe(1);
  });

  it('reports a damaged block', async () => {
    const damaged = bytes.slice();
    damaged[bytes.length - 12] = (damaged[bytes.length - 12] ?? 0) ^ 0x41;
    const { read, readArticle } = readerOf(damaged);
    await expect(readArticle(ref, 'a6')).rejects.toThrow(LostObject);
    await expect(read(ref)).rejects.toThrow(LostObject);
  });
});
