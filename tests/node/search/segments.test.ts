import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../../src/node/search/segments.ts';
import { articles } from '../../publication/articles.ts';

const all = articles(10_000);
const names = (list: readonly { readonly head: { readonly slug: string } }[]) =>
  list.map(({ head }) => head.slug).join();

describe('the segments of a search', () => {
  it('have every article once, in order, and are few and not too large', () => {
    const segments = segmentsOf(all);
    expect(segments.flat()).toEqual(all);
    expect(segments.length).toBeLessThanOrEqual(10);
    for (const segment of segments) expect(segment.length).toBeLessThanOrEqual(4096);
    expect(segmentsOf([])).toEqual([]);
  });

  it.each([0, 3000, 9999])('change around an article that goes, and hardly elsewhere: %i', (at) => {
    const before = new Set(segmentsOf(all).map(names));
    const changed = segmentsOf(all.toSpliced(at, 1)).filter((segment) => !before.has(names(segment)));
    expect(changed.length).toBeLessThanOrEqual(2);
  });
});
