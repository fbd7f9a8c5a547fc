import { describe, expect, it } from 'vitest';
import { writtenDay } from '../../src/publication/date-styles.ts';

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

/** Removes the direction marks and rare spaces that ICU adds in some languages. */
function plain(text: string): string {
  return text.replace(/[\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' ');
}
