/**
 * Documents as they were last reviewed, byte for byte, and what an independent parser reads in
 * them. After an intended change, update them and review the diff before committing it:
 *
 *     UPDATE_GOLDEN=1 npx vitest run tests/feed/golden.test.ts
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderFeed } from '../../src/feed/document.ts';
import { formats } from '../../src/feed/formats.ts';
import { lintJsonFeed } from '../validators/json-feed.ts';
import { lintRss } from '../validators/rss.ts';
import { lintAtom } from '../validators/xml.ts';
import { markupPages } from './markup-samples.ts';
import { goldenPages } from './pages.ts';
import { read, readingOf } from './readings.ts';

const goldens = new URL('../golden/', import.meta.url);
const lint = { rss: lintRss, atom: lintAtom, json: lintJsonFeed };

const rows = Object.entries({ ...goldenPages, ...markupPages }).flatMap(([name, page]) =>
  formats.map((format) => ({ name, page, format, file: new URL(`${name}/${format.file}`, goldens) })),
);

if (process.env.UPDATE_GOLDEN) {
  for (const { page, format, file } of rows) {
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, (await renderFeed(await page, format)).bytes);
  }
}

const found = new Map<URL, readonly string[]>();
beforeAll(async () => {
  await Promise.all(
    rows.map(async ({ format, file }) => found.set(file, await lint[format.name](readFileSync(file, 'utf8')))),
  );
});

describe.each(rows)('golden/$name/$format.file', ({ page, format, file }) => {
  test('is what the page renders to, byte for byte', async () => {
    const { bytes } = await renderFeed(await page, format);
    // As text first, for a readable diff.
    expect(new TextDecoder().decode(bytes)).toBe(readFileSync(file, 'utf8'));
    expect(Buffer.compare(bytes, readFileSync(file))).toBe(0);
  });

  test('follows the rules of its format', () => {
    expect(found.get(file)).toEqual([]);
  });

  test('states what the page states', async () => {
    expect(read(format.name, readFileSync(file, 'utf8'))).toEqual(readingOf(await page, format.name));
  });
});

test('there is a page for every golden document', () => {
  const found = readdirSync(goldens, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:xml|json)$/.test(path));
  expect(found.sort()).toEqual(rows.map(({ name, format }) => `${name}/${format.file}`).sort());
});

describe.each(formats)('golden/current/$file', ({ name, file }) => {
  const { title, items } = read(name, readFileSync(new URL(`current/${file}`, goldens), 'utf8'));

  test('states what was written here by hand', () => {
    expect(title).toBe('Harbour & Tide <Weekly>');
    expect(items.map(({ published }) => new Date(published).toISOString())).toEqual([
      '2024-03-05T12:30:00.000Z',
      '2024-03-04T23:59:59.000Z',
      '2024-03-03T00:00:00.000Z',
      '2024-03-01T08:00:00.000Z',
    ]);
    expect(items[0]).toMatchObject({
      id: 'https://elsewhere.example/2024/03/05/markup?a=1&b=2',
      link: 'https://elsewhere.example/2024/03/05/markup?a=1&b=2',
      title: 'Why <b> is not bold, &amp; is not "and" & ]]> ends nothing',
      updated: Date.UTC(2024, 2, 6, 9, 0, 1),
      authors: ['Ann O’Ther', 'Bo & Sons <Ltd>'],
      tags: ['R&D', 'a < b', '海'],
      summary: 'A summary says that 1 < 2 & that &lt; is written so. 😀',
      enclosure: { url: 'https://example.org/a.mp3?x=1&y=2', type: 'audio/mpeg', length: 12345 },
    });
    expect(items[0]?.content).toContain('<code>]]&gt;</code>, raw ]]> twice ]]>.');
    expect(items.map(({ authors }) => authors.join())).toEqual([
      'Ann O’Ther,Bo & Sons <Ltd>',
      'Jo Möwe',
      'Cy (Reuters)',
      'The Editors',
    ]);
  });
});
