import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publish } from '../../../src/publication/memory.ts';
import { slicesOf } from '../../../src/publication/slices/membership.ts';
import { siteOfSlice, slicePath, sliceSlug } from '../../../src/publication/slices/slice.ts';
import { article, site } from '../articles.ts';

const now = '2026-03-10T12:00:00Z';

describe('a slug of a label', () => {
  it.each([
    ['News', 'news'],
    ['Rail & road', 'rail-road'],
    ['  spaced   out  ', 'spaced-out'],
    ['C', 'c'],
    ['C++', 'c-plus-plus'],
    ['C#', 'c-sharp'],
    ['#metoo', 'metoo'],
    ['node.js', 'node.js'],
    ['.NET', 'net'],
    ['..', 'u-2e-2e'],
    ['../../etc/passwd', 'etc-passwd'],
    ['café', 'café'],
    ['cafe\u0301', 'café'],
    ['cafe', 'cafe'],
    ['İstanbul', 'i\u0307stanbul'],
    ['Größe', 'größe'],
    ['新聞', '新聞'],
    ['日本語 ニュース', '日本語-ニュース'],
    ['हिन्दी', 'हिन्दी'],
    ['עברית', 'עברית'],
    ['🎉', '🎉'],
    ['!!!', 'u-21-21-21'],
    ['a/b?c#d', 'a-b-c-sharp-d'],
    ['pt-BR', 'pt-br'],
    ['__proto__', '__proto__'],
  ])('of %j is %s', (label, slug) => {
    expect(sliceSlug(label)).toBe(slug);
  });

  it('is one path segment, valid as a file name and stable, whatever the label', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (label) => {
        const slug = sliceSlug(label.toWellFormed());
        expect(slug).not.toMatch(/[/\\?#%\s]|^\.|^$/u);
        expect(new TextEncoder().encode(slug).byteLength).toBeLessThanOrEqual(255);
        expect(decodeURIComponent(encodeURIComponent(slug))).toBe(slug);
        if (slug.length < 100) expect(sliceSlug(slug)).toBe(slug);
      }),
    );
  });

  it('distinguishes long labels with the same beginning', () => {
    const long = '長'.repeat(300);
    expect(sliceSlug(`${long}a`)).not.toBe(sliceSlug(`${long}b`));
  });
});

describe('the slices of an article', () => {
  it('are its tags, authors, language and section, each once', () => {
    const { head } = article({
      tags: ['News', 'news', 'Sea'],
      authors: [{ name: 'Ada' }],
      section: 'Sport',
      language: 'pt-BR',
    });
    expect(slicesOf(head, site).map(slicePath)).toEqual([
      'tags/news',
      'tags/sea',
      'authors/ada',
      'languages/pt-br',
      'sections/sport',
    ]);
  });

  it('default to those of the publication', () => {
    const { head } = article();
    const signed = { ...site, authors: [{ name: 'Desk' }] };
    expect(slicesOf(head, signed).map(slicePath)).toEqual(['authors/desk', 'languages/en']);
  });
});

describe('a slice', () => {
  const sources = [
    article({ slug: 'new', tags: ['NEWS'], published: '2026-03-02T00:00:00Z' }),
    article({ slug: 'old', tags: ['News'], published: '2026-03-01T00:00:00Z' }),
    article({ slug: 'other', tags: ['Sea'], published: '2026-03-03T00:00:00Z' }),
  ];
  const edition = publish(site, sources, now);

  it('is named as its oldest article spells it, so that no later one changes its archive', async () => {
    const page = await edition.page({ slice: { kind: 'tag', slug: 'news' } }, now);
    expect(page?.slice?.label).toBe('News');
    expect(page?.articles.map(({ slug }) => slug)).toEqual(['new', 'old']);
    expect(page?.site.title).toBe('The Daily: News');
  });

  it('has an id that does not depend on the host', () => {
    const slice = { kind: 'tag', slug: 'news', label: 'News' } as const;
    const there = siteOfSlice({ ...site, url: 'https://moved.example/' }, slice);
    expect(there.feedId).toBe(siteOfSlice(site, slice).feedId);
    expect(there.feedId).toBe('tag:daily.example,2026:/tags/news');
  });

  it('has the same article ids as the whole publication', async () => {
    const whole = await edition.page({}, now);
    const { slices } = await edition.slices(now);
    expect(slices.length).toBeGreaterThan(2);
    for (const slice of slices) {
      const page = await edition.page({ slice }, now);
      for (const one of page?.articles ?? []) expect(whole?.articles).toContainEqual(one);
    }
  });
});
