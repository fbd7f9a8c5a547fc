import { createFeeds } from 'dateline-feeds';

/** Replace by your own, or by a loader of a database: see ../../docs/embedding.md. */
export const feeds = createFeeds({
  site: { title: 'News', url: 'https://example.org/news/', id: 'tag:example.org,2026:' },
  items: [
    {
      id: '1',
      url: 'https://example.org/posts/bridge',
      title: 'Harbour bridge opens',
      published: '2026-02-25T09:00:00Z',
      content: '<p>The bridge opened on Wednesday.</p>',
      tags: ['Harbour'],
    },
  ],
});
