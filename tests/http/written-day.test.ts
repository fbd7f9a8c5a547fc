import { describe, expect, it } from 'vitest';
import { monthName, writtenDay, writtenMonth, writtenTime } from '../../src/publication/words/date-styles.ts';

const languages = (
  'ar ar-EG ar-SA cs da de de-AT de-CH el en en-AU en-CA en-GB en-IE en-US es es-MX es-AR fi fr fr-CA he hu id it ja ko nb nl nl-BE ' +
  'pl pt pt-BR pt-PT ro ru sv sv-FI tr uk zh zh-Hant-TW'
).split(' ');

describe('a day written out', () => {
  it.each(languages)('in %s is written as in Node.js', (language) => {
    const format = new Intl.DateTimeFormat(language, {
      dateStyle: 'long',
      timeZone: 'UTC',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
    for (let month = 1; month <= 12; month++) {
      for (const day of [1, 25]) {
        const written = writtenDay({ year: 2025, month, day }, language);
        expect(written).toBe(plain(format.format(Date.UTC(2025, month - 1, day))));
      }
    }
  });

  it.each(['sw', 'fa', 'ar-TN', 'x-private', 'constructor', ''])('in %j, which is unknown, is a number', (language) => {
    expect(writtenDay({ year: 2025, month: 2, day: 5 }, language)).toBe('2025-02-05');
  });
});

describe('a month written out', () => {
  it.each(languages)('in %s is written as in Node.js, with a capital letter', (language) => {
    const options = { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' } as const;
    const [whole, alone] = [
      new Intl.DateTimeFormat(language, { ...options, year: 'numeric', month: 'long' }),
      new Intl.DateTimeFormat(language, { ...options, month: 'long' }),
    ];
    for (let month = 1; month <= 12; month++) {
      const date = Date.UTC(2025, month - 1, 15);
      const written = writtenMonth({ year: 2025, month }, language);
      expect(written.toLowerCase()).toBe(plain(whole.format(date)).toLowerCase());
      // Node.js declines a Greek month that stands alone, and spells out a Chinese one.
      if (!/^(?:el|zh)$/.test(language))
        expect(monthName(month, language)?.toLowerCase()).toBe(plain(alone.format(date)).toLowerCase());
      expect(written).not.toMatch(/^\p{Ll}/u);
    }
  });

  it('in an unknown language is a number', () => {
    expect([writtenMonth({ year: 2025, month: 2 }, 'sw'), monthName(2, 'sw')]).toEqual(['2025-02', undefined]);
  });
});

describe('a time of day', () => {
  it.each([
    ['en', '12:05 AM', '2:30 PM'],
    ['en-GB', '00:05', '14:30'],
    ['de', '00:05', '14:30'],
    ['fi', '00.05', '14.30'],
    ['ja', '00:05', '14:30'],
  ])('in %s is %s or %s', (language, early, late) => {
    expect(writtenTime({ hour: 0, minute: 5 }, language)).toBe(early);
    expect(writtenTime({ hour: 14, minute: 30 }, language)).toBe(late);
  });
});

/** Removes the direction marks and rare spaces that ICU adds in some languages. */
function plain(text: string): string {
  return text.replace(/[\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' ');
}
