import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legalText, oneLine, shorten } from '../../src/article/plain-text.ts';
import { propertyRuns } from '../effort.ts';

describe('legalText removes exactly what XML 1.0 forbids', () => {
  test.each([
    { input: 'a\u0000b\u0008c\u000Bd\u001Fe', out: 'abcde' },
    { input: 'a\tb\nc\rd', out: 'a\tb\nc\rd' },
    { input: '\u007F\u0085\u009F\u00A0\u2028', out: '\u007F\u0085\u009F\u00A0\u2028' },
    { input: 'a\uFFFEb\uFFFFc\uFFFDd', out: 'abc\uFFFDd' },
    { input: 'a\uD83Db\uDE00c', out: 'abc' },
    { input: '😀', out: '😀' },
    { input: '\uDE00\uD83D', out: '' },
    { input: '\u{10FFFF}', out: '\u{10FFFF}' },
  ])('$input', ({ input, out }) => {
    expect(legalText(input)).toBe(out);
  });

  test('for every code unit', () => {
    const legal = (unit: number): boolean =>
      unit === 9 ||
      unit === 10 ||
      unit === 13 ||
      (unit >= 0x20 && unit <= 0xd7ff) ||
      (unit >= 0xe000 && unit <= 0xfffd);
    const units = Array.from({ length: 0x10000 }, (_, unit) => unit);
    const wrong = units.filter((unit) => (legalText(`a${String.fromCharCode(unit)}b`).length === 3) !== legal(unit));
    expect(wrong).toEqual([]);
  });
});

describe('oneLine', () => {
  test.each([
    { input: '  a \n b\t\tc ', out: 'a b c' },
    { input: 'a\u00A0b\u2028c\u0085d\u3000e', out: 'a b c d e' },
    { input: ' \u0000 ', out: '' },
    { input: 'a\u200Bb', out: 'a\u200Bb' },
  ])('$input', ({ input, out }) => {
    expect(oneLine(input)).toBe(out);
  });
});

describe('shorten', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
  test.each([
    { it: 'leaves a text that fits', input: 'a b c', limit: 5, out: 'a b c' },
    { it: 'leaves an empty text', input: '', limit: 5, out: '' },
    {
      it: 'ends with a sentence',
      input: 'It rained all day. Then it snowed.',
      limit: 25,
      out: 'It rained all day.',
    },
    {
      it: 'ends with the last of them',
      input: 'It rained. It hailed. It snowed again.',
      limit: 25,
      out: 'It rained. It hailed.',
    },
    {
      it: 'ends with a sentence just at the limit',
      input: 'It rained all day. Then snow.',
      limit: 18,
      out: 'It rained all day.',
    },
    {
      it: 'ends with a quotation',
      input: '“It rained,” he said. “It did.” And more.',
      limit: 33,
      out: '“It rained,” he said. “It did.”',
    },
    {
      it: 'ends with a question',
      input: 'Did it rain on Monday? Nobody knew.',
      limit: 30,
      out: 'Did it rain on Monday?',
    },
    {
      it: 'does not end in a short first sentence',
      input: 'No. It has rained for eleven days.',
      limit: 25,
      out: 'No. It has rained for…',
    },
    {
      it: 'does not end with an initial',
      input: 'It was built by the U.S. Army in June.',
      limit: 30,
      out: 'It was built by the U.S. Army…',
    },
    {
      it: 'does not end with a title',
      input: 'The order was given by Gen. Olsen himself.',
      limit: 33,
      out: 'The order was given by Gen. Olsen…',
    },
    {
      it: 'does not end in a number',
      input: 'The price of it rose by 3.5 percent.',
      limit: 30,
      out: 'The price of it rose by 3.5…',
    },
    {
      it: 'does not end in an address',
      input: 'They run the site at publisher.example today.',
      limit: 36,
      out: 'They run the site at…',
    },
    { it: 'cuts between words', input: 'one two three four', limit: 12, out: 'one two…' },
    {
      it: 'cuts at the limit if a word ends there',
      input: 'one two three four',
      limit: 13,
      out: 'one two three…',
    },
    { it: 'drops a comma before the cut', input: 'one, two, three, four', limit: 11, out: 'one, two…' },
    { it: 'drops a dash before the cut', input: 'one two — three four', limit: 12, out: 'one two…' },
    { it: 'cuts in a word that fills the text', input: 'abcdefghijkl', limit: 6, out: 'abcde…' },
    { it: 'cuts in a word that fills most of it', input: 'ab cdefghijklmnop', limit: 10, out: 'ab cdefgh…' },
    {
      it: 'ends with a Japanese sentence',
      input: '雨が降った。雪も降った。風も吹いた。',
      limit: 14,
      out: '雨が降った。雪も降った。',
    },
    {
      it: 'cuts in a script without spaces',
      input: '図書館のバスは毎週木曜日に来ます',
      limit: 8,
      out: '図書館のバスは…',
    },
    {
      it: 'cuts in it despite an early space',
      input: '図書 館のバスは毎週木曜日に来ます',
      limit: 10,
      out: '図書 館のバスは毎…',
    },
    { it: 'keeps an emoji whole', input: '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', limit: 21, out: '👩‍👩‍👧‍👦…' },
    { it: 'keeps a flag whole', input: '🇺🇳🇺🇳🇺🇳🇺🇳', limit: 10, out: '🇺🇳🇺🇳…' },
    {
      it: 'keeps an accent with its letter',
      input: 'e\u0301e\u0301e\u0301e\u0301e\u0301',
      limit: 5,
      out: 'e\u0301e\u0301…',
    },
  ])('$it', ({ input, limit, out }) => {
    expect(shorten(input, limit)).toBe(out);
  });

  test.each(
    'Mr Mrs Ms Dr Prof Gen Sen Gov Rep Lt Col Capt Sgt St Jr Sr vs No Inc Corp Ltd Jan Feb Mar Apr Aug Sep Sept Oct Nov Dec'.split(
      ' ',
    ),
  )('does not end with %s.', (abbreviation) => {
    const start = `It was said on that day by ${abbreviation}.`;
    expect(shorten(`${start} Olsen himself`, start.length + 2)).toBe(`${start}…`);
  });

  test('uses most of the limit', () => {
    const { length } = shorten(words(200), 280);
    expect([length > 270, length <= 281]).toEqual([true, true]);
  });

  test('always returns the start of the text within the limit, and whole characters', () => {
    const text = fc.array(fc.constantFrom('word', ' ', '. ', '👩‍👧', '🇺🇳', 'é', '日本', '。', '“', '”', ', ', '…'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 12, max: 60 }), (parts, limit) => {
        const input = oneLine(parts.join(''));
        const out = shorten(input, limit);
        const start = input.startsWith(out) ? out : out.replace(/…$/, '');
        expect([input.startsWith(start), out.length <= limit + 1, out.isWellFormed()]).toEqual([true, true, true]);
      }),
    );
  });
});

test('shorten never splits a character as readers see it, and marks its cut', () => {
  const unit = fc.constantFrom(
    'a',
    'word ',
    'e\u0301',
    '👩‍👩‍👧‍👦',
    '🇫🇷',
    'नि',
    '한',
    '図',
    '。',
    '. ',
    '! ',
    '&amp; ',
    '\u00a0',
    '“',
    '”',
    'é',
    ' \u0301',
  );
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 80 }), fc.integer({ min: 20, max: 60 }), (units, limit) => {
      const text = units.join('');
      const short = shorten(text, limit);
      const kept = short.endsWith('…') && !text.startsWith(short) ? short.slice(0, -1) : short;
      const ends = [0, ...[...segmenter.segment(text)].map(({ index, segment }) => index + segment.length)];
      expect([short.length <= limit + 1, text.startsWith(kept), ends.includes(kept.length)]).toEqual([
        true,
        true,
        true,
      ]);
      if (text.length > limit && kept === short) expect(short).toMatch(/[.!?…。！？]["'”’»)）」』\]]*$/u);
    }),
    { numRuns: propertyRuns(2000) },
  );
});
