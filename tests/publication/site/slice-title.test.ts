import { describe, expect, it } from 'vitest';
import { sliceTitle } from '../../../src/publication/site/slice-title.ts';
import { siteOfSlice } from '../../../src/publication/slices/slice.ts';
import { languageName, names } from '../../../src/publication/words/language-names.ts';
import { site } from '../articles.ts';

describe('the name of a language', () => {
  it.each(Object.entries(names))('%s is %s, as in Node.js', (tag, name) => {
    const known = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
    expect(name.toLowerCase()).toBe(known?.toLowerCase());
    // Georgian writes no word with a capital letter.
    if (tag !== 'ka') expect(name).not.toMatch(/^\p{Ll}/u);
  });

  it.each([
    ['pt-BR', 'Português (BR)'],
    ['zh-Hant-TW', '繁體中文 (TW)'],
    ['EN', 'English'],
    ['tlh', 'tlh'],
    ['constructor', 'constructor'],
  ])('of the tag %s is %s', (tag, name) => {
    expect(languageName(tag)).toBe(name);
  });
});

describe('the title of a slice', () => {
  const described = {
    section: [{ slug: 'harbour', title: 'The harbour', description: 'Ships.' }, { slug: 'world' }],
    tag: [{ slug: 'ai', title: 'Artificial intelligence' }],
  };

  it.each([
    ['section', 'world-news', 'World news'],
    ['section', 'über_uns', 'Über uns'],
    ['section', 'World-News', 'World-News'],
    ['section', 'world', 'World'],
    ['section', 'Harbour', 'The harbour'],
    ['tag', 'ai', 'Artificial intelligence'],
    ['tag', 'world-news', 'world-news'],
    ['author', 'harbour', 'harbour'],
    ['language', 'ar', 'العربية'],
  ] as const)('of the %s %s is %s', (kind, label, title) => {
    expect(sliceTitle({ kind, slug: label.toLowerCase(), label }, { described })).toBe(title);
  });

  it('and its description are those of its feeds, whose id stays', () => {
    const slice = { kind: 'section', slug: 'harbour', label: 'harbour' } as const;
    const [plain, told] = [siteOfSlice(site, slice), siteOfSlice({ ...site, described }, slice)];
    expect([plain.title, plain.description]).toEqual([`${site.title}: Harbour`, 'Section Harbour']);
    expect([told.title, told.description]).toEqual([`${site.title}: The harbour`, 'Ships.']);
    expect(told.feedId).toBe(plain.feedId);
  });
});
