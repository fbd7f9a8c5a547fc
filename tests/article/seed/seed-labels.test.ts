import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSeed } from '../../../src/article/parse.ts';
import { mayHaveLabel, readDateline } from '../../../src/article/seed/dateline.ts';
import { findOriginalUrls } from '../../../src/article/seed/original-url.ts';
import { takeId } from '../../../src/article/seed/seed-id.ts';
import { hasLabels } from '../../../src/article/seed/seed-labels.ts';
import { splitBlocks } from '../../../src/article/seed/seed-text.ts';
import { propertyRuns } from '../../effort.ts';

const parts = fc.constantFrom(
  ...[
    'Id:',
    'id :',
    '**ID:**',
    '_Id:_ ',
    '<tag:a.example,2026:b>',
    '\n',
    '\n\n',
    '  ',
    '\t',
    '- ',
    '> ',
    'é',
  ],
  ...[
    'Original url:',
    '*original link*',
    'Originally published at ',
    'Source: ',
    'source url',
    '\u2028',
    '\u00A0',
  ],
  ...['This article was originally published on ', 'https://a.example/b', 'Words. ', '# H\n', '```\n', '<b>'],
);
const texts = fc.array(parts, { maxLength: 12 }).map((all) => all.join(''));

test('where a text is said to have no labels, none is found in it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(!hasLabels(text, 0));
      const codes: string[] = [];
      const blocks = splitBlocks(text);
      expect(takeId(blocks, false, (_, code) => codes.push(code)).spans).toEqual([]);
      expect(findOriginalUrls(blocks)).toEqual([]);
      const seed = { path: 'a.md', text: `# A\n\n2025-02-25\n\n${text}` };
      const { problems } = parseSeed(seed, {
        timezone: 'UTC',
        articleUrl: (slug) => `https://a.example/${slug}`,
        mintId: (slug) => `tag:a.example,2026:${slug}`,
      });
      expect([...codes, ...problems.map(({ code }) => code)]).not.toContain('missed-original-url');
      expect(codes).toEqual([]);
    }),
    { numRuns: propertyRuns(2000) },
  );
});

test.each([
  'Id: <tag:a.example,2026:b>',
  'Words.\n\n  **Id:** <tag:a.example,2026:b>',
  'Words.\n\u00A0Id: <tag:a.example,2026:b>',
  'Words\u2028Id: <tag:a.example,2026:b>',
  'Words.\n- “This story was originally published at https://a.example/b',
  'Words.\n\n_Source_: https://a.example/b',
])('%j may have a label', (text) => {
  expect(hasLabels(text, 0)).toBe(true);
});

test.each(['The original. Id: x', 'Ideas: many', 'Words of the source', ''])('%j has none', (text) => {
  expect(hasLabels(text, 0)).toBe(false);
});

const words = fc.constantFrom(
  ...[
    'Updated',
    '**Last updated**',
    'Originally published',
    'Release date',
    'Date of publication',
    'Dated',
    '| ',
  ],
  ...[' on ', ': ', '2025-02-25', 'February 25, 2025', '\n', ' · ', '(', 'Edited', 'x', '_Revised_', '— '],
);

test('a dateline with a label is read wherever there is one', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 8 }), (all) => {
      const paragraph = all.join('');
      if (readDateline(paragraph, 'UTC')?.labelled) expect(mayHaveLabel(paragraph)).toBe(true);
    }),
    { numRuns: propertyRuns(5000) },
  );
});
