import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Article, ArticleSource } from '../../src/article/article.ts';
import { readDate } from '../../src/article/seed/date.ts';
import { readDateline } from '../../src/article/seed/dateline.ts';
import { hostileLength, propertyRuns } from '../effort.ts';
import { articleOf, parse } from './seeds.ts';

/** Characters. Half of the length in a quarter of the time finds the same growth with the square of the length. */
const length = hostileLength / 2;
/** Far more than any of it needs, far less than a time that grows with the square of the length. */
const timeout = 15_000;

function hostileText(unit: string): string {
  return unit.repeat(Math.ceil(length / unit.length));
}

const shapes: { it: string; body: string }[] = [
  ...[
    'word ',
    'w',
    'paragraph\n\n',
    '\n',
    '\t',
    ' ',
    '\0',
    '&#1;',
    '<',
    '[',
    '![a',
    '[a](#) ',
    '[a](<',
    '[a](((',
    '```\n',
    '> - ',
    '- ',
    'a\n=\n',
    '|a',
    '<b>',
    '<b>a</i>',
    '<div>\n\n',
    '<li><td>',
    '<a href="#">a',
    '<a ',
    '<img>a',
    '<img src="javascript:a">',
    '<iframe src="https://a.example/">',
    '<svg><style>',
    '<math><mtext><p>',
    '<svg><foreignObject><div>',
    '<math><![CDATA[',
    'a[^a]\n\n[^a]: b\n\n',
    '<script>',
    '<script>\n\n',
    '<div><title>',
    '<div><xmp></xmp <',
    'a <title> ',
    'a <T>',
    'a <T>b</T>',
    '<h1>',
    '<div><h1>a\n\n',
    '<p hidden>',
    '<!--',
    '<!-- a -->\n\n',
    '<pre>\n\n',
    '<?',
    '日本',
    '👩‍👩‍👧‍👦',
    'e\u0301',
    '[^',
    'Id: a\n',
    'Id: <tag:a,1:b>\n\n',
    'Id:\n\n',
    'Id: <',
    'id***',
    '[^a',
    '[^a]',
    '^[',
    '[^a]: ',
    '[^a]: b\n\n',
    'a[^a] [^b]\n\n[^b]: c\n\n',
    '<iframe>',
    '<iframe src="https://a.example/">a</iframe>',
    '<a id="a" href="#a">',
    ' href=',
    'Source: ',
    'Original url:\n',
    'Source: https://a.example/\n\n',
    'Updated ',
    'February 25, 2025\n',
    'February 25, 2025\n\n',
    'Updated: 2025-02-30 | ',
  ].map((unit) => ({ it: JSON.stringify(unit), body: hostileText(unit) })),
  { it: 'references to a footnote', body: `[^a]: b\n\n${hostileText('[^a] ')}` },
  { it: 'references that do not end', body: `[^a]: b\n\n${hostileText('[^')}` },
  {
    it: 'footnotes',
    body: Array.from({ length: 30_000 }, (_, index) => `[^${index}]: [^${index + 1}] a [^${index % 7}]`).join('\n\n'),
  },
  {
    it: 'footnotes that nothing refers to',
    body: Array.from({ length: 50_000 }, (_, index) => `[^${index}]: a`).join('\n\n'),
  },
  { it: 'an unclosed fence', body: `\`\`\`\n${hostileText('code\n\n')}` },
  { it: '300,000 quotation marks', body: '>'.repeat(300_000) },
  {
    it: 'backtick runs that grow',
    body: Array.from({ length: 1400 }, (_, index) => '`'.repeat(index)).join(' '),
  },
  {
    it: 'lists that nest',
    body: Array.from({ length: 1400 }, (_, index) => `${' '.repeat(index)}- a`).join('\n'),
  },
  { it: 'a headline of spaces', body: `# ${hostileText(' ')}a` },
  { it: 'a headline of marks', body: `# a${hostileText(' #')}a` },
  { it: 'an unfinished thematic break', body: `${hostileText('- ')}a` },
  { it: 'a label with a long value', body: `Original url: ${hostileText('_')}a` },
  { it: 'a label above a long value', body: `Original url:\n\n${hostileText('_')}a` },
  { it: 'labels with values just short enough', body: `Source: [a](${' '.repeat(1990)}"\n\n`.repeat(500) },
  {
    it: 'link references',
    body: Array.from({ length: 30_000 }, (_, index) => `[${index}]: https://a.example/${index}`).join('\n'),
  },
  { it: 'a srcset of commas', body: `<img srcset="${hostileText('a,')}">` },
  { it: 'a srcset of spaces', body: `<img srcset="a${hostileText(' ')}b">` },
  { it: 'a srcset of digits', body: `<img src="/a.png" srcset="/a.png ${'1'.repeat(1_000_000)}, ">` },
  { it: 'an address of comments', body: `<img src="data:image/png,${hostileText('<!---->')}">` },
  { it: 'attributes', body: `<p ${hostileText('a ')}>` },
];

/** Parts of dates, in texts close to the longest that is read. */
const dateParts = fc.constantFrom(
  ' ',
  '  ',
  ',',
  '.',
  ':',
  '-',
  '–',
  '/',
  '|',
  '(',
  ')',
  '[',
  'T',
  'Z',
  '1',
  '12',
  '2025',
  'Feb',
  'May',
  'Mon',
  'Updated',
  'Published',
  'at',
  'on',
  'a.m.',
  'noon',
  'UTC',
  'Europe/',
  '+01',
  '*',
  '_',
  'the',
  'of',
  '\n',
);

/** Renders an article. A text may become longer HTML than an article may have. */
function rendered(source: ArticleSource | undefined): Partial<Article> | undefined {
  try {
    return source?.article();
  } catch (error) {
    expect(String(error)).toMatch(/^Error: line \d+: its HTML has more than 20000000 characters; split the article$/);
    return undefined;
  }
}

describe.each(shapes)('a hostile text of $it', ({ body }) => {
  test('is published as an article', { timeout }, () => {
    const { source, problems } = parse(`# T\n\n2025-02-25\n\n${body}`);
    const { summary = '', content = '' } = rendered(source) ?? {};
    expect([source !== undefined || problems.length > 0, summary.length <= 281, typeof content]).toEqual([
      true,
      true,
      'string',
    ]);
  });

  test('is searched for a headline and a date', { timeout }, () => {
    const { source, problems } = parse(`${body}\n\n# T\n\nsoon`);
    expect([
      source !== undefined || problems.length > 0,
      problems.every(({ line, column }) => line >= 1 && column >= 1),
    ]).toEqual([true, true]);
  });
});

describe('the longest text that may be a date', () => {
  const text = (longest: number) =>
    fc
      .array(dateParts, { minLength: longest / 2, maxLength: longest, size: 'max' })
      .map((parts) => parts.join('').slice(0, longest));

  test('is read at once', { timeout }, () => {
    fc.assert(
      fc.property(text(100), text(300), (date, dateline) => {
        readDate(date, 'UTC');
        readDateline(dateline, 'UTC');
      }),
      { numRuns: propertyRuns(5000) },
    );
  });

  test.each([
    ' ',
    '1',
    'a',
    '. ',
    ', ',
    '1 ',
    '1:',
    'Feb ',
    'a.m. ',
    'A/',
    '(',
    'Mon, ',
    'on ',
    '-',
    'updated ',
    '*',
    '|',
  ])('of repeated %j is not a date', { timeout }, (unit) => {
    const lines = `${unit.repeat(100).slice(0, 99)}x`;
    expect(readDate(lines, 'UTC')).toBeUndefined();
    expect(readDateline(`${unit.repeat(300).slice(0, 299)}x`, 'UTC')).toBeUndefined();
  });
});

test('a very long headline is a title', { timeout }, () => {
  expect(articleOf(`# ${hostileText('*a* ')}\n\n2025-02-25`).title.length).toBe(length / 2 - 1);
});
