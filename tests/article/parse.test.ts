import { describe, expect, test } from 'vitest';
import { parseSeed } from '../../src/article/parse.ts';
import { articleOf, parse, problemsOf } from './seeds.ts';

/** Parses a seed with this headline and a date and body below it. */
function titleOf(headline: string): string {
  return articleOf(`${headline}\n\n2025-02-25\n\nThe body.\n`).title;
}

describe('the first heading is the headline', () => {
  test.each([
    { input: '# Headline', out: 'Headline' },
    { input: '## Headline', out: 'Headline' },
    { input: '###### Headline', out: 'Headline' },
    { input: '   # Headline', out: 'Headline' },
    { input: '#   Headline  with   spaces  ', out: 'Headline with spaces' },
    { input: '# Headline #', out: 'Headline' },
    { input: '# Headline ######', out: 'Headline' },
    { input: '# Learn C#', out: 'Learn C#' },
    { input: '# Number \\#1 \\#', out: 'Number #1 #' },
    { input: 'Headline\n========', out: 'Headline' },
    { input: 'Headline\n-', out: 'Headline' },
    { input: 'A headline\nof two lines\n---', out: 'A headline of two lines' },
    { input: '# **Bold** _and_ `code`', out: 'Bold and code' },
    { input: '# [Linked](https://a.example) headline', out: 'Linked headline' },
    { input: '# [Linked](#) headline', out: 'Linked headline' },
    { input: '# Q&amp;A &mdash; &#8220;why?&#8221;', out: 'Q&A — “why?”' },
    { input: '# AT&T < IBM', out: 'AT&T < IBM' },
    { input: '# The `<T>` and the <T>', out: 'The <T> and the <T>' },
    { input: '# A <em>word</em> &lt;b&gt;', out: 'A word <b>' },
    { input: '# snake\\_case \\*star\\*', out: 'snake_case *star*' },
    { input: '# a\0b', out: 'ab' },
    { input: '# *a*\0b & c', out: 'ab & c' },
    { input: '# “Quotes” – it’s 100 % “fine”…', out: '“Quotes” – it’s 100 % “fine”…' },
    { input: '# Заголовок 見出し 📰', out: 'Заголовок 見出し 📰' },
    { input: '# A\u0001B\u0085C', out: 'AB C' },
    { input: '#\n\n# Headline', out: 'Headline' },
    { input: 'A line before it.\n\n# Headline', out: 'Headline' },
    { input: '```\n# Not this\n```\n\n# Headline', out: 'Headline' },
    { input: '<!-- # Not this -->\n\n# Headline', out: 'Headline' },
    { input: '<!--\n\n# Not this\n\n-->\n# Headline', out: 'Headline' },
    { input: '    # Not this\n\n# Headline', out: 'Headline' },
    { input: '> # Not this\n\n# Headline', out: 'Headline' },
    { input: '- item\n\n  # Not this\n\n# Headline', out: 'Headline' },
    { input: '<div>\n# Not this\n</div>\n\n# Headline', out: 'Headline' },
    { input: '#Not this\n\n# Headline', out: 'Headline' },
    { input: '# 2025-01-01', out: '2025-01-01' },
  ])('$input', ({ input, out }) => {
    expect(titleOf(input)).toBe(out);
  });

  test('and is not in the body, but a second one is', () => {
    expect(articleOf('# A\n\n2025-02-25\n\n# B\n\nC\n').content).toBe('<h1>B</h1>\n<p>C</p>');
  });

  test('and text before it stays in the body', () => {
    expect(articleOf('Before.\n\n# A\n\n2025-02-25\n\nAfter.\n').content).toBe('<p>Before.</p>\n<p>After.</p>');
  });
});

describe('an article', () => {
  test('takes missing values from the publication', () => {
    const seed = { path: 'seeds/2025/Der Fährhafen.txt', text: '# A\n\n2025-02-25\n\nB' };
    const { source } = parseSeed(seed, {
      timezone: 'Europe/Moscow',
      articleUrl: (slug) => `https://site.example/${encodeURIComponent(slug)}`,
      mintId: (slug) => `tag:site.example,2025:${encodeURIComponent(slug)}`,
    });
    expect(source?.article()).toEqual({
      id: 'tag:site.example,2025:der-f%C3%A4hrhafen',
      slug: 'der-fährhafen',
      section: 'seeds',
      permalink: 'https://site.example/der-f%C3%A4hrhafen',
      title: 'A',
      published: '2025-02-24T21:00:00Z',
      updated: '2025-02-24T21:00:00Z',
      authors: [],
      tags: [],
      summary: 'B',
      content: '<p>B</p>',
      enclosures: [],
    });
  });

  test('has the head that is known before its body is rendered', () => {
    const { source } = parse('# A\n\n2025-02-25\n\nB\n\nSource: https://publisher.example/');
    expect(source?.article()).toMatchObject({ ...source?.head });
  });

  test('resolves addresses in its body against the original URL', () => {
    const { content } = articleOf('# A\n\n2025-02-25\n\n[B](c)\n\nSource: https://publisher.example/a/b');
    expect(content).toBe('<p><a href="https://publisher.example/a/c">B</a></p>');
  });

  test('resolves link references anywhere', () => {
    const { content } = articleOf('# A\n\n2025-02-25\n\n[B][c] [D][e]\n\n[c]: /c\n[e]: #\n');
    expect(content).toBe('<p><a href="https://site.example/c">B</a> D</p>');
  });

  test('may have no body', () => {
    expect(articleOf('# A\n\n2025-02-25')).toMatchObject({ summary: '', content: '' });
  });

  test('keeps two lists apart after the label between them is removed', () => {
    const { content } = articleOf('# A\n\n2025-02-25\n\n- a\n\nOriginal url: https://b.example/\n\n* c\n');
    expect(content).toBe('<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>c</li>\n</ul>');
  });
});

const noHeadline = 'error: expected a headline; begin the file with "# " and the headline (no-headline)';
const noDate = 'error: expected a date in a paragraph of its own under the headline, like February 25, 2025 (no-date)';
const badDate = (got: string): string =>
  `error: expected a date, got "${got}"; write it like 2025-02-25 or February 25, 2025 (bad-date)`;
const long = 'The council met on Tuesday and talked until midnight.';

describe('every problem has its position', () => {
  test.each([
    { it: 'an empty file', seed: '', out: [`1:1: ${noHeadline}`, `1:1: ${noDate}`] },
    { it: 'a blank file', seed: '\n \n', out: [`1:1: ${noHeadline}`, `1:1: ${noDate}`] },
    { it: 'no headline', seed: '2025-02-25\n\nThe body.', out: [`1:1: ${noHeadline}`] },
    { it: 'an empty headline', seed: '\n#\n\n2025-02-25', out: [`1:1: ${noHeadline}`] },
    { it: 'a headline without text', seed: '\n  # <!-- a -->\n\n2025-02-25', out: [`2:3: ${noHeadline}`] },
    { it: 'no date', seed: `\n\n  # A\n\n${long}`, out: [`3:3: ${noDate}`] },
    { it: 'nothing under the headline', seed: '# A', out: [`1:1: ${noDate}`] },
    { it: 'a list under the headline', seed: '# A\n\n- soon', out: [`1:1: ${noDate}`] },
    { it: 'no date that is one', seed: '# A\n\nsoon\n\nThe body.', out: [`3:1: ${badDate('soon')}`] },
    { it: 'an indented one', seed: '# A\n\n\n   soon\n\nThe body.', out: [`4:4: ${badDate('soon')}`] },
    { it: 'a month', seed: '# A\n\nMay 2025\n\nThe body.', out: [`3:1: ${badDate('May 2025')}`] },
    {
      it: 'a byline in its place',
      seed: '# A\n\nBy Ana Ruiz\n\nThe body.',
      out: [`3:1: ${badDate('By Ana Ruiz')}`],
    },
    {
      it: 'a day that does not exist',
      seed: '# A\n\nFebruary 30, 2025\n\nThe body.',
      out: ['3:1: error: expected a date, got "February 30, 2025": there is no such day (bad-date)'],
    },
    {
      it: 'a time that does not exist',
      seed: '# A\n\nPublished: 2025-02-25 25:00\n\nThe body.',
      out: ['3:12: error: expected a date, got "2025-02-25 25:00": there is no such time of day (bad-date)'],
    },
    {
      it: 'a zone that is not known',
      seed: '# A\n\nFebruary 25, 2025 10:00 XYZ\n\nThe body.',
      out: [
        '3:1: error: expected a date, got "February 25, 2025 10:00 XYZ": the zone "XYZ" is not known; write an offset such as +01:00 (bad-date)',
      ],
    },
    {
      it: 'an ambiguous date',
      seed: '# A\n\n03/04/2025\n\nThe body.',
      out: [
        '3:1: error: expected a date, got "03/04/2025": the day or the month can come first; write 2025-04-03 or 2025-03-04 (ambiguous-date)',
      ],
    },
    {
      it: 'a wrong update',
      seed: '# A\n\n  **Published:** February 25, 2025\n  **Updated:** February 31, 2025\n\nThe body.',
      out: ['4:16: error: expected a date, got "February 31, 2025": there is no such day (bad-date)'],
    },
    {
      it: 'a wrong update on the same line',
      seed: '# A\n\n2025-02-25 | Updated 2025-02-31\n\nThe body.',
      out: ['3:22: error: expected a date, got "2025-02-31": there is no such day (bad-date)'],
    },
    {
      it: 'a wrong update in the next paragraph',
      seed: '# A\n\n2025-02-25\n\nUpdated 2025-02-31\n\nThe body.',
      out: ['5:9: error: expected a date, got "2025-02-31": there is no such day (bad-date)'],
    },
    {
      it: 'a wrong weekday',
      seed: '# A\n\n Monday, February 25, 2025\n\nThe body.',
      out: [
        '3:2: warning: "Monday, February 25, 2025" is not a Monday; the date is used, so correct the weekday ("dateline check --fix" can do it) (wrong-weekday)',
      ],
    },
    {
      it: 'two wrong weekdays',
      seed: '# A\n\nMon, 25 Feb 2025\nUpdated: Tue, 26 Feb 2025\n\nThe body.',
      out: [
        '3:1: warning: "Mon, 25 Feb 2025" is not a Mon; the date is used, so correct the weekday ("dateline check --fix" can do it) (wrong-weekday)',
        '4:10: warning: "Tue, 26 Feb 2025" is not a Tue; the date is used, so correct the weekday ("dateline check --fix" can do it) (wrong-weekday)',
      ],
    },
    {
      it: 'an update before the publication',
      seed: '# A\n\n  2025-02-25\n\nUpdated 2025-02-24\n\nThe body.',
      out: [
        '3:3: warning: updated 2025-02-24T00:00:00Z is before published 2025-02-25T00:00:00Z and is ignored; correct one of them (updated-before-published)',
      ],
    },
    {
      it: 'a bad original URL',
      seed: '# A\n\n2025-02-25\n\nThe body.\n\nOriginal url:\n\n  nowhere',
      out: [
        '9:3: error: expected an address that begins with https:// after the label, got "nowhere" (bad-original-url)',
      ],
    },
    {
      it: 'everything at once',
      seed: 'soon\n\nOriginal url: nowhere\n\nOriginal url: <>\n',
      out: [
        `1:1: ${noHeadline}`,
        `1:1: ${badDate('soon')}`,
        '3:15: error: expected an address that begins with https:// after the label, got "nowhere" (bad-original-url)',
        '5:15: error: expected an address that begins with https:// after the label, got "<>" (bad-original-url)',
      ],
    },
  ])('$it', ({ seed, out }) => {
    expect(problemsOf(seed)).toEqual(out.map((problem) => `seeds/seed.txt:${problem}`));
  });

  test.each(['\r\n', '\r'])('with line ends %j as with line feeds', (end) => {
    const seed = '\uFEFF\n# A\n\n  soon\n\nOriginal url: nowhere';
    const places = parse(seed.replaceAll('\n', end)).problems.map(({ line, column }) => [line, column]);
    expect(places).toEqual([
      [4, 3],
      [6, 15],
    ]);
  });
});

describe('an article with', () => {
  test.each([
    { it: 'a wrong weekday', seed: '# A\n\nMonday, February 25, 2025\n\nB', out: '2025-02-25T00:00:00Z' },
    {
      it: 'an early update',
      seed: '# A\n\n2025-02-25\nUpdated 2025-02-24\n\nB',
      out: '2025-02-25T00:00:00Z',
    },
  ])('$it is published, as dated', ({ seed, out }) => {
    const { published, updated } = articleOf(seed);
    expect([published, updated]).toEqual([out, out]);
  });

  test.each([
    { it: 'a bad update', seed: '# A\n\n2025-02-25\nUpdated 2025-02-30\n\nB' },
    { it: 'a bad original URL', seed: '# A\n\n2025-02-25\n\nB\n\nOriginal url: nowhere' },
    { it: 'no headline', seed: '2025-02-25\n\nB' },
    { it: 'no date', seed: '# A\n\nB' },
  ])('$it is not published', ({ seed }) => {
    expect(parse(seed).source).toBeUndefined();
  });
});
