import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../effort.ts';
import { articleOf, textOf } from './seeds.ts';

/** A word of letters and digits that means nothing in Markdown or in the seed format. */
const word = fc
  .stringMatching(/^[\p{L}\p{N}]{1,12}$/u, { size: 'max' })
  .map((word) => word.normalize('NFC'))
  .filter((word) => /^[\p{L}\p{N}]+$/u.test(word) && !/^(?:\d+|original|source|read|more|by)/iu.test(word));
const words = fc.array(word, { minLength: 1, maxLength: 30 });
const gap = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '\n\n\n', '  \n');
const body = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 80 });
const instant = fc
  .date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);

test('the title, the date and every word of the body come back, in order', () => {
  fc.assert(
    fc.property(words, instant, body, (headline, published, parts) => {
      const source = parts.map(([word, gap]) => word + gap).join('');
      const article = articleOf(`# ${headline.join(' ')}\n\n${published}\n\n${source}`);
      expect([article.title, article.published, textOf(article.content).split(' ')]).toEqual([
        headline.join(' '),
        published,
        parts.map(([word]) => word),
      ]);
    }),
    { numRuns: propertyRuns(500) },
  );
});

test('the summary begins like the body', () => {
  fc.assert(
    fc.property(words, (lede) => {
      const { summary } = articleOf(`# A\n\n2025-02-25\n\n${lede.join(' ')}\n`);
      expect(lede.join(' ').startsWith(summary.replace(/…$/, ''))).toBe(true);
    }),
    { numRuns: propertyRuns(500) },
  );
});

const marks = fc.constantFrom(
  '*',
  '_',
  '**',
  '`',
  '~~',
  '[',
  ']',
  '](#)',
  '](/a)',
  '<',
  '>',
  '<b>',
  '</b>',
  '<T>',
  '&',
  '&amp;',
  '&#1;',
  '#',
  '##',
  '\\',
  '|',
  '!',
  '![',
  ':',
  '---',
  '```',
  '- ',
  '1. ',
  '\t',
  '    ',
  '\u0000',
  '\uD800',
  '\uFFFF',
  '\u2028',
  'https://a.example',
  'Source:',
  'Original url:',
  'May 1, 2025',
);

test('no text breaks an article', () => {
  const text = fc.array(fc.oneof(marks, word, gap), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (headline, body) => {
      const article = articleOf(
        `# A ${headline.replaceAll('\n', ' ')}\n\n2025-02-25\n\n${body}`.replace(/Original url:/g, 'Original:'),
      );
      const written = Object.values(article).flat().join('\n');
      expect([
        /^\S(?:[^\n]*\S)?$/.test(article.title),
        /^[^\n]{0,281}$/.test(article.summary),
        /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(written),
      ]).toEqual([true, true, false]);
    }),
    { numRuns: propertyRuns(2000) },
  );
});
