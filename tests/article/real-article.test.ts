import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { articleOf, fixture, parse, textOf } from './seeds.ts';

/** An article as publishers write them, and what is expected of it. */
interface Sample {
  readonly name: string;
  readonly text: string;
  readonly title: string;
  /** Parts of the date and of the URL, which do not belong in the body. */
  readonly absent: readonly string[];
  /** The start of the day in UTC, in Moscow and in New York. */
  readonly starts: readonly [utc: string, moscow: string, newYork: string];
  readonly url: string;
  readonly lede: RegExp;
  /** The bold part of the caption. */
  readonly credit: string;
  /** The start of the related article's headline, and the number of paragraphs before it. */
  readonly related: readonly [headline: string, before: number];
  readonly lastLine: string;
  readonly paragraphs: number;
}

const ours: Sample = {
  name: 'an article of our own',
  text: fixture('full-article.txt'),
  title: 'Port Denies Plan to Close the Island Ferry in Winter',
  absent: ['March', 'publisher.example'],
  starts: ['2025-03-04T00:00:00Z', '2025-03-03T21:00:00Z', '2025-03-04T05:00:00Z'],
  url: 'https://publisher.example/2025/03/04/port-denies-plan-to-close-the-island-ferry-in-winter-b20417',
  lede: /^The port authority on Tuesday rejected claims/,
  credit: 'Marta Olsen / Coastline News Agency',
  related: ['Island Council', 5],
  lastLine: 'Northern Wire contributed reporting.',
  paragraphs: 9,
};

// This article is someone else's work, so it is not part of the project. It is read if it lies beside the checkout.
const folder = new URL('../../../shared/seeds/', import.meta.url);
const file = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.txt')) : undefined;
const real: readonly Sample[] =
  file === undefined
    ? []
    : [
        {
          name: 'the article that shows the seed format',
          text: readFileSync(new URL(file, folder), 'utf8'),
          title: 'Russia Denies Follow-Up Talks With U.S. Officials in Saudi Arabia',
          absent: ['February', 'themoscowtimes'],
          starts: ['2025-02-25T00:00:00Z', '2025-02-24T21:00:00Z', '2025-02-25T05:00:00Z'],
          url: 'https://www.themoscowtimes.com/2025/02/25/russia-denies-follow-up-talks-with-us-officials-in-saudi-arabia-a88163',
          lede: /^Russia's Foreign Ministry on Tuesday dismissed reports/,
          credit: 'Sergei Vedyashkin / Moskva News Agency',
          related: ['Kremlin', 5],
          lastLine: 'AFP contributed reporting.',
          paragraphs: 11,
        },
      ];

describe.each([ours, ...real])('$name', (sample) => {
  const { text, url } = sample;

  test('is read without a problem', () => {
    expect(parse(text).problems).toEqual([]);
  });

  test('has its first heading as its title', () => {
    expect(articleOf(text).title).toBe(sample.title);
  });

  test.each([
    ['UTC', 0],
    ['Europe/Moscow', 1],
    ['America/New_York', 2],
  ] as const)('was published on its day in %s', (timezone, zone) => {
    const { published, updated } = articleOf(text, { timezone });
    expect([published, updated]).toEqual([sample.starts[zone], sample.starts[zone]]);
  });

  test('has its original URL as link and id', () => {
    const { id, permalink } = articleOf(text);
    expect([id, permalink]).toEqual([url, url]);
  });

  test('has its lede as its summary, not the caption, and no Markdown in it', () => {
    const { summary } = articleOf(text);
    expect(summary).toMatch(sample.lede);
    expect(summary).not.toMatch(/[*_[\]#<>]/);
  });

  test('opens with its whole lede', () => {
    const { summary, content } = articleOf(text);
    expect(textOf(content.split('\n')[0] ?? '')).toBe(summary);
  });

  test('has all its body in order, with the credit at the end, and nothing else', () => {
    // The text between the date and the label, without Markdown's marks.
    const body = text.slice(text.indexOf('2025\n') + 5, text.indexOf('Original url:'));
    const [caption = '', ...rest] = body.trim().split('\n\n');
    const words = [...rest, caption]
      .join(' ')
      .replaceAll('](#)', ' ')
      .match(/[\p{L}\p{N}]+/gu);
    expect(textOf(articleOf(text).content).match(/[\p{L}\p{N}]+/gu)).toEqual(words);
  });

  test('has as many paragraphs as blocks, with caption, related line and credit marked up', () => {
    const paragraphs = articleOf(text).content.split('\n');
    const [headline, before] = sample.related;
    expect(paragraphs.every((paragraph) => /^<p>.*<\/p>$/.test(paragraph))).toBe(true);
    expect(paragraphs).toHaveLength(sample.paragraphs);
    expect(paragraphs.at(-1)).toMatch(/^<p><small>/);
    expect(paragraphs.at(-1)?.endsWith(` <strong>${sample.credit}</strong></small></p>`)).toBe(true);
    expect(
      paragraphs.findIndex((paragraph) => paragraph.startsWith(`<p><strong>Related article:</strong> ${headline}`)),
    ).toBe(before - 1);
    expect(paragraphs.at(-2)).toBe(`<p><em>${sample.lastLine}</em></p>`);
  });

  test.each(['Original url', 'href', '#', '**', ...sample.absent])('has no %j in its body', (part) => {
    expect(articleOf(text).content).not.toContain(part);
  });

  test('reads the same with Windows line ends and a byte order mark', () => {
    expect(articleOf(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(articleOf(text));
  });
});
