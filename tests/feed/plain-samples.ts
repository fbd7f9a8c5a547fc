import type { Article } from '../../src/article/article.ts';
import type { Site } from '../../src/publication/site/site.ts';

/** A publication with only the required facts. */
export const plainSite: Site = {
  title: 'Notes',
  description: 'Notes from the quay',
  url: 'https://example.org/',
  language: 'en',
  authors: [],
  timezone: 'UTC',
  items: 50,
  content: 'full',
  ttl: 60,
  id: 'tag:example.org,2024:',
  feedId: 'tag:example.org,2024:/',
  redirects: {},
};

/** An article with only the required facts. */
export const plainArticle: Article = {
  id: 'tag:example.org,2024:plain',
  slug: 'plain',
  permalink: 'https://example.org/articles/plain',
  title: 'Plain',
  published: '2024-03-01T08:00:00Z',
  updated: '2024-03-01T08:00:00Z',
  authors: [],
  tags: [],
  summary: 'Cast off.',
  content: '<p>Cast off.</p>\n',
  enclosures: [],
};
