import { describe, expect, test } from 'vitest';
import { canonicalUrl } from '../../../src/article/web-address.ts';
import { articleOf, PERMALINK, problemsOf, seedOf } from '../seeds.ts';

const URL = 'https://publisher.example/2025/02/25/slug';
const LEDE = 'The council met.';

/** Where an article first appeared, and what is left of its body. */
function original(seed: string): [id: string, permalink: string, content: string] {
  const { id, permalink, content } = articleOf(seed);
  return [id, permalink, content];
}

const taken = [URL, URL, `<p>${LEDE}</p>`];

/** The result if there is no original URL. */
function kept(seed: string): boolean {
  const { id, permalink } = articleOf(seed);
  return id === 'tag:site.example,2025:seed' && permalink === PERMALINK;
}

describe('an original URL becomes permalink and id and is removed from the body', () => {
  const labels = [
    'Original url:',
    'Original URL:',
    'ORIGINAL URL:',
    'Original url :',
    'Original link:',
    'Original article:',
    'Original address:',
    'Original URI:',
    'Source:',
    'source:',
    'Source URL:',
    'Source link:',
    'Originally published at:',
    'Originally published at',
    'Originally published on',
    'Originally published in',
    'Originally published',
    'Originally posted at',
    'Originally appeared on',
    '**Original url:**',
    '**Original url**:',
    '*Original url:*',
    '__Original url:__',
    '_Source_:',
    '**Originally published at**',
  ];
  const addresses = [`<${URL}>`, URL, `[Slug](${URL})`, `[the Slug](<${URL}> "Title")`, `**${URL}**`];

  describe.each(labels)('label %s', (label) => {
    test.each(addresses)('and %s behind it', (address) => {
      expect(original(seedOf(`${LEDE}\n\n${label} ${address}`))).toEqual(taken);
    });
  });

  test.each(labels.filter((label) => /url|source:|published at:/i.test(label)))('%s may be above it', (label) => {
    const seeds = addresses.flatMap((address) => [
      `${LEDE}\n\n${label}\n${address}`,
      `${LEDE}\n\n${label}\n\n${address}`,
      `${LEDE}\n\n   ${label}  \n\n\n  ${address}`,
    ]);
    expect(seeds.map((body) => original(seedOf(body)))).toEqual(seeds.map(() => taken));
  });

  test.each([
    { it: 'emphasis around all', line: `**Original url: <${URL}>**` },
    { it: 'italics around all', line: `*Original url: ${URL}*` },
    { it: 'underscores around all', line: `_Source: [here](${URL})_` },
    { it: 'a full stop at the end', line: `Originally published at ${URL}.` },
    { it: 'a full stop after brackets', line: `Originally published at <${URL}>.` },
    { it: 'a link over two lines', line: `Original url: [The\nSlug](${URL})` },
    { it: 'an address in capitals', line: `Original url: HTTPS://PUBLISHER.example/2025/02/25/slug` },
    { it: 'a default port', line: 'Original url: https://publisher.example:443/2025/02/25/slug' },
  ])('with $it', ({ line }) => {
    expect(original(seedOf(`${LEDE}\n\n${line}`))).toEqual(taken);
  });

  test('is spelled as URLs are', () => {
    expect(articleOf(seedOf('Original url: https://bücher.example/über uns'.replace(' uns', ''))).id).toBe(
      'https://xn--bcher-kva.example/%C3%BCber',
    );
  });

  test('without a path has one', () => {
    expect(articleOf(seedOf(`${LEDE}\n\nOriginal url: https://publisher.example`)).permalink).toBe(
      'https://publisher.example/',
    );
  });
});

describe('its place is free', () => {
  test.each([
    { it: 'before the headline', seed: `Original url: ${URL}\n\n# T\n\n2025-02-25\n\n${LEDE}\n` },
    { it: 'between headline and dateline', seed: `# T\n\nSource: ${URL}\n\n2025-02-25\n\n${LEDE}\n` },
    { it: 'under the dateline', seed: `# T\n\n2025-02-25\n\nSource: <${URL}>\n\n${LEDE}\n` },
    {
      it: 'at the end without a line feed',
      seed: `# T\n\n2025-02-25\n\n${LEDE}\n\nOriginal url:\n\n<${URL}>`,
    },
    { it: 'in the last line of a paragraph', seed: `# T\n\n2025-02-25\n\n${LEDE}\nOriginal url: <${URL}>\n` },
    {
      it: 'in the last two lines of a paragraph',
      seed: `# T\n\n2025-02-25\n\n${LEDE}\nOriginal url:\n${URL}\n`,
    },
    {
      it: 'above other lines of its paragraph',
      seed: `# T\n\n2025-02-25\n\nOriginal url: ${URL}\n${LEDE}\n`,
    },
  ])('$it', ({ seed }) => {
    expect(original(seed)).toEqual(taken);
  });

  test('in the middle', () => {
    expect(original(seedOf(`${LEDE}\n\nMore.\n\nOriginal url: ${URL}\n\nThe end.`))).toEqual([
      URL,
      URL,
      `<p>${LEDE}</p>\n<p>More.</p>\n<p>The end.</p>`,
    ]);
  });
});

describe('what only looks like a label stays in the body', () => {
  test.each([
    'Source: Reuters',
    'Source: Harbor Wire, reporting by Ana Ruiz',
    'Source: publisher.example',
    'Sources: https://publisher.example/a',
    'Source https://publisher.example/a',
    'Original articles are rare.',
    'Original article',
    'Originally published in The Harbor.',
    'Originally published in: The Harbor',
    'Originally published: February 20, 2025',
    'Originally published: 2025-02-20',
    'Original article: see the print edition',
    'Originally published February 20, 2025, at the Harbor.',
    'The original url: https://publisher.example/a',
    'Originality: https://publisher.example/a',
    'Originally published at the same time as https://publisher.example/a',
  ])('%s', (line) => {
    const seed = seedOf(`${LEDE}\n\n${line}`);
    expect([kept(seed), problemsOf(seed), articleOf(seed).content.includes(line.slice(0, 6))]).toEqual([
      true,
      [],
      true,
    ]);
  });

  test('"Source:" with an address in the middle of an article', () => {
    const seed = seedOf(`${LEDE}\n\nMore.\n\nSource: ${URL}\n\nThe end.`);
    expect([kept(seed), articleOf(seed).content]).toEqual([true, expect.stringContaining('Source: ')]);
  });

  test.each([
    { it: 'a fence', block: `\`\`\`\nOriginal url: ${URL}\n\nOriginal url:\n\n<${URL}>\n\`\`\`` },
    { it: 'an unclosed fence', block: `~~~\n\nOriginal url: ${URL}` },
    { it: 'indented code', block: `    Original url: ${URL}` },
    { it: 'a quotation', block: `> Original url: ${URL}` },
    { it: 'a list', block: `- Original url: ${URL}\n\n  Original url: ${URL}` },
    { it: 'a comment', block: `<!--\n\nOriginal url: ${URL}\n\n-->` },
    { it: 'a table', block: `| Original url: | ${URL} |\n|---|---|` },
  ])('a label in $it', ({ block }) => {
    expect(kept(seedOf(`${LEDE}\n\n${block}`))).toBe(true);
  });

  test('a label above code', () => {
    const seed = seedOf(`${LEDE}\n\nOriginal article\n\n\`\`\`\n${URL}\n\`\`\``);
    expect(kept(seed)).toBe(true);
  });
});

describe('a value that is not an address is an error', () => {
  const expected = (line: number, column: number, got: string) => [
    `seeds/seed.txt:${line}:${column}: error: expected an address that begins with https:// after the label, got ${JSON.stringify(got)} (bad-original-url)`,
  ];
  test.each([
    { input: 'Original url: soon', out: expected(5, 15, 'soon') },
    { input: 'Original url: not known yet', out: expected(5, 15, 'not known yet') },
    { input: 'Original link: not known yet', out: expected(5, 16, 'not known yet') },
    { input: 'Original url: publisher.example/a', out: expected(5, 15, 'publisher.example/a') },
    { input: 'Original url: <publisher.example/a>', out: expected(5, 15, '<publisher.example/a>') },
    { input: 'Original url: /2025/a', out: expected(5, 15, '/2025/a') },
    { input: 'Original url: ftp://publisher.example/a', out: expected(5, 15, 'ftp://publisher.example/a') },
    { input: 'Original url: [x](javascript:alert(1))', out: expected(5, 15, '[x](javascript:alert(1))') },
    { input: 'Original url: [x](#)', out: expected(5, 15, '[x](#)') },
    { input: 'Original url: https://', out: expected(5, 15, 'https://') },
    { input: 'Original url: https://a b', out: expected(5, 15, 'https://a b') },
    { input: 'Original url:', out: expected(5, 14, '') },
    { input: 'Original url:\n\n  nowhere', out: expected(7, 3, 'nowhere') },
    { input: '  **Original url:**\n  nowhere', out: expected(6, 3, 'nowhere') },
    { input: 'Originally published: publisher.example', out: expected(5, 23, 'publisher.example') },
    { input: 'Originally published at: publisher.example', out: expected(5, 26, 'publisher.example') },
    { input: 'Originally published at <publisher.example>', out: expected(5, 25, '<publisher.example>') },
  ])('$input', ({ input, out }) => {
    expect(problemsOf(seedOf(input).trimEnd())).toEqual(out);
  });

  test('each of them is reported', () => {
    expect(problemsOf(seedOf('Original url: one\n\nOriginal url: two'))).toEqual([
      ...expected(5, 15, 'one'),
      ...expected(7, 15, 'two'),
    ]);
  });
});

describe('of two original URLs', () => {
  test('the last one is used, with a warning at its position', () => {
    const seed = seedOf(`Original url: https://a.example/1\n\n${LEDE}\n\nOriginal url: ${URL}`);
    expect([original(seed), problemsOf(seed)]).toEqual([
      taken,
      [
        'seeds/seed.txt:9:15: warning: a second original URL; this one is used, so delete the other (two-original-urls)',
      ],
    ]);
  });

  test('that are the same, both leave the body without a warning', () => {
    const seed = seedOf(`Source: ${URL}\n\n${LEDE}\n\nOriginal url: <${URL}>`);
    expect([original(seed), problemsOf(seed)]).toEqual([taken, []]);
  });
});

describe('canonicalUrl', () => {
  test.each([
    { input: 'https://Publisher.Example', out: 'https://publisher.example/' },
    { input: 'http://publisher.example:80/a/../b', out: 'http://publisher.example/b' },
    { input: 'https://publisher.example/a?b=c d#e', out: 'https://publisher.example/a?b=c%20d#e' },
    { input: '//publisher.example/a', out: undefined },
    { input: 'publisher.example', out: undefined },
    { input: 'mailto:a@publisher.example', out: undefined },
    { input: 'javascript:alert(1)', out: undefined },
    { input: 'https://', out: undefined },
    { input: 'https://a b/', out: undefined },
    { input: '', out: undefined },
  ])('$input → $out', ({ input, out }) => {
    expect(canonicalUrl(input)).toBe(out);
  });
});

describe('an address is unescaped as in Markdown and becomes a URI', () => {
  test.each([
    {
      input: '<https://publisher.example/a|b^c`d{e}?x=[1]>',
      out: 'https://publisher.example/a%7Cb%5Ec%60d%7Be%7D?x=%5B1%5D',
    },
    { input: '<https://publisher.example/100%>', out: 'https://publisher.example/100%25' },
    { input: '<https://[2001:db8::1]/a>', out: 'https://[2001:db8::1]/a' },
    { input: '[here](https://publisher.example/?a=1&amp;b=2)', out: 'https://publisher.example/?a=1&b=2' },
    { input: 'https://publisher.example/a\\_b', out: 'https://publisher.example/a_b' },
    { input: '<https://name:secret@publisher.example/a>', out: 'https://publisher.example/a' },
  ])('$input', ({ input, out }) => {
    expect(articleOf(seedOf(`${LEDE}\n\nOriginal url: ${input}`)).id).toBe(out);
  });
});

test('a source may precede a credit at the end', () => {
  const seed = seedOf(`${LEDE}\n\nMore.\n\nMore.\n\nSource: <${URL}>\n\n*Harbor Wire contributed reporting.*`);
  expect(articleOf(seed).id).toBe(URL);
});

test.each([
  `This story was originally published at ${URL}`,
  `Original URL – ${URL}`,
  `> Original url: ${URL}`,
  `- Original url: <${URL}>`,
])('an unreadable original URL gets a warning: %s', (line) => {
  const problems = problemsOf(seedOf(`${LEDE}\n\n${line}\n\nMore.`));
  expect(problems.join()).toMatch(/:\d+:\d+: warning: .* \(missed-original-url\)$/);
});
