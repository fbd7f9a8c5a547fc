import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Article } from '../../../src/article/article.ts';
import type { LocalFile } from '../../../src/article/find-local-file.ts';
import { type ParsedSeed, type ParseOptions, parseSeed } from '../../../src/article/parse.ts';
import { formatProblem } from '../../../src/article/problem.ts';
import { isThorough, propertyRuns } from '../../effort.ts';

const options: ParseOptions = {
  timezone: 'UTC',
  articleUrl: (slug) => `https://site.example/articles/${slug}`,
  mintId: (slug) => `tag:site.example,2025:${encodeURIComponent(slug)}`,
};

function parse(text: string, path = 'posts/a-post.md', more: Partial<ParseOptions> = {}): ParsedSeed {
  return parseSeed({ path, text }, { ...options, ...more });
}

function articleOf(text: string, path?: string, more?: Partial<ParseOptions>): Article {
  const { source, problems } = parse(text, path, more);
  if (source === undefined) throw new Error(`no article: ${problems.map(formatProblem).join('\n')}`);
  return source.article();
}

function problemsOf(text: string, path = 'a.md', more: Partial<ParseOptions> = {}): string[] {
  return parse(text, path, more).problems.map(formatProblem);
}

/** An article with these lines of YAML besides title and date. */
const yaml = (...lines: string[]): string => ['---', 'title: A', 'date: 2025-02-25', ...lines, '---', 'B'].join('\n');
const toml = (...lines: string[]): string =>
  ['+++', 'title = "A"', 'date = 2025-02-25', ...lines, '+++', 'B'].join('\n');

describe('front matter is', () => {
  const expected = {
    title: 'A: b',
    published: '2025-02-25T10:30:00Z',
    tags: ['x', 'y'],
    content: '<p>B</p>',
  };
  test.each([
    { it: 'YAML', text: '---\ntitle: "A: b"\ndate: 2025-02-25T11:30:00+01:00\ntags: [x, y]\n---\nB' },
    { it: 'YAML that dots end', text: '---\ntitle: "A: b"\ndate: 2025-02-25 10:30\ntags: [x, y]\n...\nB' },
    {
      it: 'indented YAML',
      text: '---\n title: "A: b"\n date: 2025-02-25 10:30\n tags:\n  - x\n  - y\n---\nB',
    },
    {
      it: 'YAML under a comment',
      text: '---\n# hello\n\ntitle: "A: b"\ndate: 2025-02-25 10:30\ntags: x y\n---\nB',
    },
    {
      it: 'YAML with Windows line ends',
      text: '---\r\ntitle: "A: b"\r\ndate: 2025-02-25 10:30\r\ntags: x, y\r\n---\r\nB',
    },
    {
      it: 'YAML after a byte order mark',
      text: '\uFEFF---\ntitle: "A: b"\ndate: 2025-02-25 10:30\ntags: x, y\n---\nB',
    },
    { it: 'TOML', text: '+++\ntitle = "A: b"\ndate = 2025-02-25T11:30:00+01:00\ntags = ["x", "y"]\n+++\nB' },
    {
      it: 'TOML with taxonomies',
      text: '+++\ntitle = "A: b"\ndate = 2025-02-25 10:30:00\n[taxonomies]\ntags = ["x"]\ncategories = ["y"]\n+++\nB',
    },
    {
      it: 'JSON',
      text: '{\n\t"title": "A: b",\n\t"date": "2025-02-25T10:30:00Z",\n\t"tags": ["x", "y"]\n}\nB',
    },
    {
      it: 'JSON between hyphens',
      text: '---json\n{"title": "A: b", "date": "2025-02-25T10:30:00Z", "tags": ["x", "y"]}\n---\nB',
    },
    {
      it: 'JSON between semicolons',
      text: ';;;\n{"title": "A: b", "date": "2025-02-25T10:30:00Z", "tags": ["x", "y"]}\n;;;\nB',
    },
    {
      it: 'JSON without braces between semicolons',
      text: ';;;\n"title": "A: b",\n"date": "2025-02-25T10:30:00Z",\n"tags": ["x", "y"]\n;;;\nB',
    },
    {
      it: 'JSON between plain hyphens',
      text: '---\n{"title": "A: b", "date": "2025-02-25T10:30:00Z", "tags": ["x", "y"]}\n---\nB',
    },
    {
      it: 'YAML under its name',
      text: '--- yml\r\ntitle: "A: b"\r\ndate: 2025-02-25 10:30\r\ntags: x, y\r\n---\r\nB',
    },
    {
      it: 'YAML below blank lines',
      text: '\uFEFF\n \r\n\n---\ntitle: "A: b"\ndate: 2025-02-25 10:30\ntags: x, y\n---\nB',
    },
    {
      it: 'YAML below a blank line and a byte order mark',
      text: '\n\uFEFF---\ntitle: "A: b"\ndate: 2025-02-25 10:30\ntags: x, y\n---\nB',
    },
    {
      it: 'YAML whose quoted texts are not indented',
      text: `---\ntags:\n- "x"\n- 'y'\ntitle: "A:\nb" # so\nmore: 'it''s\n\n  so: "on"\n- c'\ndate: 2025-02-25 10:30\n---\nB`,
    },
    {
      it: 'YAML whose lists in brackets are not indented',
      text: '---\ntags: [ # a]b\n"x",\n\ty, # ]\n]\nmore: {\n\ta: [b\n], "c]": \'d}\',\n}\ntitle: "A: b"\ndate: 2025-02-25 10:30\n---\nB',
    },
    {
      it: 'metadata lines of Pelican',
      text: 'Title: A: b\nDate: 2025-02-25 10:30\nCategory: y\nTags: x\nAuthors: C, D\n\nB',
    },
    {
      it: 'metadata lines of MultiMarkdown',
      text: 'Title:  A:\n        b\r\nAuthor: C\r\nDate:   2025-02-25 10:30\r\nTags:   x,\n\ty\r\n\r\nB',
    },
    {
      it: 'TOML between hyphens',
      text: '---toml\ntitle = "A: b"\ndate = 2025-02-25T10:30:00Z\ntags = ["x", "y"]\n---\nB',
    },
  ])('$it', ({ text }) => {
    expect(articleOf(text)).toMatchObject(expected);
  });

  test.each([
    '---\n\n# A\n\n2025-02-25\n\nB\n\n---\n\nC',
    '---\n\nBefore it: nothing.\n\n# A\n\n2025-02-25\n\nB',
    '{ "x" }\n\n# A\n\n2025-02-25\n\nB',
    '\n\n---\n\n# A\n\n2025-02-25\n\nB\n\n---\n\nC',
    'Date: 2025-02-25\n\n# A\n\nB',
    '2025-02-25\n\n# A\n\nTitle: B\nDate: 2025-02-26\n\nB',
    'Title and date: B\nso on.\n\n# A\n\n2025-02-25\n\nB',
    'Date: 2025-02-25\nUpdated: 2025-02-26\n\n# A\n\nB',
    '---boats\n\n# A\n\n2025-02-25\n\nB',
    ';;;\n\n# A\n\n2025-02-25\n\nB',
  ])('not what only begins like it: %j', (text) => {
    expect(articleOf(text)).toMatchObject({ title: 'A', published: '2025-02-25T00:00:00Z' });
  });
});

test('metadata lines name several authors, and without a date they make a page', () => {
  const lines =
    'Title: F\nSlug: ferry\nDate: 2023-05-06 09:30\nAuthors: Doe, Jane; Desk\nid: "tag:a.example,2023:f"\n\nB\n\n## C\n';
  expect(articleOf(lines)).toMatchObject({
    title: 'F',
    slug: 'ferry',
    id: 'tag:a.example,2023:f',
    authors: [{ name: 'Doe, Jane' }, { name: 'Desk' }],
  });
  expect(parse('Title: F\nAuthor: Ana\n\n# C\n\nB')).toMatchObject({ problems: [{ code: 'page' }] });
});

test('a title has no character that XML forbids', () => {
  expect(articleOf('---\ntitle: A &#7;B &amp; C\ndate: 2025-02-25\n---\nB').title).toBe('A B & C');
});

test('an author is named once', () => {
  expect(articleOf(yaml('authors: [A B, a b, {name: A B, url: "https://a.example/"}, C]')).authors).toEqual([
    { name: 'A B', url: 'https://a.example/' },
    { name: 'C' },
  ]);
});

describe('front matter that is wrong is an error at its place', () => {
  test.each(['js', 'javascript', 'coffee', 'JS'])('a program, ---%s', (language) => {
    expect(problemsOf(`\n---${language}\n{\ntitle:"A",date:"2026-01-02"}\n---\nB`)).toEqual([
      `a.md:2:1: error: front matter in ${language} is not read; write it in YAML between two lines of three hyphens (bad-front-matter)`,
    ]);
  });

  test.each([
    {
      text: '---\ntitle: [a\ndate: 2025-02-25\n---\nB',
      place: /^a\.md:\d:\d+: error: .* \(bad-front-matter\)$/,
    },
    { text: '---\ntitle: A\nB: "\n---\nC', place: /^a\.md:[34]:\d+: error: .* \(bad-front-matter\)$/ },
    { text: '+++\ntitle = "A"\ndate = soon\n+++\nB', place: /^a\.md:3:8: error: .* \(bad-front-matter\)$/ },
    { text: '+++\ntitle = "A"\ntitle = "B"\n+++\nB', place: /^a\.md:3:1: error: .* \(bad-front-matter\)$/ },
    {
      text: '---\ntitle: A\n\nB',
      place: /^a\.md:1:1: error: the front matter .* has no end.* \(bad-front-matter\)$/,
    },
    {
      text: '+++\ntitle = "A"',
      place: /^a\.md:1:1: error: the front matter .* has no end.* \(bad-front-matter\)$/,
    },
    {
      text: '{"title": "A"',
      place: /^a\.md:1:1: error: the front matter .* has no end.* \(bad-front-matter\)$/,
    },
  ])('$text', ({ text, place }) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(place)]);
  });

  const colon = 'the value of "title" has a colon in it; put it in quotation marks: title: ';
  const more = 'more text follows the value, which YAML does not allow; put it in quotation marks: ';
  const noKey = 'is not a key with a value; write a key, a colon, a space and the value, such as title: "Ferry back"';
  const quotes = 'the quotation mark that opens here is never closed; write another ';
  test.each([
    ['title: Ferry: back', '2:8', `${colon}"Ferry: back"`],
    ['title: Say: "hi" # note', '2:8', `${colon}'Say: "hi"'`],
    ['title: It\'s: "so"', '2:8', `${colon}'It''s: "so"'`],
    [`title: ${'long '.repeat(20)}: b`, '2:8', `${colon}"…"`],
    ['title: "A" and "B"', '2:12', `${more}title: '"A" and "B"'`],
    ["title: 'A' and 'B'", '2:12', `${more}title: "'A' and 'B'"`],
    ['title: "Daily', '2:8', `${quotes}" at the end of the text`],
    ['title: "a \\" b', '2:8', `${quotes}" at the end of the text`],
    ["title: 'Daily", '2:8', `${quotes}' at the end of the text`],
    [
      'title: @home',
      '2:8',
      'YAML does not read a value that begins with @ as text; put it in quotation marks: title: "@home"',
    ],
    [
      'title: & co',
      '2:8',
      'YAML does not read a value that begins with & as text; put it in quotation marks: title: "& co"',
    ],
    [
      'title: *News* of the day\ndate: 2026-01-01',
      '2:8',
      'YAML does not read a value that begins with * as text; put it in quotation marks: title: "*News* of the day"',
    ],
    [
      'title: *News*\ndate: 2026-01-01',
      '2:8',
      'YAML does not read a value that begins with * as text; put it in quotation marks: title: "*News*"',
    ],
    ['title: "a" b', '2:12', `${more}title: '"a" b'`],
    ["title: 'it's'", '2:12', `${more}title: "it's"`],
    ['title: [a](b)', '2:11', `${more}title: "[a](b)"`],
    ['title: A\ndate:2026-01-01', '3:1', 'a space is missing after the colon; write date: 2026-01-01'],
    ['title: A\ndate 2026\ntags: x', '3:1', `"date 2026" ${noKey}`],
    ['title: A\ndate 2026', '3:1', `"date 2026" ${noKey}`],
    [
      'title: A\n  date: 2026-01-01',
      '3:3',
      'this line is indented further than the key above it, which already has a value; align it with that key',
    ],
    [
      '\ttitle: A\ndate: 2026-01-01',
      '2:1',
      'this line begins with a tab, which YAML does not allow; use spaces, or nothing',
    ],
    [
      'title: A\ntags: - b',
      '3:7',
      'a list begins below its key, with one hyphen a line, or is written in brackets: tags: [b]',
    ],
    [
      'title: A\ntags: [b, c\ndate: x',
      '3:7',
      'the [ that opens here is never closed; write ] at the end, or put the value in quotation marks if it is text',
    ],
  ])('with what to write in YAML: %j', (written, place, message) => {
    const found = problemsOf(`---\n${written}\n---\nB`);
    expect(found).toEqual([`a.md:${place}: error: ${message} (bad-front-matter)`]);
  });

  test('with what to write where values are nested too deeply', () => {
    // How deep the parser comes depends on the machine, and so does the column.
    expect(problemsOf(`---\ntitle: A\ntags: ${'['.repeat(20_000)}\n---\nB`)).toEqual([
      expect.stringMatching(
        /^a\.md:3:\d+: error: the values are nested too deeply; write fewer brackets in each other \(bad-front-matter\)$/,
      ),
    ]);
  });

  const inToml = 'if it is text, put it in quotation marks: title = ';
  const equals = 'is not a key with a value; TOML puts "=" between the two, and text in quotation marks: ';
  test.each([
    ['title = F', '2:9', `"F" is not a TOML value; ${inToml}"F"`],
    ['title = “F”', '2:9', `"“F”" is not a TOML value; ${inToml}"F"`],
    ['title = A "b" c', '2:9', `"A \\"b\\" c" is not a TOML value; ${inToml}'A "b" c'`],
    ['title = "a" b', '2:13', `"\\"a\\" b" is not a TOML value; ${inToml}'"a" b'`],
    ['title: Ferry', '2:6', `"title: Ferry" ${equals}title = "Ferry"`],
    ['title: "Ferry"', '2:6', `"title: \\"Ferry\\"" ${equals}title = "Ferry"`],
    ['title = "Ferry', '2:9', `${quotes}" at the end of the text`],
    ['title = ', '2:8', '"title" has no value; write one, or delete the key'],
    ['title = "a"\ntitle = "b"', '3:1', '"title" is set here a second time; delete one of the two'],
    ['date = 2026-13-01', '2:17', 'there is no such date as "2026-13-01"; correct it'],
    ['draft = True', '2:9', 'write true in lower case'],
    [
      'tags = ["a", "b"',
      '2:8',
      'the [ that opens here is never closed; write ] at the end, or put the value in quotation marks if it is text',
    ],
    ['tags = [a, b]', '2:9', 'Unexpected character; in lists put text in quotation marks and commas between'],
  ])('and in TOML: %j', (written, place, message) => {
    const found = problemsOf(`+++\n${written}\n+++\nB`);
    expect(found).toEqual([`a.md:${place}: error: ${message} (bad-front-matter)`]);
  });

  test('and if it is never closed', () => {
    expect(problemsOf(yaml(`x: ${'y'.repeat(200_000)}`))).toEqual([
      expect.stringMatching(/^a\.md:1:1: error: .*longer/),
    ]);
  });
});

describe('the date of expiry', () => {
  const expiryOf = (text: string): string | undefined => articleOf(text).expires;
  test.each([
    'expiryDate: 2026-03-01',
    'expirydate: 2026-03-01T00:00:00Z',
    'ExpiryDate: "2026-03-01 01:00 +01:00"',
    'expiry_date: 2026-03-01',
    'expires: March 1, 2026',
    'expire-date: 2026-03-01',
    'expiration_date: 2026-03-01',
    'expires_at: 2026-03-01',
    'expires_on: 2026-03-01',
    'unpublishDate: 2026-03-01',
    'unpublishdate: 20260301',
    'unpublish_date: 2026-03-01',
    'unpublish_at: 2026-03-01',
    'unpublish_on: 2026-03-01',
    'expiryDate: 2026-04-01\nexpires: 2026-03-01\nunpublish_on: 2026-05-01',
    'expires: never\nunpublish_on: 2026-03-01',
    'expiry: 2026-03-01',
    'expire_on: 2026-03-01',
    'expiration_time: 2026-03-01',
    'unpublish: 2026-03-01',
    'unpublishedAt: 2026-03-01',
    'publish_until: 2026-03-01',
    'visible-until: 2026-03-01',
    'publish_down: 2026-03-01',
    'remove_on: 2026-03-01',
    'expired: 2026-03-01',
    'expired: false\nwithdrawn: 2026-03-01',
    'extra: { expires: 2026-03-01 }',
    'params:\n  publishUntil: 2026-03-01',
  ])('is read in YAML: %s', (lines) => {
    for (const text of [yaml(lines), yaml(lines).replaceAll('\n', '\r\n')])
      expect(expiryOf(text)).toBe('2026-03-01T00:00:00Z');
  });

  test('is read in TOML and JSON, in the zone of the publication', () => {
    const zone = { timezone: 'Europe/Berlin' };
    const texts = [
      toml('expiryDate = 2026-03-01'),
      toml('unpublish_date = "2026-03-01"'),
      '{"title": "A", "date": "2025-02-25", "expires": "2026-03-01"}\nB',
    ];
    for (const text of texts) expect(articleOf(text, undefined, zone).expires).toBe('2026-02-28T23:00:00Z');
  });

  test.each([
    'expires:',
    'expires: ""',
    'expires: ~',
    'expires: null',
    'expires: never',
    'expires: false',
    'expires: no',
    'expiryDate: 0001-01-01T00:00:00Z',
    'expiryDate: 0001-01-01',
  ])('is none with %j', (line) => {
    expect(problemsOf(yaml(line))).toEqual([]);
    expect(articleOf(yaml(line))).not.toHaveProperty('expires');
  });

  test.each([
    [
      'expires: soon',
      'a.md:4:10: error: expected the date on which it expires, got "soon"; write it like 2025-02-25, or remove it if the article never expires (bad-date)',
    ],
    [
      'expires: true',
      'a.md:4:10: error: expected the date on which it expires, got "true"; write it like 2025-02-25, or remove it if the article never expires (bad-date)',
    ],
    [
      'expiryDate: 2026-02-30',
      'a.md:4:13: error: expected the date on which it expires, got "2026-02-30": there is no such day (bad-date)',
    ],
    [
      'unpublish_on: [2026-02-20]',
      'a.md:4:15: error: expected the date on which it expires, got a list; write it like 2025-02-25, or remove it if the article never expires (bad-date)',
    ],
    [
      'expires: 03/04/2026',
      'a.md:4:10: error: expected the date on which it expires, got "03/04/2026": the day or the month can come first; write 2026-04-03 or 2026-03-04 (ambiguous-date)',
    ],
  ])('is an error if it can not be read, since the article would stay for good: %s', (line, problem) => {
    expect(problemsOf(yaml(line))).toEqual([problem]);
    expect(parse(yaml(line)).source).toBeUndefined();
  });

  test.each(['2025-02-24', '2025-02-25'])('keeps an article out that expires on %s, before it is published', (day) => {
    const text = yaml(`expiryDate: ${day}`);
    expect(parse(text).source).toBeUndefined();
    expect(problemsOf(text)).toEqual([
      `a.md:4:13: warning: expires ${day}T00:00:00Z, not after it is published, 2025-02-25T00:00:00Z, so it never appears; correct one of the two (expires-before-published)`,
    ]);
  });

  test('is left out of a draft', () => {
    expect(parse(yaml('draft: true', 'expires: 2026-03-01'))).toEqual({ problems: [] });
  });
});

describe('a wrong value is reported at its own line and column', () => {
  test.each([
    [['date: soon'], 'a.md:4:7: error: expected a date, got "soon"; write it like 2025-02-25 (bad-date)'],
    [['date: 2025-02-30'], 'a.md:4:7: error: expected a date, got "2025-02-30": there is no such day (bad-date)'],
    [
      ['date: 03/04/2025'],
      'a.md:4:7: error: expected a date, got "03/04/2025": the day or the month can come first; write 2025-04-03 or 2025-03-04 (ambiguous-date)',
    ],
    [['date: [2025-02-25]'], 'a.md:4:7: error: expected a date, got a list; write it like 2025-02-25 (bad-date)'],
    [['title: [A]'], 'a.md:4:8: error: title: expected text, got a list (wrong-value)'],
    [
      ['withdrawn: { date: 2099-03-01, reason: [Made up.] }'],
      'a.md:4:40: warning: withdrawn.reason: expected text, got a list; it is left out (wrong-value)',
    ],
    [['draft: maybe'], 'a.md:4:8: error: draft: expected true or false, got "maybe" (wrong-value)'],
    [
      ['date: 0001-01-01T00:00:00Z'],
      'a.md:4:7: warning: 0001-01-01T00:00:00Z is hardly the day on which the article was published; correct the date (bad-date)',
    ],
    [['updated: soon'], 'a.md:4:10: warning: expected a date, got "soon"; it is left out (bad-date)'],
    [
      ['language:  Klingon'],
      'a.md:4:12: warning: language: expected a language tag such as en or pt-BR, got "Klingon"; it is left out (wrong-value)',
    ],
    [
      ['content: half'],
      'a.md:4:10: warning: content: expected "full" or "summary", got "half"; it is left out (wrong-value)',
    ],
    [
      ['authors:', '  - name: Ana', '  - email: a@b.example'],
      'a.md:6:5: warning: authors: expected a name, or a map of name, email and url, got a map without a name; it is left out (wrong-value)',
    ],
    [
      ['url: https://'],
      'a.md:4:6: warning: expected an address that begins with https://, got "https://"; it is left out (bad-original-url)',
    ],
    [
      ['authors: [{name: Bob, email: "bob@x.example?subject=RSS"}]'],
      'a.md:4:30: warning: email: expected a mail address such as ana@daily.example, got "bob@x.example?subject=RSS"; it is left out (wrong-value)',
    ],
    [
      ['author: Bob <bob at x>'],
      'a.md:4:9: warning: email: expected a mail address such as ana@daily.example, got "bob at x"; it is left out (wrong-value)',
    ],
    [
      ['authors: [{name: Bob, url: bob.example}]'],
      'a.md:4:28: warning: url: expected an address that begins with https://, got "bob.example"; it is left out (wrong-value)',
    ],
    [
      ['url: https://old.example/a b'],
      'a.md:4:6: warning: url: "https://old.example/a b" has white space in it; write %20 in its place (wrong-value)',
    ],
    [
      ['canonical_url: |', '  https://old.example/a', '  x'],
      'a.md:4:16: warning: expected an address that begins with https://, got "https://old.example/a x"; it is left out (wrong-value)',
    ],
    [
      ['image: |', '  https://cdn.example/x.jpg', '  https://cdn.example/y.jpg'],
      'a.md:4:8: warning: image: expected an address, or the path of a file beside the article, got "https://cdn.example/x.jpg https://cdn.example/y.jpg"; it is left out (wrong-value)',
    ],
    [
      ['enclosure: "https://cdn.example/a b.mp3"'],
      'a.md:4:12: warning: enclosure: expected an address, or the path of a file beside the article, got "https://cdn.example/a b.mp3"; it is left out (wrong-value)',
    ],
    [
      ['enclosure: {url: /a.mp3, duration: long}'],
      'a.md:4:36: warning: duration: expected seconds, or hours, minutes and seconds as in 1:02:03, got "long"; it is left out (wrong-value)',
    ],
    [
      ['date: Mon, 25 Feb 2025'],
      'a.md:4:7: warning: "Mon, 25 Feb 2025" is not a Mon; the date is used, so correct the weekday ("dateline check --fix" can do it) (wrong-weekday)',
    ],
  ])('%j', (lines, problem) => {
    const others = ['title: A', 'date: 2025-02-25'].map((other) =>
      lines.some((line) => line.startsWith(other.slice(0, 5))) ? '#' : other,
    );
    expect(problemsOf(['---', ...others, ...lines, '---', 'B'].join('\n'))).toEqual([problem]);
  });

  test.each([
    [
      ['title: F', 'date: 2025-02-25', 'title: G'],
      'G',
      'a.md:2:1: warning: "title" is set here and again in line 4, which is used; delete one of them (bad-front-matter)',
    ],
    [
      ['title: F', 'date: 2025-02-25', 'Title:'],
      'F',
      'a.md:4:1: warning: "Title" is set here and again in line 2, which is used; delete one of them (bad-front-matter)',
    ],
    [
      ['title: F', 'date: 2025-02-25', 'extra:', '  image: /a.png', '  image: /b.png'],
      'F',
      'a.md:5:3: warning: "image" is set here and again in line 6, which is used; delete one of them (bad-front-matter)',
    ],
  ])('and a duplicate key, with the one that is used: %j', (lines, title, problem) => {
    const text = ['---', ...lines, '---', 'B'].join('\n');
    expect(problemsOf(text)).toEqual([problem]);
    expect(articleOf(text).title).toBe(title);
  });

  test('in JSON, too', () => {
    expect(problemsOf('{"title": "F", "date": "2025-02-25",\n "title": "G"}\nB')).toEqual([
      'a.md:1:2: warning: "title" is set here and again in line 2, which is used; delete one of them (bad-front-matter)',
    ]);
  });

  test('in TOML, too', () => {
    expect(problemsOf('+++\ntitle = "A"\n\n  date = "soon"\n+++\nB')).toEqual([
      'a.md:4:10: error: expected a date, got "soon"; write it like 2025-02-25 (bad-date)',
    ]);
  });

  test('but an invalid date is only a warning if the path has a date', () => {
    const { source, problems } = parse('---\ntitle: A\ndate: soon\n---\nB', '2025-02-25-a.md');
    expect(source?.head.published).toBe('2025-02-25T00:00:00Z');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'bad-date', line: 3, column: 7 }]);
  });

  test('and what is unknown is nobody’s business', () => {
    expect(problemsOf(yaml('layout: post', 'weight: 5', 'menu: {main: {}}', 'season: winter', 'people: 7'))).toEqual(
      [],
    );
  });
});

describe('every name is read', () => {
  const moment = '2025-03-01T00:00:00Z';
  test.each(['date', 'pubDate', 'published', 'publishDate', 'pub_date', 'publish_date', 'datePublished'])(
    '%s is the date',
    (name) => {
      expect(articleOf(`---\ntitle: A\n${name}: 2025-03-01\n---\nB`).published).toBe(moment);
    },
  );
  test.each(['updated', 'lastmod', 'modified', 'last_modified_at', 'dateModified'])('%s is the update', (name) => {
    expect(articleOf(yaml(`${name}: 2025-03-01`))).toMatchObject({
      published: '2025-02-25T00:00:00Z',
      updated: moment,
    });
  });
  test.each(['summary', 'description', 'excerpt'])('%s is the summary', (name) => {
    expect(articleOf(yaml(`${name}: Of *this*.`)).summary).toBe('Of this.');
  });
  test.each(['url', 'link', 'canonical', 'canonical_url', 'canonicalURL'])('%s is the original URL', (name) => {
    const url = 'https://other.example/a%20b';
    expect(articleOf(yaml(`${name}: HTTPS://user@OTHER.example/a b`))).toMatchObject({
      id: url,
      permalink: url,
    });
    expect(articleOf(yaml(`${name}: /2025/02/a-post/`)).permalink).toBe('https://site.example/articles/a-post');
  });
  test.each(['image', 'cover', 'featured_image', 'thumbnail', 'heroImage', 'og_image'])('%s is the picture', (name) => {
    const image = { url: 'https://cdn.example/a.png', type: 'image/png' };
    expect(articleOf(yaml(`${name}: https://cdn.example/a.png`)).image).toEqual(image);
    expect(articleOf(yaml(`${name}: {src: https://cdn.example/a.png, alt: Dusk, caption: The *bay*}`)).image).toEqual({
      ...image,
      alt: 'Dusk',
      caption: 'The bay',
    });
  });
  test.each(['language', 'lang', 'locale'])('%s is the language', (name) => {
    expect(articleOf(yaml(`${name}: pt_br`)).language).toBe('pt-BR');
  });
  test.each([
    ['author: Ana Ruiz', [{ name: 'Ana Ruiz' }]],
    ['author: Ana Ruiz <ana@a.example>', [{ name: 'Ana Ruiz', email: 'ana@a.example' }]],
    ['authors: [Ana, Bo]', [{ name: 'Ana' }, { name: 'Bo' }]],
    [
      'author: {name: Ana, email: a@a.example, url: https://a.example}',
      [{ name: 'Ana', email: 'a@a.example', url: 'https://a.example/' }],
    ],
    ['authors: [{name: Ana}, Bo, null]', [{ name: 'Ana' }, { name: 'Bo' }]],
    ['author: "[Ana](https://a.example)"', [{ name: 'Ana' }]],
  ])('%s', (line, authors) => {
    expect(articleOf(yaml(line)).authors).toEqual(authors);
  });
  test.each([
    ['tags: [a b, 5, true]', ['a b', '5', 'true']],
    ['tags: a b', ['a', 'b']],
    ['tags: a b, c', ['a b', 'c']],
    ['tags: 5', ['5']],
    ['category: a b', ['a b']],
    ['categories: [News, news, NEWS]', ['News']],
    ['tags: [a]\ncategories: [b, A]', ['a', 'b']],
    ['tags: {name: a}', ['a']],
    ['keywords: [a]', []],
  ])('%j', (lines, tags) => {
    expect(articleOf(yaml(lines)).tags).toEqual(tags);
  });
  test('content sets how much feeds contain', () => {
    expect(articleOf(yaml('content: summary')).extent).toBe('summary');
    expect(articleOf(yaml()).extent).toBeUndefined();
  });
  test('Zola’s own table', () => {
    const article = articleOf(toml('[extra]', 'image = "https://cdn.example/a.jpg"', 'author = "Ana"'));
    expect(article).toMatchObject({
      authors: [{ name: 'Ana' }],
      image: { url: 'https://cdn.example/a.jpg' },
    });
  });
});

describe('an id', () => {
  test.each([
    ['id: tag:a.example,2020:x', 'tag:a.example,2020:x'],
    ['guid: https://a.example/?p=1', 'https://a.example/?p=1'],
    ['guid: urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a', 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a'],
    ['id: 123', 'tag:site.example,2025:id%2F123'],
    ['id: a b', 'tag:site.example,2025:id%2Fa%20b'],
    // One line's end, as RSS and JSON Feed have it.
    [String.raw`id: "a\r\nb\rc"`, 'tag:site.example,2025:id%2Fa%0Ab%0Ac'],
    ['url: https://other.example/x\nid: 7', 'tag:site.example,2025:id%2F7'],
    ['layout: post', 'tag:site.example,2025:a-post'],
  ])('%j', (lines, id) => {
    expect(articleOf(yaml(lines)).id).toBe(id);
  });
});

describe('a slug', () => {
  test.each([
    ['slug: My Slug/2', 'posts/a.md', 'my-slug-2'],
    ['path: 2025/02/a-post', 'posts/a.md', 'a-post'],
    ['x: y', 'posts/2025-02-25-a.md', '2025-02-25-a'],
    ['x: y', 'posts/2025-02-25-a/index.md', '2025-02-25-a'],
    ['x: y', 'posts/a/index.de.md', 'a-de'],
    ['x: y', 'posts/a.de.md', 'a-de'],
  ])('%s in %s', (line, path, slug) => {
    expect(articleOf(yaml(line), path).slug).toBe(slug);
  });
  test('begins with the folder names if another article has it', () => {
    expect(parse(yaml(), '2025/a/index.md').withLongSlug?.head.slug).toBe('2025-a');
    expect(parse(yaml('slug: x'), 'b.md').withLongSlug?.head.slug).toBe('b');
    expect(parse(yaml(), 'b.md').withLongSlug).toBeUndefined();
    expect(parse('# A\n\n2025-02-25\n\nB', '2025/a.md').withLongSlug).toBeUndefined();
  });
});

describe('the language in a file name', () => {
  test.each([
    ['a.de.md', 'de'],
    ['a/index.pt-br.md', 'pt-BR'],
    ['a.xx.md', undefined],
    ['v1.2.md', undefined],
    ['a.min.md', undefined],
  ])('%s', (path, language) => {
    expect(articleOf(yaml(), path).language).toBe(language);
  });
  test('gives way to front matter', () => {
    expect(articleOf(yaml('lang: fr'), 'a.de.md').language).toBe('fr');
  });
});

describe('a date in the path is the fallback', () => {
  test.each([
    ['2025-02-25-a.md', '2025-02-25T00:00:00Z'],
    ['2025-02-25.md', '2025-02-25T00:00:00Z'],
    ['2025-2-5-a.md', '2025-02-05T00:00:00Z'],
    ['2025-02-25T14-30-a.md', '2025-02-25T14:30:00Z'],
    ['20250225-a.md', '2025-02-25T00:00:00Z'],
    ['2025/02/25/a.md', '2025-02-25T00:00:00Z'],
    ['2025/02-25-a/index.md', '2025-02-25T00:00:00Z'],
    ['posts/2025-02-25-a/index.md', '2025-02-25T00:00:00Z'],
    ['2024/01/01/2025-02-25-a.md', '2025-02-25T00:00:00Z'],
    ['2025-02-25-a/2024-13-45-b.md', '2025-02-25T00:00:00Z'],
    ['2025/02/a.md', undefined],
    ['2025/a.md', undefined],
    ['2025/12/1-introduction.md', undefined],
    ['v2025-02-25.md', undefined],
    ['2025-02-251.md', undefined],
  ])('%s', (path, published) => {
    expect(parse('---\ntitle: A\n---\nB', path).source?.head.published).toBe(published);
    expect(parse('# A\n\nNo date.', path).source?.head.published).toBe(published);
  });
  test('for front matter and a dateline', () => {
    const path = '2025-02-25-a.md';
    expect(articleOf('---\ntitle: A\ndate: 2024-01-01\n---\nB', path).published).toBe('2024-01-01T00:00:00Z');
    expect(articleOf('---\ntitle: A\n---\nJanuary 1, 2024\n\nB', path)).toMatchObject({
      published: '2024-01-01T00:00:00Z',
      content: '<p>B</p>',
    });
    expect(articleOf('# A\n\nJanuary 1, 2024\n\nB', path).published).toBe('2024-01-01T00:00:00Z');
  });
  test('in the publication’s zone', () => {
    const { published } = articleOf('---\ntitle: A\n---\nB', '2025-02-25-a.md', {
      timezone: 'Europe/Berlin',
    });
    expect(published).toBe('2025-02-24T23:00:00Z');
  });
  test('or a Zola path has', () => {
    expect(articleOf('+++\ntitle = "A"\npath = "2025/02/25/a"\n+++\nB').published).toBe('2025-02-25T00:00:00Z');
  });
});

describe('below front matter', () => {
  test('with a title the whole text is the body', () => {
    const { title, content } = articleOf(
      '---\ntitle: A\ndate: 2025-02-25\n---\n## B\n\nMarch 1, 2025\n\nSource: https://b.example/',
    );
    expect([title, content]).toEqual([
      'A',
      '<h2>B</h2>\n<p>March 1, 2025</p>\n<p>Source: <a href="https://b.example/">https://b.example/</a></p>',
    ]);
  });
  test('without a title the heading and the dateline are read', () => {
    const article = articleOf('---\ntags: [x]\n---\n# A\n\nPublished: March 1, 2025 | Updated: March 2, 2025\n\nB');
    expect(article).toMatchObject({
      title: 'A',
      published: '2025-03-01T00:00:00Z',
      updated: '2025-03-02T00:00:00Z',
      content: '<p>B</p>',
    });
  });
  test('the original URL is read after its plainest label', () => {
    const { id, content } = articleOf(`${yaml()}\n\nOriginal url:\n\n<https://p.example/a>\n`);
    expect([id, content]).toEqual(['https://p.example/a', '<p>B</p>']);
  });
  test('the file name is the fallback for the title', () => {
    const { source, problems } = parse('---\ndate: 2025-02-25\n---\nB\n\n## C', '2025-02-25-my_first-post.md');
    expect(source?.head.title).toBe('My first post');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'no-headline' }]);
  });
});

describe('not published', () => {
  test.each(['draft: true', 'draft: "yes"', 'published: false'])('is %s', (line) => {
    expect(parse(yaml(line))).toEqual({ problems: [] });
  });
  test.each(['draft: false', 'published: true', 'draft:'])('but is %s', (line) => {
    expect(parse(yaml(line)).source?.head.title).toBe('A');
  });
  test.each(['_index.md', 'blog/_index.de.md'])('is a section’s page: %s', (path) => {
    expect(parse(yaml(), path)).toEqual({ problems: [] });
  });
  test.each(['README.md', 'docs/Contributing.md', 'robots.txt', 'app-ads.txt'])('is %s without a date', (path) => {
    expect(parse('# About\n\nThis folder holds articles.', path)).toEqual({ problems: [] });
    expect(parse('User-agent: *\nDisallow:\n', path)).toEqual({ problems: [] });
    expect(parse('# About\n\n2025-02-25\n\nB', path).source?.head.title).toBe('About');
  });
  test('is a page, and the publisher is told', () => {
    const { source, problems } = parse('---\ntitle: About\n---\nB', 'about.md');
    expect(source).toBeUndefined();
    expect(problems).toMatchObject([{ severity: 'warning', code: 'page', line: 1, column: 1 }]);
  });
});

describe('files', () => {
  const files: Record<string, LocalFile> = {
    'dusk.jpg': {
      url: 'https://site.example/media/dusk.jpg',
      type: 'image/jpeg',
      length: 9,
      width: 40,
      height: 30,
    },
    'talk.mp3': { url: 'https://site.example/media/talk.mp3', type: 'audio/mpeg', length: 1234 },
  };
  const findFile = (written: string): LocalFile | undefined => files[written.replace(/^\.?\//, '')];

  test('beside an article have their type and size', () => {
    const article = articleOf(
      yaml('cover: {image: ./dusk.jpg}', 'enclosure: talk.mp3', 'duration: "1:02:03"'),
      undefined,
      { findFile },
    );
    expect(article.image).toEqual({ url: files['dusk.jpg']?.url, type: 'image/jpeg', width: 40, height: 30 });
    expect(article.enclosures).toEqual([
      { url: files['talk.mp3']?.url, type: 'audio/mpeg', length: 1234, duration: 3723 },
    ]);
  });
  test('that are missing are reported', () => {
    expect(problemsOf(yaml('image: gone.jpg', 'enclosure: {url: gone.mp3}'), 'a.md', { findFile })).toEqual([
      'a.md:4:8: warning: image: expected an address, or the path of a file beside the article, got "gone.jpg"; it is left out (wrong-value)',
      'a.md:5:18: warning: enclosure: expected an address, or the path of a file beside the article, got "gone.mp3"; it is left out (wrong-value)',
    ]);
  });
  test('on other sites have the type of their extension', () => {
    const lines = [
      'enclosures:',
      '  - https://cdn.example/a.m4a?x=1',
      '  - {url: /b, type: Video/MP4, length: 5, title: B, duration: 65.4}',
    ];
    expect(articleOf(yaml(...lines)).enclosures).toEqual([
      { url: 'https://cdn.example/a.m4a?x=1', type: 'audio/mp4' },
      { url: 'https://site.example/b', type: 'video/mp4', length: 5, title: 'B', duration: 65 },
    ]);
  });
  const mp3 = { url: 'https://cdn.example/x.mp3', type: 'audio/mpeg', length: 12345 };
  test.each([
    [['enclosure: |', '  https://cdn.example/x.mp3', '  12345', '  audio/mpeg'], [mp3]],
    [['enclosure: "https://cdn.example/x.mp3\\n12345\\naudio/mpeg\\n"'], [mp3]],
    [['enclosure: "https://cdn.example/x.mp3\\r\\n12345\\r\\naudio/mpeg"'], [mp3]],
    [['enclosure: https://cdn.example/x.mp3 12345 audio/mpeg'], [mp3]],
    [['enclosure: https://cdn.example/x.mp3 12345'], [mp3]],
    [['enclosure:', '  - |', '    https://cdn.example/x.mp3', '    12345', '    audio/mpeg'], [mp3]],
    [['enclosure: ["https://cdn.example/x.mp3", "12345", audio/mpeg]'], [mp3]],
    [
      ['enclosure: ["https://cdn.example/x.mp3", 12345, audio/mpeg, audio/b.mp3, 7, audio/mp4]'],
      [mp3, { url: 'https://site.example/articles/audio/b.mp3', type: 'audio/mp4', length: 7 }],
    ],
    [['enclosure: >', '  https://cdn.example/x.mp3', ''], [{ url: mp3.url, type: mp3.type }]],
    [
      [
        'enclosure: |',
        '  https://cdn.example/x.mp3',
        '  12345',
        '  audio/mpeg',
        '  a:1:{s:8:"duration";s:8:"00:31:02";}',
      ],
      [{ ...mp3, duration: 1862 }],
    ],
    [['enclosure: {url: "https://cdn.example/x.mp3", length: 12345}'], [mp3]],
    [['enclosures: ["https://cdn.example/x.mp3 12345", "https://cdn.example/x.mp3"]'], [mp3]],
  ])('as WordPress keeps them: %j', (lines, enclosures) => {
    expect(problemsOf(yaml(...lines))).toEqual([]);
    expect(articleOf(yaml(...lines)).enclosures).toEqual(enclosures);
  });
  test('whose names have spaces are found', () => {
    const file = { url: 'https://site.example/media/a%20talk.mp3', type: 'audio/mpeg', length: 9 };
    const article = articleOf(yaml('enclosure: a talk.mp3'), undefined, {
      findFile: (written) => (written === 'a talk.mp3' ? file : undefined),
    });
    expect(article.enclosures).toEqual([file]);
  });
  test('with a recording make an episode', () => {
    const lines = ['enclosure: /a.mp3', 'season: 2', 'episode: 7', 'episodeType: Bonus', 'explicit: clean'];
    const people = [
      'people:',
      '  - Ana',
      '  - {name: Bo, role: guest, href: https://bo.example}',
      'transcript: {url: /a.vtt, language: en}',
    ];
    expect(articleOf(yaml(...lines, ...people)).episode).toEqual({
      number: 7,
      season: 2,
      kind: 'bonus',
      explicit: false,
      participants: [{ name: 'Ana' }, { name: 'Bo', role: 'guest', url: 'https://bo.example/' }],
      transcripts: [{ url: 'https://site.example/a.vtt', type: 'text/vtt', language: 'en' }],
    });
  });
});

describe('strangers’ front matter', () => {
  test('of aliases that multiply is refused, and of few is read', () => {
    const lines = [
      'a: &a [x, x]',
      ...Array.from({ length: 12 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`}, `.repeat(3)}]`),
    ];
    expect(problemsOf(yaml(...lines))).toEqual([
      expect.stringMatching(/^a\.md:\d:\d+: error: aliases repeat more than front matter needs /),
    ]);
    expect(articleOf(yaml('k: &t [x, y]', 'tags: *t', 'authors: [&n Ana, *n]'))).toMatchObject({
      tags: ['x', 'y'],
      authors: [{ name: 'Ana' }],
    });
  });
  test('holds an article back by a merged key, as YAML 1.1 merges', () => {
    expect(parse(yaml('base: &b { draft: true }', '<<: *b'))).toEqual({ problems: [] });
    expect(articleOf(yaml('base: &b { draft: true }', 'draft: false', '<<: *b')).title).toBe('A');
  });
  test.each([
    ['eleventyExcludeFromCollections: true'],
    ['build: { list: never, render: never }'],
    ['_build: { render: false }'],
    ['published: false'],
  ])('holds an article back as its framework does: %s', (line) => {
    expect(parse(yaml(line))).toEqual({ problems: [] });
  });
  test.each(['nope', '[false]'])('with "published" neither a switch nor a date is an error: %s', (value) => {
    expect(problemsOf(yaml(`published: ${value}`))).toEqual([
      expect.stringMatching(/^a\.md:4:12: error: published: expected true, false or a date, got /),
    ]);
  });
  test('updated before it was published has a warning at that position', () => {
    expect(problemsOf(yaml('lastmod: 2024-01-01'))).toEqual([
      expect.stringMatching(/^a\.md:4:10: warning: .* \(updated-before-published\)$/),
    ]);
  });
  test('with an impossible day in the file name is an error', () => {
    expect(problemsOf('---\ntitle: A\n---\nB', '_posts/2024-02-30-a.md')).toEqual([
      '_posts/2024-02-30-a.md:1:1: error: expected a date in the path, got "2024-02-30"; rename the file (bad-date)',
    ]);
  });
  test('of TOML that is nested deeply is refused at its place', () => {
    const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(problemsOf(toml(`x = ${nested}`))).toEqual([expect.stringMatching(/\(bad-front-matter\)$/)]);
  });
  test('in JSON that is never closed is read within the limit of a test', { timeout: 15_000 }, () => {
    expect(problemsOf(`{"a": "${'\\"'.repeat(400_000)}`)).toHaveLength(1);
  });
  test('above more marks than a call takes arguments is read', () => {
    expect(parse(`${yaml()}\n\n${':::\n'.repeat(130_000)}`).source).toBeDefined();
  });
  test.each(['a: ', '[', '{', '- ', '&a ', '*a ', '? ', 'a:\n ', '"', '!!x ', 'a.', '[a]\n'])(
    'of very many signs of %j ends',
    { timeout: 15_000 },
    (unit) => {
      const text = unit.repeat((isThorough ? 100_000 : 10_000) / unit.length);
      for (const [open, close] of [
        ['---\nk: ', '\n---'],
        ['+++\n', '\n+++'],
      ] as const)
        expect(parse(`${open}${text}${close}\nB`).problems.length).toBeGreaterThan(0);
    },
  );
  test('never throws', () => {
    const parts = fc.constantFrom(
      'title',
      'date',
      'tags',
      'image',
      'draft',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '=',
      '2025-02-25',
      'a',
      '&a',
      '*a',
      '|',
      '#',
      '\t',
      'enclosure',
      ',',
    );
    const text = fc.array(parts, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.constantFrom('---', '+++'), text, (mark, inner) => {
        const { source, problems } = parse(`${mark}\n${inner}\n${mark}\n\nB`);
        source?.article();
        expect(problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });
});

test('an article has at most 100 tags and 100 authors, since each has feeds of its own', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
  const text = (count: number) => yaml(`tags: [${names(count)}]`, 'category: more', `authors: [${names(count)}]`);
  const { tags, authors } = articleOf(text(5_000));
  expect(tags).toEqual(names(100));
  expect(authors?.map(({ name }) => name)).toEqual(names(100));
  expect(problemsOf(text(5_000))).toEqual([
    'a.md:4:7: warning: tags: expected at most 100, got 5001; the others are left out (wrong-value)',
    'a.md:6:10: warning: authors: expected at most 100, got 5000; the others are left out (wrong-value)',
  ]);
  expect(problemsOf(text(99))).toEqual([]);
});
