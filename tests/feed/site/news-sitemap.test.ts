import { expect, it } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { publish } from '../../../src/publication/memory.ts';
import { storedInMemory } from '../../http/stored.ts';
import { article, site } from '../../publication/articles.ts';
import { parseXml } from '../../validators/xml.ts';

const made = '2026-03-01T00:00:00Z';
const said = { ...site, news: true as const, items: 2 };
const hour = (count: number): string =>
  new Date(Date.parse(made) + count * 3_600_000).toISOString().replace('.000', '');
const sources = [
  ...Array.from({ length: 5 }, (_, i) => article({ slug: `a${i}`, title: `A & ${i}`, published: hour(i) })),
  article({ slug: 'zh', published: hour(30), language: 'zh-Hant-TW' }),
  article({ slug: 'elsewhere', published: hour(6), permalink: 'https://other.example/x' }),
];

it('lists the articles of 48 hours, across archive pages and by the clock, in memory and stored', async () => {
  const [memory, stored] = [publish(said, sources, made), await storedInMemory(said, sources, made)];
  let now = 0;
  const apps = [memory, await stored.edition()].map((edition) =>
    createApp({ edition: () => edition }, { now: () => now }),
  );
  const listed = async (at: string) => {
    now = Date.parse(at);
    const answers = await Promise.all(apps.map((app) => app.request('/news-sitemap.xml')));
    const [text = '', other] = await Promise.all(answers.map((answer) => answer.text()));
    expect(other).toBe(text);
    expect(() => parseXml(text)).not.toThrow();
    return {
      slugs: [...text.matchAll(/articles\/(\w+)</g)].map(([, slug]) => slug),
      age: answers[0]?.headers.get('Cache-Control'),
      text,
    };
  };
  expect((await listed(hour(10))).slugs).toEqual(['a4', 'a3', 'a2', 'a1', 'a0']);
  const { slugs, text } = await listed(hour(47));
  expect(slugs).toEqual(['zh', 'a4', 'a3', 'a2', 'a1', 'a0']);
  expect(text).toContain('<news:language>zh-tw</news:language>');
  expect(text).toContain('<news:title>A &#x26; 4</news:title>');
  const later = await listed(new Date(Date.parse(hour(49)) + 3_540_000).toISOString());
  expect(later.slugs).toEqual(['zh', 'a4', 'a3', 'a2']);
  expect(later.age).toBe('public, max-age=60');
  expect((await listed(hour(200))).slugs).toEqual([]);
});

it('lists articles outside the main feed, too', async () => {
  const main = { language: ['en'] };
  const both = [...sources, article({ slug: 'de', published: hour(5), language: 'de' })];
  const stored = await storedInMemory({ ...said, main }, both, made);
  for (const edition of [publish({ ...said, main }, both, made), await stored.edition()]) {
    const app = createApp({ edition: () => edition }, { now: () => Date.parse(hour(10)) });
    const text = await (await app.request('/news-sitemap.xml')).text();
    expect([...text.matchAll(/articles\/(\w+)</g)].map(([, slug]) => slug)).toEqual([
      'de',
      'a4',
      'a3',
      'a2',
      'a1',
      'a0',
    ]);
  }
});

it('does not exist by default', async () => {
  const edition = publish(site, sources, made);
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(hour(10)) });
  expect((await app.request('/news-sitemap.xml')).status).toBe(404);
  expect(await (await app.request('/robots.txt')).text()).not.toContain('news');
});
