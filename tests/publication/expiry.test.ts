import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleSource, Instant } from '../../src/article/article.ts';
import { articlePath } from '../../src/publication/addresses/address.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Page } from '../../src/publication/page.ts';
import type { Edition } from '../../src/publication/publication.ts';
import { turnsOf } from '../../src/publication/run-times.ts';
import { article, articles, site } from './articles.ts';

const now = '2026-03-10T12:00:00Z';
const hour = (n: number): Instant => new Date(Date.parse(now) + n * 3_600_000).toISOString().replace('.000', '');
const slugs = (page: Page | undefined): string[] | undefined => page?.articles.map(({ slug }) => slug);

/** Ten articles, 0001 to 0010; those in `expiring` expire. */
function tenWith(expiring: Readonly<Record<string, Instant>>): ArticleSource[] {
  return articles(10).map(({ head }) => {
    const { [head.slug]: expires } = expiring;
    return article(expires === undefined ? head : { ...head, expires });
  });
}

describe('an article that expires', () => {
  it('leaves its archive page, which keeps the others and its links', async () => {
    const edition = publish({ ...site, items: 3 }, tenWith({ '0002': hour(1), '0005': hour(-1) }), now);
    const pages = async (at: Instant) => ({
      current: slugs(await edition.page({}, at)),
      archives: [
        slugs(await edition.page({ archive: 1 }, at)),
        slugs(await edition.page({ archive: 2 }, at)),
        slugs(await edition.page({ archive: 3 }, at)),
      ],
    });
    const archives = [
      ['0003', '0002', '0001'],
      ['0006', '0004'],
      ['0009', '0008', '0007'],
    ];
    expect(await pages(now)).toEqual({ current: ['0010', '0009', '0008'], archives });
    expect(await pages(hour(1))).toEqual({
      current: ['0010', '0009', '0008'],
      archives: [['0003', '0001'], ...archives.slice(1)],
    });
    expect((await edition.page({ archive: 1 }, now))?.until).toBe(hour(1));
    expect(await edition.page({ archive: 1 }, hour(1))).toMatchObject({ changed: hour(1), newerArchive: 2 });
    expect((await edition.page({ archive: 1 }, hour(1)))?.until).toBeUndefined();
    expect((await edition.page({ archive: 2 }, now))?.changed).toBe(hour(-1));
  });

  it('leaves room on the current page for older ones, however many expire', async () => {
    const expired = Object.fromEntries(['0010', '0009', '0007', '0006'].map((slug) => [slug, hour(-1)]));
    const edition = publish({ ...site, items: 3 }, tenWith(expired), now);
    expect(slugs(await edition.page({}, now))).toEqual(['0008', '0005', '0004']);
    expect((await edition.page({}, now))?.olderArchive).toBe(3);
  });

  it('may leave an archive page empty, which still leads to the older ones', async () => {
    const expired = Object.fromEntries(['0004', '0005', '0006'].map((slug) => [slug, hour(-1)]));
    const edition = publish({ ...site, items: 3 }, tenWith(expired), now);
    const page = await edition.page({ archive: 2 }, now);
    expect(page).toMatchObject({ articles: [], olderArchive: 1, newerArchive: 3, changed: hour(-1) });
  });

  it('is on no page, and every other article is on a page, for any dates of publication and expiry', async () => {
    const some = fc.uniqueArray(
      fc.record({
        slug: fc.stringMatching(/^[a-z]{1,3}$/),
        from: fc.integer({ min: -20, max: 5 }),
        lasts: fc.option(fc.integer({ min: 1, max: 20 })),
        tags: fc.subarray(['A', 'B']),
      }),
      { selector: ({ slug }) => slug, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 4 }), async (made, items) => {
        const sources = made.map(({ slug, from, lasts, tags }) =>
          article({
            slug,
            published: hour(from),
            tags,
            ...(lasts === null ? {} : { expires: hour(from + lasts) }),
          }),
        );
        const edition = publish({ ...site, items }, sources, hour(-10));
        let dates: Readonly<Record<string, Instant>> = {};
        for (let n = -10; n <= 26; n += 2) {
          const at = hour(n);
          const due = made.filter(({ from }) => from <= n);
          const shown = due.filter(({ from, lasts }) => lasts === null || from + lasts > n);
          const pages = await walk(edition, at);
          const expected = shown.map(({ slug }) => slug).sort();
          expect([...new Set(pages.flatMap((page) => slugs(page) ?? []))].sort()).toEqual(expected);
          expect(slugs(pages[0])?.length).toBeGreaterThanOrEqual(Math.min(items, shown.length));
          const { slices } = await edition.slices(at);
          const listed = slices.filter(({ kind }) => kind === 'tag').map(({ label }) => label);
          expect(listed).toEqual(['A', 'B'].filter((tag) => shown.some(({ tags }) => tags.includes(tag))));
          for (const tag of ['A', 'B']) {
            const has = (list: typeof made): boolean => list.some(({ tags }) => tags.includes(tag));
            expect(await edition.isGone(`tags/${tag.toLowerCase()}`, at)).toBe(has(due) && !has(shown));
          }
          for (const { slug } of made) {
            expect((await edition.article(slug, at)) !== undefined).toBe(expected.includes(slug));
            expect(await edition.isGone(articlePath(slug), at)).toBe(
              due.some((one) => one.slug === slug) && !expected.includes(slug),
            );
          }
          // No page changes without a later date.
          const now = Object.fromEntries(pages.map((page) => [JSON.stringify(page.address), dateOf(page)]));
          for (const [address, date] of Object.entries(dates))
            if (address in now) expect((now[address] ?? '') >= date).toBe(true);
          dates = now;
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a slice', () => {
  it.each<[string, [from: number, until?: number][], number[]]>([
    ['without expiry', [[1], [2]], [1]],
    ['whose only article expires', [[1, 3]], [1, 3]],
    [
      'whose articles overlap',
      [
        [1, 3],
        [2, 5],
        [3, 4],
      ],
      [1, 5],
    ],
    [
      'whose articles follow at once',
      [
        [1, 3],
        [3, 5],
      ],
      [1, 5],
    ],
    [
      'whose articles leave a gap',
      [
        [1, 3],
        [4, 5],
      ],
      [1, 3, 4, 5],
    ],
    ['that stays in the end', [[1, 3], [4, 5], [4], [6, 7]], [1, 3, 4]],
    ['whose article never appears', [[1, 1]], []],
  ])('%s appears and disappears', (_, articles, turns) => {
    const sources = articles.map(([from, until], i) =>
      article({
        slug: `${i}`,
        published: hour(from),
        ...(until === undefined ? {} : { expires: hour(until) }),
      }),
    );
    expect(turnsOf(sources)).toEqual(turns.map(hour));
  });
});

async function walk(edition: Edition, at: Instant): Promise<Page[]> {
  const pages = [await edition.page({}, at)];
  for (let older = pages[0]?.olderArchive; older !== undefined; older = pages.at(-1)?.olderArchive)
    pages.push(await edition.page({ archive: older }, at));
  return pages.filter((page) => page !== undefined);
}

/** The date of the page's documents. */
function dateOf({ articles, changed = '' }: Page): Instant {
  return [changed, ...articles.map(({ updated }) => updated)].toSorted().at(-1) ?? '';
}
