import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlainYaml } from '../../../../src/article/front-matter/syntax/plain-yaml.ts';
import { readAnyYaml } from '../../../../src/article/front-matter/syntax/yaml.ts';
import { propertyRuns } from '../../../effort.ts';

/** Expects the same answer from both readers, in the same order, if the plain one has any. Returns whether it has. */
function isTakenAlike(source: string): boolean {
  const plain = readPlainYaml(source, 4);
  if (plain === undefined) return false;
  const any = readAnyYaml(source, 4);
  expect(plain).toEqual(any);
  expect([...plain.entries.keys()]).toEqual('entries' in any ? [...any.entries.keys()] : any);
  return true;
}

const ordinary = fc.constantFrom('a', 'Title', 'é', '0', '12', '.', 'x y', '-', '_', '/', "don't");
// biome-ignore format: groups in rows
const nasty = fc.constantFrom(
  ' ', '  ', ':', ': ', '#', ' #', ',', ', ', '[', ']', '{', '}', '? ', '- ', '\n', '\n  ', '---', '...',
  '"', "'", "''", '\\', '\\"', '\\\\', '\\n', '\\/', '&a ', '*a', '!', '!!str ', '|', '>', '%', '@', '`', '<<', '=',
  '\t', '\r', '\u0085', '\u00A0', '\u2028', '\uFEFF', '\u0000', '\u007F', '\uD83D\uDE00', '\uD800',
);
/** Null, booleans and numbers of the core schema, and what only looks like them. */
// biome-ignore format: groups in rows
const words = fc.constantFrom(
  '~', 'null', 'Null', 'NULL', 'nULL', 'true', 'True', 'TRUE', 'tRUE', 'false', 'False', 'FALSE', 'yes', 'No',
  '0o7', '0o8', '-0o7', '0x1F', '0xG', '0x', '0b1', '1_000', '1', '+1', '-1', '00', '++1', '1:30', '12:30:45',
  '.5', '5.', '-.5', '.', '1.2.3', '1e3', '1.e3', '.5E-3', 'e3', '1e', '1e400', '2025-02-25', '=', '<<', '- 1',
  '.inf', '.Inf', '.INF', '+.inf', '-.inf', '.iNF', '.nan', '.NaN', '.NAN', '.Nan', '-.nan', 'c#', 'a:b',
);
const written = fc
  .array(fc.oneof({ weight: 2, arbitrary: ordinary }, nasty, words), { maxLength: 4 })
  .map((all) => all.join(''));
const scalar = fc.oneof(
  written,
  words,
  written.map((text) => `"${text}"`),
  written.map((text) => `'${text}'`),
  fc.constantFrom('2025-02-25', '2025-02-25T10:30:00+01:00', 'A title: no', 'https://a.example/b#c', 'false'),
);
const spaces = fc.constantFrom('', '', '', '', ' ', '  ');
const flow = fc
  .tuple(
    fc.array(
      fc.tuple(spaces, scalar, spaces).map((parts) => parts.join('')),
      { maxLength: 3 },
    ),
    spaces,
  )
  .map(([items, end]) => `[${items.join(',')}]${end}`);
const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('title', 'date', 'tags', 'pub_date', 'pubDate', '_x', 'a-b', 'null', 'True'),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(written, fc.constantFrom('1', '0x1F', '"a"', "'a'", '<<', '? a', 'a b', '-a')),
  },
);
const pair = fc
  .tuple(key, fc.constantFrom(':', ': ', ': ', ': ', ':  ', ' : '), fc.oneof(scalar, flow, fc.constant('')), spaces)
  .map((parts) => parts.join(''));
const indents = fc.constantFrom('', '', '  ', '  ', ' ', '    ');
const item = fc.tuple(indents, fc.constantFrom('- ', '- ', '-   ', '-'), fc.oneof(scalar, flow), spaces);
/** Lines of a list with the same indentation, sometimes mixed with others. */
const block = fc
  .tuple(
    key,
    indents,
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: scalar.map((text) => ({ text: `- ${text}`, indent: undefined })) },
        {
          weight: 1,
          arbitrary: fc.record({ text: fc.constantFrom('', '# c', '- # c', 'x'), indent: indents }),
        },
      ),
      { maxLength: 4 },
    ),
  )
  .map(([name, before, lines]) =>
    [`${name}:`, ...lines.map(({ text, indent }) => (indent ?? before) + text)].join('\n'),
  );
const line = fc.oneof(
  { weight: 6, arbitrary: pair },
  { weight: 4, arbitrary: block },
  { weight: 1, arbitrary: item.map((parts) => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(indents, fc.constantFrom('', '# c', '#', 'x', ' # c: d', '---', '...', '%', '?', '!', 'a'))
      .map((parts) => parts.join('')),
  },
);
const yaml = fc
  .tuple(fc.array(line, { maxLength: 5 }), fc.constantFrom('\n', '\n', ''))
  .map(([lines, end]) => lines.join('\n') + end);

test('what is read as plain YAML is read as the library reads it', { timeout: 600_000 }, () => {
  let taken = 0;
  // EFFORT=50 tries a million, which takes a dozen seconds.
  const numRuns = propertyRuns(20_000, 20_000);
  fc.assert(
    fc.property(yaml, (source) => {
      if (isTakenAlike(source)) taken++;
    }),
    { numRuns },
  );
  // Of nothing it would hold, too.
  expect(taken).toBeGreaterThan(numRuns / 5);
});

test.each([
  {
    of: 'Hugo',
    yaml: 'title: "The ferry: a story"\ndate: 2025-02-25T08:00:00+01:00\ndraft: false\ntags: [harbour, "city"]\nweight: 10\n',
  },
  {
    of: 'Jekyll',
    yaml: "layout: post\ntitle:  'It''s here'\ndate:   2025-02-25 10:30:00 +0100\ncategories: harbour city\n",
  },
  {
    of: 'Astro',
    yaml: 'title: The ferry\npubDate: Feb 25 2025\nheroImage: ../assets/ferry.png\ndescription: It sails, again (at last)!\n',
  },
  {
    of: 'Eleventy',
    yaml: 'title: The ferry\ntags:\n  - harbour\n  - "second tag"\n\n# A note\nauthor: Ana Ruiz\n',
  },
  {
    of: 'lists that are not indented',
    yaml: 'categories:\n- harbour\n- city\ntags: []\nurl: https://site.example/a#b\n',
  },
  {
    of: 'keys without values',
    yaml: 'title: The ferry\nsubtitle:\nimage: ~\nid: tag:site.example,2025:ferry\n',
  },
  { of: 'other scripts', yaml: 'title: "Übermorgen – 明日 🚢"\ndescription: Qu’est-ce ? Un bac\u00A0!\n' },
])('front matter as ordinary as this is plain: $of', ({ yaml }) => {
  expect(isTakenAlike(yaml)).toBe(true);
});

test.each([
  'title: A\n  second line\n',
  'title: A: b\n',
  'title: A # b\n',
  'title: |\n  A\n',
  'title: "A\\n"\n',
  'title: &a A\n',
  'title: !!str 1\n',
  'author:\n  name: Ana\n',
  'authors:\n  - name: Ana\n',
  'tags: [a, [b]]\n',
  'tags: {a: b}\n',
  'tags: [a,\n  b]\n',
  'tags: a\n- b\n',
  'tags:\n  - a\n  b\n',
  'a b: c\n',
  'title:A\n',
  'title: A\tb\n',
  '{"title": "A"}\n',
  '<<: *a\n',
  'A\n',
])('%j is left to the library', (source) => {
  expect(readPlainYaml(source, 4)).toBeUndefined();
});

test.each([
  { it: 'spaces', source: `title: a${' '.repeat(200_000)}b #` },
  { it: 'an open list', source: `tags: [${'a   '.repeat(50_000)}{]` },
  { it: 'commas', source: `tags: [${'a,'.repeat(100_000)}{]` },
  { it: 'quotation marks', source: `title: '${"''".repeat(100_000)}'x` },
  { it: 'strokes', source: `title: "${'\\\\'.repeat(50_000)}x` },
  { it: 'items', source: `tags:\n${'- a\n'.repeat(50_000)}x` },
])('as much as 200,000 characters of $it is found not to be plain', ({ source }) => {
  expect(readPlainYaml(source, 4)).toBeUndefined();
});
