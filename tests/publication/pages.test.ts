import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderFeed } from '../../src/feed/document.ts';
import { formats } from '../../src/feed/formats.ts';
import { articlePath, pagePath } from '../../src/publication/addresses/address.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Page } from '../../src/publication/page.ts';
import type { Edition } from '../../src/publication/publication.ts';
import { article, articles, site } from './articles.ts';

const now = '2026-03-10T12:00:00Z';

function edition(count: number, items: number): Edition {
  return publish({ ...site, items }, articles(count), now);
}

async function pageOf(edition: Edition, archive?: number, at = now): Promise<Page> {
  const page = await edition.page(archive === undefined ? {} : { archive }, at);
  if (page === undefined) throw new Error(`there is no page ${archive}`);
  return page;
}

const slugs = ({ articles }: Page): string[] => articles.map(({ slug }) => slug);
/** The slugs from number `newest` down to number `oldest`. */
const run = (newest: number, oldest: number): string[] =>
  Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, i) => String(newest - i).padStart(4, '0'));

/** What a reader sees that follows the archive from the current page to the oldest (RFC 5005 §4). */
async function walk(edition: Edition): Promise<Page[]> {
  const pages = [await pageOf(edition)];
  for (let older = pages[0]?.olderArchive; older !== undefined; older = pages.at(-1)?.olderArchive) {
    if (pages.length > 1000) throw new Error('the archives go round in a circle');
    pages.push(await pageOf(edition, older));
  }
  return pages;
}

describe('the pages of a publication with 10 on a page', () => {
  it.each([
    { count: 0, archives: 0 },
    { count: 1, archives: 0 },
    { count: 9, archives: 0 },
    { count: 10, archives: 0 },
    { count: 11, archives: 1 },
    { count: 19, archives: 1 },
    { count: 20, archives: 1 },
    { count: 21, archives: 2 },
    { count: 40, archives: 3 },
    { count: 41, archives: 4 },
  ])('are a current one and $archives archives for $count articles', async ({ count, archives }) => {
    const all = edition(count, 10);
    const current = await pageOf(all);
    expect(slugs(current)).toEqual(run(count, Math.max(1, count - 9)));
    expect(current.olderArchive).toBe(archives === 0 ? undefined : archives);
    expect(current).not.toHaveProperty('newerArchive');
    for (let archive = 1; archive <= archives; archive++) {
      const page = await pageOf(all, archive);
      expect(slugs(page)).toEqual(run(archive * 10, archive * 10 - 9));
      expect(page.address).toEqual({ archive });
      expect(page.olderArchive).toBe(archive === 1 ? undefined : archive - 1);
      expect(page.newerArchive).toBe(archive + 1);
    }
    // The newest one names a page that is not full yet and equals the current page.
    expect(await all.page({ archive: archives + 1 }, now)).toEqual(archives === 0 ? undefined : current);
    for (const none of [0, -1, archives + 2, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(await all.page({ archive: none }, now)).toBeUndefined();
  });

  it('cover every article from the current one to the oldest archive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 12 }), async (count, items) => {
        const pages = await walk(edition(count, items));
        expect([...new Set(pages.flatMap(slugs))]).toEqual(run(count, 1));
        for (const { articles } of pages) expect(articles.length).toBeLessThanOrEqual(items);
      }),
    );
  });

  it.each(formats)('never change in the archive as $label when an article is added', async (format) => {
    const seedText = async (edition: Edition, archive: number): Promise<string> =>
      new TextDecoder().decode((await renderFeed(await pageOf(edition, archive), format)).bytes);
    for (let count = 11; count <= 32; count++) {
      const before = edition(count, 10);
      const after = edition(count + 1, 10);
      const last = (await pageOf(before)).olderArchive ?? 0;
      for (let archive = 1; archive <= last; archive++)
        expect(await seedText(after, archive)).toBe(await seedText(before, archive));
    }
  });
});

describe('articles of one day without a time', () => {
  const day = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().replace('.000', '');
  const of = (items: number, days: readonly string[]): Edition =>
    publish(
      { ...site, items },
      days.map((slug) => article({ slug, published: day(slug.length) })),
      now,
    );
  // The length of a name is its day, so that the names within a day come in any order.
  const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 5 }), {
    maxLength: 20,
  });

  it('never change an archive page when one is added to the newest day, whatever its name', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 5, max: 8 }), fc.boolean(), async (slugs, items, isNext) => {
        const newest = Math.max(1, ...slugs.map(({ length }) => length));
        const ofDay = slugs.filter(({ length }) => length === newest);
        fc.pre(ofDay.length < items);
        const added = 'a'.repeat(newest + (isNext ? 1 : 0));
        fc.pre(!slugs.includes(added));
        const [before, after] = [of(items, slugs), of(items, [...slugs, added])];
        const last = (await pageOf(before)).olderArchive ?? 0;
        for (let archive = 1; archive <= last; archive++)
          expect(await pageOf(after, archive)).toEqual(await pageOf(before, archive));
      }),
    );
  });

  it('are all on some page, and the current page has less than twice the usual number', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 8 }), async (slugs, items) => {
        const pages = await walk(of(items, slugs));
        expect(new Set(pages.flatMap((page) => page.articles.map(({ slug }) => slug)))).toEqual(new Set(slugs));
        expect(pages[0]?.articles.length).toBeLessThan(2 * items);
      }),
    );
  });
});

describe('the order', () => {
  const slugsIn = async (...slugs: [slug: string, published: string][]): Promise<string[]> => {
    const sources = slugs.map(([slug, published]) => article({ slug, published }));
    return (await pageOf(publish(site, sources, now))).articles.map(({ slug }) => slug);
  };

  it('is newest first by published', async () => {
    const found = await slugsIn(
      ['b', '2026-03-01T00:00:00Z'],
      ['a', '2026-03-03T00:00:00Z'],
      ['c', '0999-12-31T23:59:59Z'],
      ['d', '2026-03-01T00:00:01Z'],
    );
    expect(found).toEqual(['a', 'd', 'b', 'c']);
  });

  it('is by file name, in code units, among equal dates', async () => {
    const same = '2026-03-01T00:00:00Z';
    expect(await slugsIn(['b', same], ['ä', same], ['a', same], ['10', same], ['9', same])).toEqual([
      'ä',
      'b',
      'a',
      '9',
      '10',
    ]);
  });

  it('depends neither on the input order nor on updates', async () => {
    const sources = fc
      .uniqueArray(fc.record({ slug: fc.stringMatching(/^[a-c]{1,3}$/), day: fc.integer({ min: 1, max: 3 }) }), {
        selector: ({ slug }) => slug,
      })
      .map((all) => all.map(({ slug, day }) => article({ slug, published: `2026-03-0${day}T00:00:00Z` })));
    await fc.assert(
      fc.asyncProperty(
        sources.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        async ([all, shuffled]) => {
          const [a, b] = await Promise.all([all, shuffled].map((some) => pageOf(publish(site, some, now))));
          expect(b).toEqual(a);
        },
      ),
    );
  });

  it('does not modify its input', async () => {
    const given = Object.freeze(articles(3).toReversed());
    await pageOf(publish(site, given, now));
    expect(given.map(({ head }) => head.slug)).toEqual(['0003', '0002', '0001']);
  });
});

describe('an article that is not due', () => {
  const due = (slug: string, minute: number) =>
    article({ slug, published: `2026-03-10T12:${String(minute).padStart(2, '0')}:00Z` });
  const at = (minute: number) => `2026-03-10T12:${String(minute).padStart(2, '0')}:00Z`;

  it('is nowhere until it is due, and every page states when that is', async () => {
    const all = publish({ ...site, items: 2 }, [due('d', 20), due('a', 0), due('c', 10), due('b', 0)], now);
    for (const [minute, current, archives, until] of [
      [0, ['b', 'a'], 0, at(10)],
      [9, ['b', 'a'], 0, at(10)],
      [10, ['c', 'b'], 1, at(20)],
      [20, ['d', 'c'], 1, undefined],
      [59, ['d', 'c'], 1, undefined],
    ] as const) {
      const page = await pageOf(all, undefined, at(minute));
      expect({ minute, slugs: slugs(page), archives: page.olderArchive ?? 0, until: page.until }).toEqual({
        minute,
        slugs: current,
        archives,
        until,
      });
      expect((await all.article('c', at(minute))) !== undefined).toBe(minute >= 10);
    }
  });

  it('has an update only once it is due', async () => {
    const all = publish(site, [article({ published: at(0), updated: at(10) })], now);
    expect(await all.article('one', at(9))).toMatchObject({ article: { updated: at(0) }, until: at(10) });
    expect((await pageOf(all, undefined, at(9))).until).toBe(at(10));
    const after = await all.article('one', at(10));
    expect(after?.article.updated).toBe(at(10));
    expect(after).not.toHaveProperty('until');
  });

  it('does not appear just because the edition was made late', async () => {
    const late = publish(site, [due('a', 10)], at(30));
    expect(slugs(await pageOf(late, undefined, at(30)))).toEqual(['a']);
    expect(await late.article('a', at(5))).toBeUndefined();
  });
});

describe('an edition in memory', () => {
  it('renders an article only when a page needs it, and caches it', async () => {
    const renders = new Map<string, number>();
    const sources = articles(120).map((source) => ({
      head: source.head,
      article: () => {
        renders.set(source.head.slug, (renders.get(source.head.slug) ?? 0) + 1);
        return source.article();
      },
    }));
    const all = publish(site, sources, now);
    expect(renders.size).toBe(0);
    await pageOf(all);
    await pageOf(all);
    expect(renders.size).toBe(50);
    await pageOf(all, 1);
    expect(renders.size).toBe(100);
    expect(new Set(renders.values())).toEqual(new Set([1]));
  });

  it('finds no article under another name', async () => {
    const all = publish(site, [article()], now);
    for (const slug of ['', 'One', 'one ', 'constructor', '__proto__', 'toString'])
      expect(await all.article(slug, now)).toBeUndefined();
  });
});

describe('a path', () => {
  it.each([
    [{}, ''],
    [{ archive: 1 }, 'archive/1'],
    [{ archive: 12 }, 'archive/12'],
  ])('of the page %j is %j', (address, path) => {
    expect(pagePath(address)).toBe(path);
  });

  it.each([
    ['hello', 'articles/hello'],
    ['größe', 'articles/gr%C3%B6%C3%9Fe'],
    ['a/b', 'articles/a%2Fb'],
  ])('of the article %s is %s', (slug, path) => {
    expect(articlePath(slug)).toBe(path);
  });
});

describe('the version of a page', () => {
  const tagged = (slug: string, day: number, tags: string[]) =>
    article({ slug, published: `2026-03-0${day}T00:00:00Z`, tags });
  const sources = [tagged('a', 1, ['x']), tagged('b', 2, ['y']), tagged('c', 3, ['x']), tagged('d', 4, [])];
  const facts = { ...site, items: 2 };
  const versions = async (edition: ReturnType<typeof publish>) =>
    Promise.all(
      [{}, { archive: 1 }, { slice: { kind: 'tag', slug: 'x' } as const }, 'a', 'd'].map((address) =>
        edition.version?.(address, now),
      ),
    );

  it('differs only if the page does', async () => {
    const before = await versions(publish(facts, sources, now));
    expect(new Set(before).size).toBe(5);
    expect(await versions(publish(facts, sources, now))).toEqual(before);
    const changed = sources.with(3, tagged('d', 4, []));
    const after = await versions(publish(facts, changed, now));
    expect(after.map((version, i) => version === before[i])).toEqual([false, true, true, true, false]);
    const other = await versions(publish({ ...facts }, sources, now));
    expect(other.map((version, i) => version === before[i])).toEqual([false, false, false, false, false]);
    expect(await publish(facts, sources, now).version?.({ archive: 9 }, now)).toBeUndefined();
  });
});
