import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSeed } from '../../../src/article/parse.ts';
import { Blocks, splitBlocks } from '../../../src/article/seed/blocks.ts';
import { mayHaveLabel, readDateline } from '../../../src/article/seed/dateline.ts';
import { firstLabel, readLabels } from '../../../src/article/seed/labels.ts';
import { findOriginalUrls } from '../../../src/article/seed/original-url.ts';
import { readId } from '../../../src/article/seed/seed-id.ts';
import { propertyRuns } from '../../effort.ts';

const parts = fc.constantFrom(
  ...['Id:', 'id :', '**ID:**', '_Id:_ ', '<tag:a.example,2026:b>', '\n', '\n\n', '  ', '\t', '- ', '> ', 'é'],
  ...['Original url:', '*original link*', 'Originally published at ', 'Source: ', 'source url', '\u2028', '\u00A0'],
  ...['This article was originally published on ', 'https://a.example/b', 'Words. ', '# H\n', '```\n', '<b>'],
);
const texts = fc.array(parts, { maxLength: 12 }).map((all) => all.join(''));

test('a text without a first label has no labels', () => {
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(firstLabel(text, 0) === undefined);
      const codes: string[] = [];
      const blocks = splitBlocks(text);
      expect(readId(blocks, false, (_, code) => codes.push(code)).spans).toEqual([]);
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
  expect(firstLabel(text, 0)).toBeDefined();
});

test.each(['The original. Id: x', 'Ideas: many', 'Words of the source', ''])('%j has no label', (text) => {
  expect(firstLabel(text, 0)).toBeUndefined();
});

const structures = fc.constantFrom(
  ...['Words.\n\n', 'More words\n', '- ', '1. ', '  ', '    ', '```\n', '~~~\n', '<!-- ', '-->\n', '<pre>\n'],
  ...['</pre>\n', '<div>\n', '\n', '\n\n', '# H\n\n', '> ', '| a |\n', '*\n', '**a** '],
);
/** Paragraphs, then what may hide a label, then labels. */
const bodies = fc
  .tuple(
    fc.nat(4).map((count) => 'Words.\n\n'.repeat(count)),
    fc.array(structures, { maxLength: 5 }).map((all) => all.join('')),
    fc.constantFrom('\n\n', '\n\n  ', '\n\n    ', '\n'),
    fc.constantFrom(
      'Id: <tag:a.example,2026:b>',
      'Original url: <https://a.example/b>',
      'Source: <https://a.example/b>',
    ),
    fc.oneof(fc.constant(''), texts),
  )
  .map((all) => all.join(''));

test('labels are the same whether all blocks are split or only those around the first label', () => {
  fc.assert(
    fc.property(bodies, fc.nat(3), fc.boolean(), (text, top, isBelowFrontMatter) => {
      const read = (blocks: Blocks) => {
        const others = Array.from({ length: top }, (_, index) => blocks.at(index) ?? []).flat();
        const reports: unknown[] = [];
        const labels = readLabels(text, blocks, others, isBelowFrontMatter, (...report) => reports.push(report));
        return { labels, reports };
      };
      const whole = new Blocks(text);
      whole.around = () => whole.all();
      expect(read(new Blocks(text))).toEqual(read(whole));
    }),
    { numRuns: 3000 },
  );
});

const words = fc.constantFrom(
  ...['Updated', '**Last updated**', 'Originally published', 'Release date', 'Date of publication', 'Dated', '| '],
  ...[' on ', ': ', '2025-02-25', 'February 25, 2025', '\n', ' · ', '(', 'Edited', 'x', '_Revised_', '— '],
);

test('every dateline with a label passes the quick test', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 8 }), (all) => {
      const paragraph = all.join('');
      if (readDateline(paragraph, 'UTC')?.labeled) expect(mayHaveLabel(paragraph)).toBe(true);
    }),
    { numRuns: propertyRuns(5000) },
  );
});
