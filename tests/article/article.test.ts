import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArticleHead, oldestFirst } from '../../src/article/article.ts';

function head(published: string, slug: string): ArticleHead {
  return {
    id: slug,
    slug,
    permalink: slug,
    title: slug,
    published,
    updated: published,
    authors: [],
    tags: [],
  };
}

test('articles are sorted by date, then by slug in code units', () => {
  const ordered = [
    head('0999-12-31T23:59:59Z', 'z'),
    head('2025-02-25T00:00:00Z', 'B'),
    head('2025-02-25T00:00:00Z', 'a'),
    head('2025-02-25T00:00:00Z', 'a-2'),
    head('2025-02-25T00:00:00Z', 'é'),
    head('2025-02-25T00:00:01Z', 'a'),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (shuffled) => {
      expect(shuffled.toSorted(oldestFirst)).toEqual(ordered);
    }),
  );
});

test('an article is equal only to itself', () => {
  const one = head('2025-02-25T00:00:00Z', 'a');
  expect([oldestFirst(one, { ...one }), oldestFirst(one, head(one.published, 'b'))]).toEqual([0, -1]);
});
