import { expect, it } from 'vitest';
import { createFeeds } from '../../src/library/create-feeds.ts';

const item = (id: string, language: string, translationKey: string | null) => ({
  id: `urn:${id}`,
  url: `https://daily.example/articles/${id}`,
  title: id,
  slug: id,
  published: '2026-03-01T00:00:00Z',
  content: '<p>Text.</p>',
  language,
  translationKey,
});

it('items with one key are translations, in a list', async () => {
  const site = { title: 'The Daily', url: 'https://daily.example/', feeds: { deutsch: { languages: 'de' } } };
  const feeds = createFeeds({ site, items: [item('a', 'en', 'k'), item('b', 'de', 'k'), item('c', 'de', null)] });
  const page = await (await feeds.request('/articles/b')).text();
  expect([...page.matchAll(/hreflang="([^"]+)" href="https/g)].map(([, language]) => language)).toEqual([
    'de',
    'en',
    'x-default',
  ]);
  const { items } = (await (await feeds.request('/feeds/deutsch/feed.json')).json()) as { items: { id: string }[] };
  expect(items.map(({ id }) => id)).toEqual(['urn:c', 'urn:b']);
});

it('a loader has no feeds of chosen articles', () => {
  const site = { title: 'The Daily', url: 'https://daily.example/', feeds: { deutsch: { languages: 'de' } } };
  expect(() => createFeeds({ site, items: () => [] })).toThrow('site.feeds: a loader is asked for one label at a time');
});
