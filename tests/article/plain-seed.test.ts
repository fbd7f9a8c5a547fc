import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseSeed } from '../../src/article/parse.ts';
import { parseText } from '../../src/article/parse-text.ts';
import { readPlainSeed } from '../../src/article/plain-seed.ts';
import { isClean } from '../../src/article/seed/seed-text.ts';
import { topsAlike } from './top-alike.ts';

const options = {
  timezone: 'America/New_York',
  articleUrl: (slug: string) => `https://a.example/articles/${slug}`,
  mintId: (slug: string) => `tag:a.example,2026:${slug}`,
};

/** All that a reading says, bodies and places included. */
function seen({ source, elsewhere, isIdWritten, problems }: ReturnType<typeof parseSeed>) {
  const written = source?.written();
  const places = [written?.body, written?.bodyPlace(0), written?.titlePlace, written?.datePlace];
  return { head: source?.head, article: source?.article(), places, elsewhere, isIdWritten, problems };
}

/** Holds the quick reading to the whole one; tells whether the text is plain. */
function isPlainAlike(text: string, path: string): boolean {
  if (!isClean(text)) return false;
  const plain = readPlainSeed(text, options.timezone);
  if (plain === undefined) return false;
  const quick = seen(parseSeed({ path, text }, options));
  expect(quick).toEqual(seen(parseText(path, text, options)));
  expect(Object.keys(quick.head ?? {})).toEqual(
    Object.keys(parseText(path, text, options).source?.head ?? {}),
  );
  return true;
}

describe('a plain seed', () => {
  it.each([
    '# A headline\n\n2026-03-01\n\nBody.\n',
    '# Fish & chips: what now?\n\nFebruary 25, 2025\n\nBody *with* marks.\n',
    '# Zwölf “Boxkämpfer”\n\n2025-02-25T09:00:00Z\n\n## Part\n\nBody.',
    '# A\n\nPublished: March 3, 2026 9:30 am · Updated: March 4, 2026\n\nBody.\n',
    '# A\n\n2026-03-01',
    '# A\n\nMar 1, 2026\n',
  ])('is %j', (text) => {
    expect(isPlainAlike(text, 'x/a.md')).toBe(true);
  });

  it.each([
    '# A *headline*\n\n2026-03-01\n\nBody.',
    '# A  headline\n\n2026-03-01\n\nBody.',
    '## A\n\n2026-03-01\n\nBody.',
    '# A\n2026-03-01\n\nBody.',
    '# A\n\n2026-03-01\nBody.',
    '# A\n\n25. February 2026\n\nBody.',
    '# A\n\nFriday, March 3, 2026\n\nBody.',
    '# A\n\n03/04/2025\n\nBody.',
    '# A\n\n2026-03-01\n\nUpdated: 2026-03-02\n\nBody.',
    '# A\n\n2026-03-01\n\nBody.\n\nId: <tag:a.example,2026:a>\n',
    '# A\n\n2026-03-01\n\nBody.\n\nOriginal url: <https://b.example/>\n',
    '# A\n\nBody of 2026.\n\nMore.',
    '---\ntitle: A\ndate: 2026-03-01\n---\n\nBody.',
    '2026-03-01\n\n# A\n\nBody.',
  ])('is not %j', (text) => {
    expect(readPlainSeed(text, options.timezone)).toBeUndefined();
  });
});

const words = [
  'A',
  'b c',
  'é',
  '&',
  '& ',
  '&amp;',
  '#',
  '*x*',
  '`',
  '<b>',
  ':',
  '://',
  '!',
  ' ',
  '  ',
  '\u00a0',
  '…',
  '\\',
];
const dates = [
  ...[
    '2026-03-01',
    '2025-02-25T09:00:00Z',
    'March 1, 2026',
    '1 Mar 2026',
    '25. February 2026',
    '1) 2026',
    '20260301',
  ],
  ...[
    'Sunday, March 1, 2026',
    'Monday, March 1, 2026',
    'Updated: 2026-03-02',
    'Published 2026-03-01 | Updated 2026-02-01',
  ],
  ...[
    'March 1, 2026 at 9:30 PM EST',
    '2026-02-30',
    '03/04/2025',
    'Not a date',
    '2026-03-01  ',
    '2026',
    'March 1, 2026\\',
    '',
  ],
];
const blocks = [
  ...[
    'Body.',
    'Updated: 2026-03-09',
    'Last updated on March 9, 2026',
    '**Updated** 2026-03-09',
    '## Part',
    '- item',
    '> quote',
  ],
  ...[
    '2026-04-01',
    'Id: <tag:b.example,2026:b>',
    'Source: https://b.example/',
    'Id: what',
    '```\nId: <tag:c>\n```',
    '    code',
    '\t',
  ],
  ...[
    '<!-- Updated: 2026-03-09 -->',
    'Update the text.',
    '===',
    '---',
    '1. one',
    '\n\n',
    ' ',
    '[a]: https://a.example/',
    'modified\nlines',
  ],
];
/** Most often what is ordinary, else anything. */
const mostly = (ordinary: readonly string[], any: readonly string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...ordinary) },
    { weight: 1, arbitrary: fc.constantFrom(...any) },
  );
const breaks = mostly(['\n\n'], ['\n', '\n\n\n', '\n \n', '']);
const seeds = fc
  .tuple(
    mostly(['# '], ['#', '## ', ' # ', '#  ', '', '#\t', '\n# ']),
    fc
      .array(mostly(['A', ' b', 'é', '& c', ': d'], words), { minLength: 1, maxLength: 4 })
      .map((all) => all.join('')),
    mostly([''], [' #', ' ', '\n===']),
    breaks,
    mostly(['2026-03-01', '2025-02-25T09:00:00Z', 'March 1, 2026', 'Published 2026-03-01'], dates),
    breaks,
    fc
      .array(fc.tuple(mostly(['Body.', '## Part', '- item', 'Last words.'], blocks), breaks), {
        maxLength: 4,
      })
      .map((all) => all.flat().join('')),
  )
  .map((parts) => parts.join(''));
const paths = fc.constantFrom(
  'a.md',
  'Sport/2026/goal.md',
  'x/index.md',
  'hello.de.md',
  'README.md',
  '2026-01-01-b.txt',
);

test('what is read quickly is what is read with care', () => {
  let plain = 0;
  let tops = 0;
  let all = 0;
  fc.assert(
    fc.property(seeds, paths, (text, path) => {
      all += 1;
      if (isPlainAlike(text, path)) plain += 1;
      if (topsAlike(text, path, [20, 45, 60, 90, 400], options) > 0) tops += 1;
    }),
    { numRuns: Number(process.env.PLAIN_SEED_RUNS ?? 20_000) },
  );
  // Else nothing was compared.
  expect(Math.min(plain, tops) / all).toBeGreaterThan(0.05);
});
