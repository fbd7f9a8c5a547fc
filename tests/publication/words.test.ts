import { describe, expect, it } from 'vitest';
import { alertWordsFor } from '../../src/publication/words/alert-words.ts';
import { en } from '../../src/publication/words/en.ts';
import { languages, wordsFor } from '../../src/publication/words/words.ts';

describe('the words of pages', () => {
  const others = Object.entries(languages).filter(([name]) => name !== 'en');

  it.each(others)('in %s are all translated, with the same placeholders', (_, words) => {
    const keys = Object.keys(en) as (keyof typeof en)[];
    expect(Object.keys(words)).toEqual(keys);
    for (const key of keys) {
      expect(words[key].trim()).toBe(words[key]);
      expect(words[key].split('{}')).toHaveLength(en[key].split('{}').length);
      expect(/[.。]$/.test(words[key])).toBe(en[key].endsWith('.'));
      // No text longer than a word or two is the same in two languages.
      if (en[key].length > 12) expect(words[key]).not.toBe(en[key]);
    }
  });

  it.each([
    ['de', 'de'],
    ['de-CH', 'de-CH'],
    ['PT-br', 'PT-br'],
    ['zh', 'zh'],
    ['zh-Hans-SG', 'zh-Hans-SG'],
    ['zh-Hant', 'en'],
    ['zh-TW', 'en'],
    ['ru-Latn', 'en'],
    ['sw', 'en'],
    ['constructor', 'en'],
    ['', 'en'],
  ])('for a publication in "%s" are in %s', (language, spoken) => {
    expect(wordsFor(language).language).toBe(spoken);
  });
});

describe('the names of alerts', () => {
  const { kinds } = alertWordsFor('en');

  it.each(Object.keys(languages))('are all translated into %s', (language) => {
    const words = alertWordsFor(language).kinds;
    expect([...words.keys()]).toEqual([...kinds.keys()]);
    for (const word of words.values()) expect(word).toMatch(/^[\p{Lu}\p{Lo}][\p{L}\p{M} ]*$/u);
    // Some words are the same in two languages, but not most.
    const same = [...words].filter(([kind, word]) => word === kinds.get(kind));
    if (language !== 'en') expect(same.length).toBeLessThan(7);
  });
});
