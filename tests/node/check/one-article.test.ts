import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../../src/feed/formats.ts';
import { type ItemReading, read } from '../../feed/readings.ts';
import { checkout, type Served, startServe } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

/** The article that defines the seed format is not part of the project; it is tested if it is beside it. */
const shared = fileURLToPath(new URL('../../../../shared/seeds', import.meta.url));
const real = existsSync(shared) ? readdirSync(shared).find((name) => name.endsWith('.txt')) : undefined;

const cases = [
  {
    name: 'a fixture with the same features',
    file: join(checkout, 'tests/fixtures/full-article.txt'),
    title: 'Port Denies Plan to Close the Island Ferry in Winter',
    published: '2025-03-04',
    url: 'https://publisher.example/2025/03/04/port-denies-plan-to-close-the-island-ferry-in-winter-b20417',
    lede: 'The port authority on Tuesday rejected',
  },
  ...(real === undefined
    ? []
    : [
        {
          name: 'the article that defines the seed format',
          file: join(shared, real),
          title: 'Russia Denies Follow-Up Talks With U.S. Officials in Saudi Arabia',
          published: '2025-02-25',
          url: 'https://www.themoscowtimes.com/2025/02/25/russia-denies-follow-up-talks-with-us-officials-in-saudi-arabia-a88163',
          lede: "Russia's Foreign Ministry on Tuesday",
        },
      ]),
];

describe.each(cases)('a folder with only $name', ({ file, title, published, url, lede }) => {
  let served: Served;
  const items = new Map<string, readonly ItemReading[]>();
  beforeAll(async () => {
    const dir = makeFolder();
    copyFileSync(file, join(dir, 'article.txt'));
    served = await startServe([dir]);
    for (const format of formats) {
      const text = await (await fetch(new URL(format.file, served.url))).text();
      items.set(format.name, read(format.name, text).items);
    }
  });
  afterAll(() => served?.stop());

  it.each(formats)('is one item in $label, with its own headline, day, link, id and lede', ({ name }) => {
    expect(items.get(name)).toMatchObject([
      { title, link: url, id: url, published: Date.parse(published), updated: Date.parse(published) },
    ]);
    expect(items.get(name)?.[0]?.summary.startsWith(lede)).toBe(true);
    expect(items.get(name)?.[0]?.summary).not.toMatch(/[*_[\]#<>]/);
  });
  it.each(formats)('has every word between dateline and label in $label, the credit last', ({ name }) => {
    const source = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    const [caption = '', ...rest] = source
      .slice(source.indexOf('2025\n') + 5, source.indexOf('Original url:'))
      .trim()
      .split('\n\n');
    const body = [...rest, caption].join('\n');
    const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu);
    const content = items.get(name)?.[0]?.content ?? '';
    expect(words(content.replace(/<[^>]*>/g, ' '))).toEqual(words(body.replace(/\]\([^)]*\)/g, ' ')));
    expect(content).not.toMatch(/href="(?:[^"]*#|)"|Original url/);
  });
  it('has the same content in all three formats', () => {
    expect(new Set(formats.map(({ name }) => items.get(name)?.[0]?.content)).size).toBe(1);
  });
});
