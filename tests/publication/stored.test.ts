import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleSource, Instant } from '../../src/article/article.ts';
import { type ReadObject, storedPublication } from '../../src/edge/stored-publication.ts';
import { renderFeed } from '../../src/feed/document.ts';
import { formats } from '../../src/feed/formats.ts';
import { build, edgeFolder } from '../../src/node/build.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Edition } from '../../src/publication/publication.ts';
import type { Site } from '../../src/publication/site.ts';
import { blockPath, editionPath, slugsPath } from '../../src/publication/stored.ts';
import { mediaArticles, podcastSite } from '../feed/pages.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { article, articles, site } from './articles.ts';

const now = '2026-03-10T12:00:00Z';

/** Builds a publication and reads its stored form back, as the worker does. */
async function stored(site: Site, sources: readonly ArticleSource[], at: Instant) {
  const out = join(makeFolder(), 'out');
  await build(site, sources, out, at);
  const asked: string[] = [];
  const read: ReadObject = async (path) => {
    asked.push(path);
    const file = join(edgeFolder(out), path);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  };
  return { asked, edition: await storedPublication(read).edition() };
}

/** All that can be asked of an edition at a moment. */
async function everything(edition: Edition, slugs: readonly string[], archives: number, at: Instant) {
  const pages = [await edition.page({}, at)];
  for (let archive = 0; archive <= archives + 1; archive++) pages.push(await edition.page({ archive }, at));
  const singles = [];
  for (const slug of [...slugs, 'none', '__proto__', '']) singles.push(await edition.article(slug, at));
  return { site: edition.site, pages, singles };
}

const minute = (n: number): Instant =>
  new Date(Date.parse(now) + n * 60_000).toISOString().replace('.000Z', 'Z');

describe('a stored edition', () => {
  it('answers as the one in memory, whatever there is and whenever it is asked', async () => {
    const moment = fc.integer({ min: -20, max: 20 });
    const some = fc.uniqueArray(
      fc.record({
        slug: fc.oneof(
          fc.stringMatching(/^[a-z_]{1,4}$/),
          fc.constantFrom('__proto__', 'constructor', 'größe', '新聞'),
        ),
        published: moment,
        later: fc.option(fc.nat(20)),
        summary: fc.string({ unit: 'grapheme' }),
      }),
      { selector: ({ slug }) => slug, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 7 }), fc.nat(20), async (made, items, later) => {
        const sources = made.map(({ slug, published, later, summary }) =>
          article({
            slug,
            published: minute(published),
            updated: minute(published + (later ?? 0)),
            summary,
          }),
        );
        const facts = { ...site, items };
        const { edition } = await stored(facts, sources, now);
        const memory = publish(facts, sources, now);
        const slugs = made.map(({ slug }) => slug);
        for (const at of [now, minute(later), minute(50)]) {
          const expected = await everything(memory, slugs, made.length / items, at);
          expect(await everything(edition, slugs, made.length / items, at)).toEqual(expected);
          for (const one of expected.pages.flatMap((page) => page?.articles ?? [])) {
            expect(one.published <= at).toBe(true);
            expect(one.updated <= at).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('renders pictures, recordings, summaries and a podcast as the one in memory', async () => {
    const sources = mediaArticles.map((article) => ({ head: article, article: () => article }));
    const { edition } = await stored(podcastSite, sources, now);
    const [page, expected] = await Promise.all(
      [edition, publish(podcastSite, sources, now)].map((one) => one.page({}, now)),
    );
    if (page === undefined || expected === undefined) throw new Error('no page');
    for (const format of formats) {
      const { bytes, etag } = await renderFeed(page, format);
      const whole = await renderFeed(expected, format);
      expect(new TextDecoder().decode(bytes)).toContain('https://example.org/keeper.jpg');
      expect([etag, Buffer.compare(bytes, whole.bytes)]).toEqual([whole.etag, 0]);
    }
  });

  it('reads for a page no more than the page', async () => {
    const { asked, edition } = await stored({ ...site, items: 10 }, articles(95), now);
    const during = async (work: () => Promise<unknown>): Promise<string[]> => {
      asked.length = 0;
      await work();
      return asked.toSorted();
    };
    expect(await during(() => edition.page({}, now))).toEqual([blockPath(10), blockPath(9)].sort());
    expect(await during(() => edition.page({ archive: 3 }, now))).toEqual([blockPath(3)]);
    expect(await during(() => edition.page({ archive: 10 }, now))).toEqual([]);
    expect(await during(() => edition.article('0035', now))).toEqual(
      [blockPath(4), slugsPath('0035')].sort(),
    );
    expect(await during(() => edition.article('none', now))).toEqual([slugsPath('none')]);
  });

  it('reads the edition once, and again when that failed', async () => {
    let reads = 0;
    let broken = true;
    const publication = storedPublication(async (path) => {
      expect(path).toBe(editionPath);
      reads++;
      if (broken) throw new Error('no network');
      return { form: 1, site, count: 0, upcoming: [] };
    });
    await expect(publication.edition()).rejects.toThrow('no network');
    broken = false;
    const editions = await Promise.all([publication.edition(), publication.edition(), publication.edition()]);
    expect(new Set(editions).size).toBe(1);
    expect(reads).toBe(2);
  });

  it.each([
    ['is missing', undefined, `${editionPath} is missing`],
    ['has another form', { form: 0 }, `${editionPath} has form 0, expected 1: build again`],
    ['has a form of the future', { form: 2 }, `${editionPath} has form 2, expected 1: build again`],
  ])('that %s is an error', async (_, object, message) => {
    await expect(storedPublication(async () => object).edition()).rejects.toThrow(message);
  });

  it('that lacks a block is an error, not a page with less on it', async () => {
    const read: ReadObject = async (path) =>
      path === editionPath ? { form: 1, site, count: 1, upcoming: [] } : undefined;
    const edition = await storedPublication(read).edition();
    await expect(edition.page({}, now)).rejects.toThrow(`${blockPath(1)} is missing`);
  });

  it('finds slugs spread over a bounded number of objects, the same on every runtime', () => {
    expect(slugsPath('hello')).toBe('_dateline/slugs/43.json');
    expect(slugsPath('größe')).toBe('_dateline/slugs/2.json');
    const paths = new Map<string, number>();
    for (let i = 0; i < 6400; i++) paths.set(slugsPath(`a-${i}`), (paths.get(slugsPath(`a-${i}`)) ?? 0) + 1);
    expect(paths.size).toBe(64);
    expect(Math.max(...paths.values())).toBeLessThan(200);
  });
});
