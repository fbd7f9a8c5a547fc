import { describe, expect, test } from 'vitest';
import { readDateline } from '../../../src/article/seed/dateline.ts';
import { articleOf } from '../seeds.ts';

const PUBLISHED = '2025-02-25T00:00:00Z';
const UPDATED = '2025-02-26T09:00:00Z';

/** Reads a dateline in UTC to its two moments. */
function moments(paragraph: string): (string | undefined)[] | undefined {
  const dateline = readDateline(paragraph, 'UTC');
  return dateline === undefined ? undefined : [dateline.published, dateline.updated];
}

describe('labels', () => {
  test.each([
    'February 25, 2025',
    'Published February 25, 2025',
    'Published: February 25, 2025',
    'published on February 25, 2025',
    'PUBLISHED – 25 Feb 2025',
    'Published at 2025-02-25',
    'First published 25 February 2025',
    'Originally published: February 25, 2025',
    'Posted on February 25, 2025',
    'Created: February 25, 2025',
    'Date: 2025-02-25',
    'Dated February 25, 2025',
    'Publication date: February 25, 2025',
    'Published Tuesday, February 25, 2025',
    '**February 25, 2025**',
    '*February 25, 2025*',
    '_February 25, 2025_',
    '`2025-02-25`',
    '**Published:** February 25, 2025',
    '**Published: February 25, 2025**',
    '__Published__ *February 25, 2025*',
    'February 25, 2025\\',
  ])('published: %s', (input) => {
    expect(moments(input)).toEqual([PUBLISHED, undefined]);
  });

  test.each([
    'Updated February 26, 2025 9:00',
    'Updated: February 26, 2025, 9 a.m.',
    'Update: 2025-02-26T09:00Z',
    'Last updated on February 26, 2025 at 9:00',
    'Last modified 2025-02-26 09:00',
    'Modified: 2025-02-26 09:00',
    'Edited 2025-02-26 09:00',
    'Revised on 26 February 2025, 09:00',
    'Last changed 26 February 2025, 09:00',
    '**Updated:** 26 February 2025, 09:00',
    '*Updated 26 February 2025, 09:00*',
  ])('updated: %s', (input) => {
    expect(moments(input)).toEqual([undefined, UPDATED]);
  });
});

describe('one paragraph may hold both dates', () => {
  test.each([
    'February 25, 2025\nUpdated February 26, 2025 9:00',
    'Published: February 25, 2025\nUpdated: February 26, 2025 9:00',
    'Published: February 25, 2025  \nUpdated: February 26, 2025 9:00',
    'Published: February 25, 2025\\\nUpdated: February 26, 2025 9:00',
    'Updated: February 26, 2025 9:00\nPublished: February 25, 2025',
    'Published February 25, 2025 | Updated February 26, 2025 9:00',
    'February 25, 2025 · Updated February 26, 2025, 9 a.m.',
    'February 25, 2025 — updated February 26, 2025, 9 a.m.',
    'February 25, 2025; updated February 26, 2025, 9 a.m.',
    'Published February 25, 2025. Updated February 26, 2025 9:00.',
    'Published February 25, 2025, updated February 26, 2025 9:00',
    'Published February 25, 2025 Last updated February 26, 2025 9:00',
    'February 25, 2025 (updated February 26, 2025 9:00)',
    'February 25, 2025 (Last updated: February 26, 2025, 9 a.m.)',
    'February 25, 2025 (updated February 26, 2025, 4 a.m. ET)'.replace('26, 2025, 4', '26, 2025, 4'),
    '**Published** 25 Feb 2025 • **Updated** 26 Feb 2025 09:00 UTC',
    '_Published 25 Feb 2025_\n_Updated 26 Feb 2025 10:00 +0100_',
  ])('%j', (input) => {
    expect(moments(input)).toEqual([PUBLISHED, UPDATED]);
  });

  test('a stroke or a dash before a time parts nothing', () => {
    expect([moments('February 26, 2025 | 9:00'), moments('26 February 2025 – 9 a.m. UTC')]).toEqual([
      [UPDATED, undefined],
      [UPDATED, undefined],
    ]);
  });

  test('the first of two dates with the same label is used', () => {
    expect(moments('February 25, 2025 | March 1, 2025')).toEqual([PUBLISHED, undefined]);
  });
});

describe('a paragraph with any other text is not a dateline', () => {
  test.each([
    'Published',
    'Updated:',
    'Published soon',
    'Updated on February 25, 2025 by the city desk',
    'By Ana Ruiz | February 25, 2025',
    'February 25, 2025\nThe council met.',
    'Published February 25, 2025 in the Harbor',
    'The post was dated February 25, 2025',
    '|',
    '**',
    '',
    `February 25, 2025${' '.repeat(300)}`,
  ])('%j', (input) => {
    expect(readDateline(input, 'UTC')).toBeUndefined();
  });
});

describe('a fault has the position of its date', () => {
  test.each([
    { input: 'February 30, 2025', written: 'February 30, 2025', at: 0 },
    { input: 'Published: February 30, 2025', written: 'February 30, 2025', at: 11 },
    { input: '**Updated:** 03/04/2025', written: '03/04/2025', at: 13 },
    { input: 'February 25, 2025\nUpdated: April 31, 2025', written: 'April 31, 2025', at: 27 },
    { input: '2025-02-25 | Updated Monday, February 26, 2025', written: 'Monday, February 26, 2025', at: 21 },
  ])('$input', ({ input, written, at }) => {
    expect(readDateline(input, 'UTC')?.faults).toMatchObject([{ written, at }]);
  });

  test('a correct weekday is not a fault', () => {
    expect(readDateline('Tuesday, February 25, 2025', 'UTC')?.faults).toEqual([]);
  });
});

describe('a dateline above or below the headline is removed from the body', () => {
  const body = '<p>The council met.</p>';
  const expected = { published: PUBLISHED, updated: PUBLISHED, content: body };
  test.each([
    { it: 'a paragraph under it', seed: '# T\n\nFebruary 25, 2025\n\nThe council met.\n' },
    { it: 'an indented one', seed: '# T\n\n   February 25, 2025\n\nThe council met.\n' },
    { it: 'the line under it', seed: '# T\nFebruary 25, 2025\n\nThe council met.\n' },
    { it: 'the line under it, without blank lines', seed: '# T\nFebruary 25, 2025\nThe council met.\n' },
    { it: 'a paragraph before it', seed: 'February 25, 2025\n\n# T\n\nThe council met.\n' },
    { it: 'the last paragraph', seed: '# T\n\nThe council met.\n\nFebruary 25, 2025' },
    {
      it: 'after a comment',
      seed: '# T\n\n<!-- 1 May 2020\n\n1 May 2020 -->\n\nFebruary 25, 2025\n\nThe council met.\n',
    },
  ])('$it', ({ seed }) => {
    expect(articleOf(seed)).toMatchObject({ ...expected, content: expect.stringContaining(body) });
  });

  test.each([
    { it: 'two lines', dates: 'Published: February 25, 2025\nUpdated: February 26, 2025 9:00' },
    {
      it: 'two lines and the lede',
      dates: 'February 25, 2025\nUpdated: February 26, 2025 9:00\nThe council met.',
    },
    { it: 'two paragraphs', dates: 'Published: February 25, 2025\n\nUpdated: February 26, 2025 9:00' },
    {
      it: 'two paragraphs in reverse',
      dates: 'Updated: February 26, 2025 9:00\n\nPublished: February 25, 2025',
    },
    {
      it: 'bold labels in two paragraphs',
      dates: '**February 25, 2025**\n\n**Last updated:** 26 Feb 2025, 9 a.m.',
    },
  ])('with its update in $it', ({ dates }) => {
    const { published, updated, content } = articleOf(`# T\n\n${dates}\n\nThe end.\n`);
    expect([published, updated, content.replace('<p>The council met.</p>\n', '')]).toEqual([
      PUBLISHED,
      UPDATED,
      '<p>The end.</p>',
    ]);
  });

  test('an update that leads a paragraph of text stays in the body', () => {
    const { updated, content } = articleOf('# T\n\nFebruary 25, 2025\n\nUpdated February 26, 2025\nThe council met.');
    expect([updated, content]).toEqual([PUBLISHED, '<p>Updated February 26, 2025\nThe council met.</p>']);
  });

  test('a second date without a label stays in the body', () => {
    expect(articleOf('# T\n\nFebruary 25, 2025\n\nMarch 1, 2025\n\nThe council met.').content).toBe(
      '<p>March 1, 2025</p>\n<p>The council met.</p>',
    );
  });

  test.each([
    { it: 'a fence', block: '```\nMay 1, 2020\n\n# X\n```' },
    { it: 'a longer fence', block: '````\n```\nMay 1, 2020\n\n```\n````' },
    { it: 'a fence of tildes', block: '~~~\nMay 1, 2020\n~~~' },
    { it: 'indented code', block: '    May 1, 2020' },
    { it: 'a quotation', block: '> May 1, 2020' },
    { it: 'a list', block: '- May 1, 2020' },
    { it: 'a list item’s second paragraph', block: '- item\n\n  May 1, 2020' },
    { it: 'a comment', block: '<!--\nMay 1, 2020\n-->' },
    { it: 'HTML', block: '<pre>\n\nMay 1, 2020\n\n</pre>' },
    { it: 'a heading', block: '## May 1, 2020' },
    { it: 'a table', block: '| May 1, 2020 |\n|---|' },
  ])('a date in $it is not a dateline', ({ block }) => {
    expect(articleOf(`# T\n\n${block}\n\nFebruary 25, 2025\n\nThe council met.`).published).toBe(PUBLISHED);
  });
});

describe('a date that Markdown reads as a list item is a dateline', () => {
  test.each([
    ['25. February 2025', PUBLISHED],
    ['25. 2. 2025', PUBLISHED],
    ['25. February 2025, 10:00', '2025-02-25T10:00:00Z'],
  ])('%s', (line, out) => {
    const { published, content } = articleOf(`# Headline\n\n${line}\n\nThe lede.\n`);
    expect([published, content]).toEqual([out, '<p>The lede.</p>']);
  });
});

test('a slash may separate two labeled dates', () => {
  expect(moments('Published February 25, 2025 / Updated February 26, 2025 09:00')).toEqual([PUBLISHED, UPDATED]);
});
