import { describe, expect, test } from 'vitest';
import { articleOf, fixture, PERMALINK, parse, textOf } from './seeds.ts';

/** The expected result for each fixture, and the parts of its text that are not in the body. */
const fixtures = [
  {
    name: 'full-article.txt',
    head: {
      id: 'https://publisher.example/2025/03/04/port-denies-plan-to-close-the-island-ferry-in-winter-b20417',
      permalink: 'https://publisher.example/2025/03/04/port-denies-plan-to-close-the-island-ferry-in-winter-b20417',
      title: 'Port Denies Plan to Close the Island Ferry in Winter',
      published: '2025-03-04T00:00:00Z',
      updated: '2025-03-04T00:00:00Z',
      summary:
        'The port authority on Tuesday rejected claims that the island ferry would stop running after the summer, saying no such step was on its agenda.',
    },
    apart: [/^# .*/m, 'March 4, 2025', /^Original url:\n\n.*/m],
  },
  {
    name: 'no-caption.txt',
    head: {
      id: 'https://publisher.example/2025/10/17/lost-pear',
      permalink: 'https://publisher.example/2025/10/17/lost-pear',
      title: 'Orchard Keepers Bring Back a Pear That Was Thought Lost',
      published: '2025-10-17T04:40:00Z',
      updated: '2025-10-17T04:40:00Z',
      summary:
        'A pear that had not been sold for ninety years is back on the market stalls of the valley, grown from a single tree behind a railway station.',
    },
    apart: [/^# .*/m, '17 October 2025, 06:40 CEST', /^Originally .*/m],
  },
  {
    name: 'no-original-url.txt',
    head: {
      id: 'tag:site.example,2025:seed',
      permalink: PERMALINK,
      title: "What the Lighthouse Keeper's Diary Says About the Storm of 1911",
      published: '2024-11-02T13:15:00Z',
      updated: '2024-11-02T13:15:00Z',
      summary: 'For eleven hours the keeper wrote nothing, and then a single line: the lamp is still burning.',
    },
    apart: [/^# .*/m, /^Published: .*/m],
  },
  {
    name: 'updated-article.txt',
    head: {
      id: 'https://publisher.example/tolls?edition=late&lang=en',
      permalink: 'https://publisher.example/tolls?edition=late&lang=en',
      title: 'Update: Bridge & Tunnel Tolls to Stay Until 2030',
      published: '2025-01-08T23:50:00Z',
      updated: '2025-01-09T00:05:00Z',
      summary:
        "The tolls on the estuary crossings will stay for another five years, the region's assembly decided late on Wednesday.",
    },
    apart: [/^# .*/m, /^\*\*Published.*\n.*/m, /^Original URL: .*/m],
  },
  {
    name: 'front-picture.txt',
    head: {
      id: 'https://publisher.example/2026/02/snow-leopards',
      permalink: 'https://publisher.example/2026/02/snow-leopards',
      title: 'Snow Leopards Seen in a Third Valley',
      published: '2026-02-14T01:30:00Z',
      updated: '2026-02-14T01:30:00Z',
      summary:
        'Two snow leopards have settled in a valley where the animals had not been seen since 1988, herders and biologists say.',
    },
    apart: [/^# .*/m, /^2026-.*/m, /^!\[.*/m, /^Source: .*/m],
  },
  {
    name: 'other-scripts.txt',
    head: {
      id: 'https://publisher.example/%D0%B1%D0%B8%D0%B1%D0%BB%D0%B8%D0%BE%D1%82%D0%B5%D0%BA%D0%B0/%D0%BD%D0%B0-%D0%BA%D0%BE%D0%BB%D1%91%D1%81%D0%B0%D1%85',
      permalink:
        'https://publisher.example/%D0%B1%D0%B8%D0%B1%D0%BB%D0%B8%D0%BE%D1%82%D0%B5%D0%BA%D0%B0/%D0%BD%D0%B0-%D0%BA%D0%BE%D0%BB%D1%91%D1%81%D0%B0%D1%85',
      title: 'Библиотека на колёсах доехала до последней деревни 📚',
      published: '2025-05-02T00:00:00Z',
      updated: '2025-05-02T00:00:00Z',
      summary:
        'Жители посёлка Каменка ждали автобус с книгами с утра. Первой пришла учительница, последним — почтальон.',
    },
    apart: [/^# .*/m, '2 May 2025', /^Original url:\n.*/m],
  },
] as const;

describe.each(fixtures)('$name', ({ name, head, apart }) => {
  const text = fixture(name);

  test('is parsed as expected, without problems', () => {
    expect([articleOf(text), parse(text).problems]).toMatchObject([head, []]);
  });

  test('keeps every word of its body', () => {
    const body = apart.reduce((rest: string, part) => rest.replace(part, ''), text);
    // A credit without a picture moves to the end.
    expect(wordsOf(textOf(articleOf(text).content)).toSorted()).toEqual(wordsOf(withoutMarks(body)).toSorted());
  });

  test('has neither dead nor relative links', () => {
    const { content } = articleOf(text);
    expect(content.match(/(?:href|src)="(?!https:\/\/)[^"]*"/g)).toBeNull();
  });

  test.each([
    { it: 'CRLF', change: (seed: string) => seed.replaceAll('\n', '\r\n') },
    { it: 'CR', change: (seed: string) => seed.replaceAll('\n', '\r') },
    { it: 'a byte order mark', change: (seed: string) => `\uFEFF${seed}` },
    { it: 'CRLF and a byte order mark', change: (seed: string) => `\uFEFF${seed.replaceAll('\n', '\r\n')}` },
    { it: 'blank lines before it', change: (seed: string) => `\n \n\t\n${seed}` },
    {
      it: 'white space after each line',
      change: (seed: string) => seed.replaceAll('\n', ' \n').replaceAll('  \n', ' \n'),
    },
    { it: 'no line feed at its end', change: (seed: string) => seed.trimEnd() },
    { it: 'many at its end', change: (seed: string) => `${seed}\n\n\n` },
  ])('reads the same with $it', ({ change }) => {
    expect(articleOf(change(text))).toEqual(articleOf(text));
  });
});

function withoutMarks(markdown: string): string {
  return markdown.replace(/\]\([^)]*\)/g, '').replace(/^\d\. /gm, '');
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
