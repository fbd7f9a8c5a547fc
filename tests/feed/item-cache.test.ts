/** An item is written once and shown on many pages, whatever it was written with. */
import { expect, test } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { formats } from '../../src/feed/formats.ts';
import { childrenOf, parseXml, seedText as textOf } from '../validators/tree.ts';
import { articlesOf, everyKindAndMedia, pageOf, podcastSite, seedText } from './pages.ts';

const site = { ...podcastSite, items: 30 };

test.each(formats.map(({ name }) => name))('%s is the same whichever articles were written before', async (name) => {
  const articles = articlesOf(30, everyKindAndMedia);
  const parts = [articles.slice(3, 4), articles.filter((_, i) => i % 3 === 0), articles.slice(10, 20)];
  for (const part of parts) await seedText(await pageOf(site, part), name);
  const before = await seedText(await pageOf(site, articles), name);
  const alone = await seedText(await pageOf(site, structuredClone(articles)), name);
  expect(before).toBe(alone);
});

test('RSS keeps content that looks like the end of an item with its own item', async () => {
  const contents = ['<p>a</item>\n        <item>\n</p>', '', '<p>]]></item>\n]]></p>', "<p>$& $' $1 </p>"];
  const articles = articlesOf(contents.length, (i): Partial<Article> => ({ content: contents[i] ?? '' }));
  const [channel] = childrenOf(parseXml(await seedText(await pageOf(site, articles), 'rss')), 'channel');
  const items = channel === undefined ? [] : childrenOf(channel, 'item');
  const namespace = 'http://purl.org/rss/1.0/modules/content/';
  const shown = items.map((item) => [textOf(item, 'title'), textOf(item, 'encoded', namespace)]);
  expect(shown).toEqual(contents.map((html, i) => [`Article ${i}`, html || undefined]).reverse());
});
