import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ArticleSource, oldestFirst } from '../../../src/article/article.ts';
import { changeInOrder } from '../../../src/node/serve/edition-builder.ts';

/** Articles on few days, so that many share one. */
const article = fc
  .record({ day: fc.integer({ min: 10, max: 15 }), slug: fc.integer({ min: 0, max: 30 }).map(String) })
  .map(({ day, slug }) => ({ head: { published: `2026-03-${day}`, slug } }) as ArticleSource);
const articles = fc.uniqueArray(article, { selector: ({ head }) => head.slug, maxLength: 30 });

it('keeps articles in order, also when one replaces another of the same date and slug', () => {
  fc.assert(
    fc.property(articles, articles, fc.infiniteStream(fc.boolean()), (before, added, choose) => {
      const inOrder = (sources: readonly ArticleSource[]) => sources.toSorted((a, b) => oldestFirst(a.head, b.head));
      const slugs = new Set(added.map(({ head }) => head.slug));
      const removed = before.filter(({ head }) => slugs.has(head.slug) || choose.next().value);
      const kept = before.filter((source) => !removed.includes(source));
      const after = inOrder([...kept, ...added]);
      const changed = changeInOrder(inOrder(before), removed, added);
      expect(changed).toEqual(after);
      expect(changed.every((source, i) => source === after[i])).toBe(true);
    }),
  );
});
