import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleSource, Instant } from '../../../src/article/article.ts';
import { renderFeed } from '../../../src/feed/document.ts';
import { formats } from '../../../src/feed/formats.ts';
import { articlePath } from '../../../src/publication/addresses/address.ts';
import { publish } from '../../../src/publication/memory.ts';
import { type Edition, Unavailable } from '../../../src/publication/publication.ts';
import type { Site } from '../../../src/publication/site/site.ts';
import { editionPath, hashOf, type StoredEdition } from '../../../src/publication/stored/stored.ts';
import { ObjectCache } from '../../../src/store/object-cache.ts';
import type { Bytes, ReadStore } from '../../../src/store/store.ts';
import { storedPublication } from '../../../src/store/stored-publication.ts';
import { mediaArticles, podcastSite } from '../../feed/pages.ts';
import { storeArticles } from '../../http/stored.ts';
import { article, articles, site } from '../articles.ts';

const now = '2026-03-10T12:00:00Z';

/** Stores a publication as a build does and reads it back as the worker does. */
async function stored(site: Site, sources: readonly ArticleSource[], at: Instant) {
  const files = await storeArticles(site, sources, at);
  const asked: string[] = [];
  const store: ReadStore = {
    get: async (path) => {
      asked.push(path);
      return files.get(path);
    },
  };
  return {
    asked,
    store,
    edition: await storedPublication(store).edition(),
    pointer: JSON.parse(new TextDecoder().decode(files.get(editionPath))) as StoredEdition,
    objects: [...files.keys()].filter((path) => path !== editionPath),
  };
}

function asBytes(value: unknown): Bytes {
  return new TextEncoder().encode(JSON.stringify(value));
}

const labels = ['tags/news', 'tags/c-sharp', 'authors/ada', 'sections/sport', 'languages/de'];
const oldPaths = ['2023/05/p20/', 'a%20b', 'gr%C3%B6%C3%9Fe', 'tags/news/', '__proto__/', '?p=1', 'x#y'];

/** Everything that an edition returns at a moment. */
async function everything(edition: Edition, slugs: readonly string[], archives: number, at: Instant) {
  const pages = [await edition.page({}, at)];
  for (let archive = 0; archive <= archives + 1; archive++) pages.push(await edition.page({ archive }, at));
  const singles = [];
  for (const slug of [...slugs, 'none', '__proto__', '']) singles.push(await edition.article(slug, at));
  const { slices, until } = await edition.slices(at);
  for (const slice of slices) {
    for (let archive = 0; archive <= archives + 1; archive++)
      pages.push(await edition.page(archive === 0 ? { slice } : { slice, archive }, at));
  }
  const none = await edition.page({ slice: { kind: 'tag', slug: 'no such' } }, at);
  const past = [];
  for (const path of [
    'articles/none',
    'tags/none',
    '__proto__',
    'articles/%E0%A4%A',
    ...slugs.map(articlePath),
    ...labels,
  ])
    past.push(await edition.isGone(path, at));
  const formerly = [];
  for (const path of [...oldPaths, '', 'none', '__proto__', '%E0%A4%A'])
    formerly.push(await edition.findByOldPath(path, at));
  const next = edition.nextDue(at);
  return { site: edition.site, pages, singles, slices, until, none, past, formerly, next };
}

const minute = (n: number): Instant => new Date(Date.parse(now) + n * 60_000).toISOString().replace('.000Z', 'Z');

describe('a stored edition', () => {
  it('equals the one in memory, for any articles at any time', async () => {
    const moment = fc.integer({ min: -20, max: 20 });
    const some = fc.uniqueArray(
      fc.record({
        slug: fc.oneof(
          fc.stringMatching(/^[a-z_]{1,4}$/),
          fc.constantFrom('__proto__', 'constructor', 'größe', '新聞'),
        ),
        published: moment,
        later: fc.option(fc.nat(20)),
        expires: fc.option(moment),
        summary: fc.string({ unit: 'grapheme' }),
        tags: fc.array(fc.constantFrom('News', 'news', 'C++', 'C#', '__proto__', '新聞'), { maxLength: 3 }),
        author: fc.option(fc.constantFrom('Ada', 'Grace')),
        section: fc.option(fc.constantFrom('Sport', 'Culture')),
        was: fc.option(fc.constantFrom(...oldPaths)),
        language: fc.option(fc.constantFrom('de', 'pt-BR')),
      }),
      { selector: ({ slug }) => slug, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 7 }), fc.nat(20), async (made, items, later) => {
        const sources = made.map(({ slug, published, later, expires, summary, tags, author, section, was, language }) =>
          article({
            slug,
            published: minute(published),
            updated: minute(published + (later ?? 0)),
            ...(expires === null ? {} : { expires: minute(expires) }),
            summary,
            tags,
            ...(author === null ? {} : { authors: [{ name: author }] }),
            ...(section === null ? {} : { section }),
            ...(was === null ? {} : { permalink: site.url + was }),
            ...(language === null ? {} : { language }),
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
            expect(one.expires === undefined || one.expires > at).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('renders pictures, recordings, summaries and a podcast like the one in memory', async () => {
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

  it('reads a few objects to list all slices', async () => {
    const tagged = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        article({ slug: `${i}`, tags: Array.from({ length: 25 }, (_, tag) => `tag ${i * 25 + tag}`) }),
      );
    const list = async (count: number) => {
      const { asked, store } = await stored(site, tagged(count), now);
      const edition = await storedPublication(store).edition();
      asked.length = 0;
      expect((await edition.slices(now)).slices).toHaveLength(count * 25 + 1);
      return [...asked];
    };
    const few = await list(40);
    expect(few).toHaveLength(1);
    const many = await list(200);
    // The root and a part for each first digit.
    expect(many).toHaveLength(17);
  }, 60_000);

  it('reads a handful of objects for a page, however many there are', async () => {
    const sources = articles(950).map(({ head, article: render }, i) => {
      const tagged = { ...head, tags: [`tag ${i % 90}`] };
      return { head: tagged, article: () => ({ ...render(), ...tagged }) };
    });
    const { asked, store } = await stored({ ...site, items: 5 }, sources, now);
    // Without a cache, so that every read is counted.
    const edition = await storedPublication(store, { cache: new ObjectCache(0) }).edition();
    const during = async (work: () => Promise<unknown>): Promise<number> => {
      asked.length = 0;
      expect(await work()).toBeDefined();
      return asked.length;
    };
    // 317 blocks in two nodes under a root; the tables have two levels.
    expect(await during(() => edition.page({}, now))).toBeLessThanOrEqual(7);
    expect(await during(() => edition.page({ archive: 100 }, now))).toBe(4);
    // Two dates are found through the same objects.
    expect(await during(() => edition.page({ slice: { kind: 'tag', slug: 'tag-7' } }, now))).toBeLessThan(12);
    expect(await during(() => edition.article('0535', now))).toBeLessThan(8);
    expect(await during(async () => (await edition.article('none', now)) ?? 'none')).toBeLessThan(4);
    const remembering = await storedPublication(store).edition();
    await remembering.page({ archive: 100 }, now);
    expect(await during(() => remembering.page({ archive: 100 }, now))).toBe(0);
  });

  it('finds an old path in a few objects, and reads none if no article has one', async () => {
    const was = (i: number) => `https://daily.example/2023/${i}/`;
    const sources = articles(2000).map(({ head, article: render }, i) => {
      const moved = { ...head, permalink: was(i) };
      return { head: moved, article: () => ({ ...render(), ...moved }) };
    });
    const { asked, store } = await stored(site, sources, now);
    const edition = await storedPublication(store, { cache: new ObjectCache(0) }).edition();
    asked.length = 0;
    expect(await edition.findByOldPath('2023/1234', now)).toEqual({ slug: '1235' });
    // A third level would be enough for 16 times as many.
    expect(asked.length).toBeLessThanOrEqual(3);
    const none = await stored(site, articles(3), now);
    none.asked.length = 0;
    expect(await none.edition.findByOldPath('2023/1', now)).toBeUndefined();
    expect(none.asked).toEqual([]);
  });

  it('shares all but a handful of objects with the edition before an article was added', async () => {
    const all = articles(2001);
    const [before, after] = [
      await stored({ ...site, items: 10 }, all.slice(0, 2000), now),
      await stored({ ...site, items: 10 }, all, now),
    ];
    const known = new Set(before.objects);
    expect(before.objects.length).toBeGreaterThan(200);
    const added = after.objects.filter((name) => !known.has(name));
    // A block, its node, the root, and the paths to its slug and to the slice of its language.
    expect(added.length).toBeLessThanOrEqual(8);
  });

  it('stores the same articles once, however many slices have them', async () => {
    // The slice of the language has every article, in the same blocks.
    const { pointer, objects } = await stored({ ...site, items: 10 }, articles(40), now);
    expect(pointer.whole.count).toBe(40);
    // Eight blocks, the list of them, two tables, headlines and months, the list of slices and the ledger.
    expect(objects).toHaveLength(8 + 1 + 2 + 1 + 1 + 2);
  });

  it('is read once, and again after a failure', async () => {
    const { pointer } = await stored(site, [], now);
    let reads = 0;
    let broken = true;
    const publication = storedPublication({
      get: async (path) => {
        expect(path).toBe(editionPath);
        reads++;
        if (broken) throw new Error('no network');
        return asBytes(pointer);
      },
    });
    await expect(publication.edition()).rejects.toThrow(`${editionPath} can't be read: no network`);
    broken = false;
    const first = await publication.edition();
    const more = await Promise.all([publication.edition(), publication.edition()]);
    expect(new Set([first, ...more]).size).toBe(1);
    expect(reads).toBe(2);
  });

  it.each([
    ['is missing', undefined, `${editionPath} is missing`],
    ['is cut off', '{"form":6,"site', `${editionPath} is not JSON`],
    ['is empty', '', `${editionPath} is not JSON`],
    ['is nothing', 'null', `${editionPath} has form undefined, expected 6: build again`],
    ['has an old form', '{"form":4}', `${editionPath} has form 4, expected 6: build again`],
    ['has a form of the future', '{"form":7}', `${editionPath} has form 7, expected 6: build again`],
  ])('that %s is unavailable', async (_, text, message) => {
    const bytes = text === undefined ? undefined : new TextEncoder().encode(text);
    const edition = (async () => storedPublication({ get: async () => bytes }).edition())();
    await expect(edition).rejects.toThrow(new Unavailable(message));
  });

  it.each<[string, (bytes: Bytes) => Bytes | undefined, RegExp]>([
    ['is missing', () => undefined, /^_dateline\/objects\/[0-9a-f]{32}\.gz is missing$/],
    ['is cut off', (bytes) => bytes.slice(0, -1), / is damaged: /],
    ['is empty', () => new Uint8Array(), / is damaged: /],
    ['is another one', () => new Uint8Array(gzipSync('{"leaf":{}}')), / is damaged: /],
    ['is not compressed', () => asBytes({ leaf: {} }), / is damaged: /],
  ])('of which an object %s is unavailable, not a page with less on it', async (_, damage, message) => {
    const { pointer, store } = await stored(site, articles(3), now);
    const edition = await storedPublication({
      get: async (path) => {
        const bytes = await store.get(path);
        return path === editionPath || bytes === undefined ? bytes : damage(bytes);
      },
    }).edition();
    expect(pointer.whole.count).toBe(3);
    for (const ask of [() => edition.page({}, now), () => edition.article('0001', now), () => edition.slices(now)]) {
      const error: unknown = await ask().catch((error: unknown) => error);
      expect(error).toBeInstanceOf(Unavailable);
      expect((error as Error).message).toMatch(message);
    }
  });

  it('is checked for again after a while, and stays if no newer one can be read', async () => {
    const [one, two] = [await stored(site, articles(1), now), await stored(site, articles(2), now)];
    let clock = 0;
    let serve: ReadStore['get'] = one.store.get;
    const publication = storedPublication({ get: (path) => serve(path) }, { recheck: 10_000, now: () => clock });
    const count = async (): Promise<number | undefined> => {
      await publication.refreshIfDue()?.done;
      return (await (await publication.edition()).page({}, now))?.articles.length;
    };
    expect(await count()).toBe(1);
    serve = two.store.get;
    clock = 9_999;
    expect(await count()).toBe(1);
    clock = 10_000;
    expect(await count()).toBe(2);
    serve = async () => undefined;
    clock = 30_000;
    expect(await count()).toBe(2);
    serve = one.store.get;
    clock = 40_000;
    expect(await count()).toBe(1);
  });

  it('is there at once while the store hangs, which one request at a time asks', async () => {
    const { store } = await stored(site, articles(1), now);
    let clock = 0;
    let reads = 0;
    const publication = storedPublication(
      { get: (path) => (clock === 0 ? store.get(path) : new Promise(() => reads++)) },
      { recheck: 10_000, now: () => clock },
    );
    const edition = await publication.edition();
    for (const [time, looks, isOverdue] of [
      [9_999, 0],
      [10_000, 1, false],
      [10_001, 1],
      [14_999, 1],
      [15_000, 2, false],
      [80_000, 3, true],
    ] as const) {
      clock = time;
      expect(publication.refreshIfDue()?.isOverdue).toBe(isOverdue);
      // Not a promise.
      expect(publication.edition()).toBe(edition);
      expect(reads).toBe(looks);
    }
  });

  it("is the backup in a new process that can't read the store, until it can", async () => {
    const { store, pointer } = await stored(site, articles(3), now);
    let kept: Bytes | undefined;
    const backup = {
      find: async () => kept,
      keep: async (bytes: Bytes) => {
        kept = bytes;
      },
    };
    await storedPublication(store, { backup }).edition();
    expect(JSON.parse(new TextDecoder().decode(kept))).toEqual(pointer);
    let clock = 0;
    let works = false;
    let serve = store;
    const publication = storedPublication(
      { get: async (path) => (works || path !== editionPath ? serve.get(path) : undefined) },
      { backup, now: () => clock },
    );
    const count = async (): Promise<number | undefined> => {
      await publication.refreshIfDue()?.done;
      return (await (await publication.edition()).page({}, now))?.articles.length;
    };
    expect(await count()).toBe(3);
    works = true;
    serve = (await stored(site, articles(4), now)).store;
    clock = 9_999;
    expect(await count()).toBe(3);
    clock = 10_000;
    expect(await count()).toBe(4);
  });

  it('is the backup in a new process whose store hangs, before its time limit', async () => {
    const { store, pointer } = await stored(site, articles(3), now);
    const backup = { find: async () => asBytes(pointer), keep: async () => {} };
    const get: ReadStore['get'] = (path) => (path === editionPath ? new Promise(() => {}) : store.get(path));
    const edition = await storedPublication({ get }, { backup }).edition();
    expect((await edition.page({}, now))?.articles).toHaveLength(3);
  }, 4000);

  it('finds keys by a hash that is evenly distributed and the same on every runtime', () => {
    expect(hashOf('hello')).toMatch(/^[0-9a-f]{8}$/);
    const first = new Map<string, number>();
    for (let i = 0; i < 6400; i++) {
      const digit = hashOf(`a-${i}`).charAt(0);
      first.set(digit, (first.get(digit) ?? 0) + 1);
    }
    expect(first.size).toBe(16);
    expect(Math.max(...first.values())).toBeLessThan(500);
  });
});
