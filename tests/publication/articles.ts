import type { Article, ArticleSource } from '../../src/article/article.ts';
import type { Site } from '../../src/publication/site/site.ts';

export const site: Site = {
  title: 'The Daily',
  description: 'What happened.',
  url: 'https://daily.example/',
  language: 'en',
  authors: [],
  timezone: 'UTC',
  items: 50,
  content: 'full',
  ttl: 60,
  id: 'tag:daily.example,2026:',
  feedId: 'tag:daily.example,2026:/',
  redirects: {},
};

/** An article with defaults for everything else. */
export function article(said: Partial<Article> = {}): ArticleSource {
  const { slug = 'one', published = '2026-03-01T08:00:00Z' } = said;
  const whole: Article = {
    id: `tag:daily.example,2026:${slug}`,
    slug,
    permalink: `https://daily.example/articles/${slug}`,
    title: `Title of ${slug}`,
    published,
    updated: published,
    authors: [],
    tags: [],
    summary: 'A lede.',
    content: '<p>A lede.</p>',
    enclosures: [],
    ...said,
  };
  const { summary: _, content: __, enclosures: ___, ...head } = whole;
  return { head, article: () => whole };
}

/** Articles a day apart, oldest first, with the slugs 1, 2, 3 and so on. */
export function articles(count: number, first = Date.UTC(2020, 0, 1)): ArticleSource[] {
  return Array.from({ length: count }, (_, i) => {
    const published = new Date(first + i * 86_400_000).toISOString().replace('.000Z', 'Z');
    return article({ slug: String(i + 1).padStart(4, '0'), published });
  });
}
