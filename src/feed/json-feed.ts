import type { Article } from '../article/article.ts';
import type { Author } from '../article/author.ts';
import type { Page } from '../publication/page.ts';
import type { Site } from '../publication/site/site.ts';
import { itemCache } from './item-cache.ts';
import type { FeedLinks } from './links.ts';

/**
 * Writes a page as JSON Feed 1.1, with the keys in the order of the specification.
 *
 * Does not use the library `feed`, which writes version 1, without `authors`, `language`, `hubs`, `attachments` and
 * `next_url`; a test fails once that changes.
 */
export function writeJsonFeed(page: Page, links: FeedLinks): readonly string[] {
  const { site, articles } = page;
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: site.title,
    home_page_url: links.home,
    feed_url: links.self,
    description: site.description,
    next_url: links.prevArchive,
    icon: site.icon,
    favicon: site.favicon,
    authors: writeAuthors(site.authors),
    language: site.language,
    hubs: links.hub === undefined ? undefined : [{ type: 'WebSub', url: links.hub }],
  };
  const items = writeItems(articles, site).flatMap((item, i) => [i === 0 ? '\n    ' : ',\n    ', item]);
  const end = items.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
  return [`${JSON.stringify(feed, null, 2).slice(0, -'\n}'.length)},\n  "items": [`, ...items, end];
}

/** Writes items as they are indented in the feed. */
const writeItems = itemCache((articles, site) =>
  articles.map((article) => JSON.stringify(itemOf(article, site), null, 2).replaceAll('\n', '\n    ')),
);

function itemOf(article: Article, site: Site): object {
  const { id, permalink, title, summary, content, published, updated, authors, tags, enclosures, image } = article;
  return {
    id: article.plainId ?? id,
    url: permalink,
    title,
    // An item must have one of the two.
    ...(content === '' ? { content_text: summary } : { content_html: content }),
    summary: summary || undefined,
    image: image?.url,
    date_published: published,
    date_modified: updated,
    authors: writeAuthors(authors),
    tags: tags.length > 0 ? tags : undefined,
    language: article.language === site.language ? undefined : article.language,
    attachments:
      enclosures.length > 0
        ? enclosures.map(({ url, type, length, title, duration }) => ({
            url,
            mime_type: type,
            title,
            size_in_bytes: length,
            duration_in_seconds: duration,
          }))
        : undefined,
  };
}

function writeAuthors(authors: readonly Author[]): readonly object[] | undefined {
  return authors.length > 0 ? authors.map(({ name, url, picture }) => ({ name, url, avatar: picture })) : undefined;
}
