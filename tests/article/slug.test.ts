import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedName, slugOf } from '../../src/article/slug.ts';
import { propertyRuns } from '../effort.ts';

describe('seedName', () => {
  test.each([
    { input: 'a.txt', out: 'a' },
    { input: 'seeds/2025-02-25-a.md', out: '2025-02-25-a' },
    { input: 'seeds/v1.2.txt', out: 'v1.2' },
    { input: 'seeds/a', out: 'a' },
    { input: 'x.y/a.txt', out: 'a' },
    { input: 'x.y/a', out: 'a' },
    { input: 'seeds/a/index.md', out: 'a' },
    { input: 'seeds/a/_index.md', out: 'a' },
    { input: 'seeds/a/INDEX.MD', out: 'a' },
    { input: 'index.md', out: 'index' },
    { input: 'seeds/index-of-all.md', out: 'index-of-all' },
    { input: '', out: '' },
  ])('$input → $out', ({ input, out }) => {
    expect(seedName(input)).toBe(out);
  });
});

describe('slugOf', () => {
  test.each([
    { input: 'a', out: 'a' },
    { input: '000_b88e70609a6aba13', out: '000_b88e70609a6aba13' },
    { input: '2025-02-25 The Harbor’s “End”', out: '2025-02-25-the-harbor-s-end' },
    { input: '--a--b--', out: 'a-b' },
    { input: 'A.B/C?D#E%20F', out: 'a-b-c-d-e-20f' },
    { input: 'Über die Brücke', out: 'über-die-brücke' },
    { input: 'U\u0308ber', out: 'über' },
    { input: 'Библиотека', out: 'библиотека' },
    { input: '図書館 2', out: '図書館-2' },
    { input: 'हिन्दी', out: 'हिन्दी' },
    { input: '📚', out: '1f4da' },
    { input: '✨', out: '2728' },
    { input: '✈\uFE0F', out: '2708' },
    { input: '👩‍🚀', out: '1f469-1f680' },
    { input: '🚀 go', out: 'go' },
    { input: '---', out: 'untitled' },
    { input: '..', out: 'untitled' },
    { input: '', out: 'untitled' },
  ])('$input → $out', ({ input, out }) => {
    expect(slugOf(input)).toBe(out);
  });

  test('is one path segment that URLs leave as it is, and its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const slug = slugOf(name);
        const { pathname } = new URL(encodeURIComponent(slug), 'https://site.example/articles/');
        expect([decodeURIComponent(pathname), slugOf(slug)]).toEqual([`/articles/${slug}`, slug]);
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
