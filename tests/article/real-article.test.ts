import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { articleOf, parse, textOf } from './seeds.ts';

// The article is another's work, so it is not kept here; where it lies beside the project, it is read.
const folder = new URL('../../../shared/seeds/', import.meta.url);
const here = existsSync(folder);

describe.skipIf(!here)('the article that shows the seed format', () => {
  const name = here ? readdirSync(folder).find((name) => name.endsWith('.txt')) : undefined;
  const text = name === undefined ? '' : readFileSync(new URL(name, folder), 'utf8');
  const url =
    'https://www.themoscowtimes.com/2025/02/25/russia-denies-follow-up-talks-with-us-officials-in-saudi-arabia-a88163';

  test('is read without a problem', () => {
    expect(parse(text).problems).toEqual([]);
  });

  test('has its first heading as its title', () => {
    expect(articleOf(text).title).toBe('Russia Denies Follow-Up Talks With U.S. Officials in Saudi Arabia');
  });

  test.each([
    { timezone: 'UTC', out: '2025-02-25T00:00:00Z' },
    { timezone: 'Europe/Moscow', out: '2025-02-24T21:00:00Z' },
    { timezone: 'America/New_York', out: '2025-02-25T05:00:00Z' },
  ])('was published on its day in $timezone', ({ timezone, out }) => {
    const { published, updated } = articleOf(text, { timezone });
    expect([published, updated]).toEqual([out, out]);
  });

  test('has its original URL as link and id', () => {
    const { id, permalink } = articleOf(text);
    expect([id, permalink]).toEqual([url, url]);
  });

  test('has its lede as its summary, not the caption, and no Markdown in it', () => {
    const { summary } = articleOf(text);
    expect([
      /^Russia's Foreign Ministry on Tuesday dismissed reports/.test(summary),
      /[*_[\]#<>]/.test(summary),
    ]).toEqual([true, false]);
  });

  test('has its lede whole', () => {
    const { summary, content } = articleOf(text);
    expect(content.split('\n').map(textOf)[1]).toBe(summary);
  });

  test('has all its body in order, and nothing else', () => {
    // What stands between the dateline and the label, without the marks of Markdown.
    const body = text.slice(text.indexOf('2025\n') + 5, text.indexOf('Original url:'));
    const words = body.replaceAll('](#)', ' ').match(/[\p{L}\p{N}]+/gu);
    expect(textOf(articleOf(text).content).match(/[\p{L}\p{N}]+/gu)).toEqual(words);
  });

  test('has as many paragraphs as blocks, with caption, related line and credit marked up', () => {
    const paragraphs = articleOf(text).content.split('\n');
    expect([
      paragraphs.every((paragraph) => /^<p>.*<\/p>$/.test(paragraph)),
      paragraphs.length,
      / <strong>Sergei Vedyashkin \/ Moskva News Agency<\/strong><\/p>$/.test(paragraphs[0] ?? ''),
      paragraphs.findIndex((paragraph) =>
        paragraph.startsWith('<p><strong>Related article:</strong> Kremlin'),
      ),
      paragraphs.at(-1),
    ]).toEqual([true, 11, true, 5, '<p><em>AFP contributed reporting.</em></p>']);
  });

  test.each(['Original url', 'href', 'themoscowtimes', '#', '**', 'February'])(
    'has no %j in its body',
    (part) => {
      expect(articleOf(text).content).not.toContain(part);
    },
  );

  test('reads the same with Windows line ends and a byte order mark', () => {
    expect(articleOf(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(articleOf(text));
  });
});
