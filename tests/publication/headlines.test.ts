import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArticleHead, oldestFirst } from '../../src/article/article.ts';
import { headlineGroups, neighborsOf, nextNeighbor } from '../../src/publication/headline.ts';
import { publish } from '../../src/publication/memory.ts';
import { propertyRuns } from '../effort.ts';
import { article, site } from './articles.ts';

const now = '2026-03-15T12:00:00Z';
const day = (n: number): string => `2026-03-${String(n).padStart(2, '0')}T08:00:00Z`;

/** Articles of the days 1 to 28, half of them in the future, of two sections or none; some expire. */
const heads: fc.Arbitrary<ArticleHead[]> = fc
  .array(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      section: fc.constantFrom('world', 'harbour', undefined),
      expires: fc.constantFrom('2026-12-01T00:00:00Z', undefined, undefined),
    }),
    { maxLength: 24 },
  )
  .map((all) =>
    all
      .map(
        ({ day: n, section, expires }, i) =>
          article({
            slug: `a${i}`,
            published: day(n),
            ...(section && { section }),
            ...(expires && { expires }),
          }).head,
      )
      .sort(oldestFirst),
  );

describe('the neighbors of an article', () => {
  it('are those of the whole list, however it is divided', () => {
    fc.assert(
      fc.property(heads, fc.integer({ min: 1, max: 9 }), (all, size) => {
        const groups = headlineGroups(all, size);
        expect(groups.flatMap(({ own }) => own.map(({ slug }) => slug))).toEqual(all.map(({ slug }) => slug));
        for (const [position, head] of all.entries()) {
          const group = groups[Math.floor(position / size)] ?? expect.fail('no group');
          const lasting = (found: ArticleHead | undefined) => found?.expires === undefined;
          const earlier = all.slice(0, position).filter(lasting);
          const next = all.slice(position + 1).find(lasting);
          const { older, newer, more } = neighborsOf(group, head.slug, now);
          expect(older?.slug).toBe(earlier.at(-1)?.slug);
          expect(newer?.slug).toBe(next !== undefined && next.published <= now ? next.slug : undefined);
          expect(more.map(({ slug }) => slug)).toEqual(
            earlier
              .filter(({ section }) => section !== undefined && section === head.section)
              .slice(-3)
              .reverse()
              .map(({ slug }) => slug),
          );
          const until = next !== undefined && next.published > now ? next.published : undefined;
          expect(nextNeighbor(group, head.slug, now)).toBe(until);
        }
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it('are no translations of it, however the list is divided', () => {
    const of = (slugs: string[]) =>
      slugs.map((slug) => ({
        language: slug,
        slug,
        title: slug,
        url: `https://daily.example/${slug}`,
        published: now,
      }));
    const all = ['a', 'en', 'de', 'fr', 'z'].map((slug, i) => {
      const others = ['en', 'de', 'fr'].filter((one) => one !== slug);
      return article({
        ...{ slug, published: day(i + 1), section: 'world' },
        ...(slug.length === 2 ? { translations: of(others) } : {}),
      }).head;
    });
    const linked = (size: number) =>
      all.map(({ slug }, position) => {
        const group = headlineGroups(all, size)[Math.floor(position / size)] ?? expect.fail('no group');
        const { older, newer, more } = neighborsOf(group, slug, now);
        expect(JSON.stringify([older, newer, more])).not.toContain('translations');
        return [older?.slug, newer?.slug, more.map((one) => one.slug).join(' ')];
      });
    expect(linked(9)).toEqual([
      [undefined, 'en', ''],
      ['a', 'z', 'a'],
      ['a', 'z', 'a'],
      ['a', 'z', 'a'],
      ['fr', undefined, 'fr de en'],
    ]);
    // At the end of a group, only one later article is known.
    expect(linked(3)[2]).toEqual(['a', undefined, 'a']);
    expect(linked(3)[3]).toEqual(['a', 'z', 'a']);
  });

  it('change for one other article when one more is published', () => {
    const all = Array.from({ length: 40 }, (_, i) =>
      article({
        slug: String(i + 100),
        published: `2026-01-01T00:00:${String(i).padStart(2, '0')}Z`,
        section: 'world',
      }),
    );
    const linksIn = (count: number) => {
      const edition = publish(site, all.slice(0, count), now);
      return Promise.all(
        all.slice(0, count).map(async ({ head }) => JSON.stringify((await edition.article(head.slug, now))?.neighbors)),
      );
    };
    return Promise.all([linksIn(39), linksIn(40)]).then(([before, after]) => {
      expect(before.filter((links, i) => links !== after[i])).toHaveLength(1);
    });
  });
});

describe('the months of a publication', () => {
  const zoned = { ...site, timezone: 'Pacific/Auckland' };
  const sources = [
    article({ slug: 'jan', published: '2026-01-10T00:00:00Z' }),
    // February in Auckland.
    article({ slug: 'edge', published: '2026-01-31T20:00:00Z' }),
    article({ slug: 'gone', published: '2026-02-10T00:00:00Z', expires: '2026-02-12T00:00:00Z' }),
    article({ slug: 'soon', published: '2026-02-20T00:00:00Z' }),
  ];
  const edition = publish(zoned, sources, '2026-02-11T00:00:00Z');
  const counts = async (moment: string) =>
    (await edition.months?.(moment))?.months.map(({ month, count }) => `${month} ${count}`);

  it('count what is shown, in its time zone', async () => {
    expect(await counts('2026-02-11T00:00:00Z')).toEqual(['2026-02 2', '2026-01 1']);
    expect(await counts('2026-02-13T00:00:00Z')).toEqual(['2026-02 1', '2026-01 1']);
    expect(await counts('2026-02-21T00:00:00Z')).toEqual(['2026-02 2', '2026-01 1']);
    expect((await edition.months?.('2026-02-11T00:00:00Z'))?.until).toBe('2026-02-12T00:00:00Z');
  });

  it('list their articles, newest first, and lead to months with articles only', async () => {
    const page = await edition.month?.('2026-02', '2026-02-11T00:00:00Z');
    expect(page?.headlines.map(({ slug }) => slug)).toEqual(['gone', 'edge']);
    expect([page?.older, page?.newer]).toEqual(['2026-01', undefined]);
    expect(page?.updated).toBe('2026-02-10T00:00:00Z');
    const january = await edition.month?.('2026-01', '2026-02-13T00:00:00Z');
    expect([january?.newer, january?.updated]).toEqual(['2026-02', '2026-01-31T20:00:00Z']);
    expect(await edition.month?.('2026-03', now)).toBeUndefined();
  });
});
