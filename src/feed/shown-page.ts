import type { Article } from '../article/article.ts';
import { legalText } from '../article/plain-text.ts';
import { directionOf } from '../publication/direction.ts';
import type { Page } from '../publication/page.ts';
import type { Site } from '../publication/site.ts';

/** Gives a page's articles the content that all feed formats show alike. */
export function shownPage({ site, articles, ...facts }: Page): Page {
  const shownSite = sites.get(site) ?? legalPage(site);
  sites.set(site, shownSite);
  const shown = articles.map((article) => shownArticle(article, site, shownSite));
  return { ...legalPage(facts), site: shownSite, articles: shown };
}

/** A site stands on many pages and an article in three formats, and both stay when others change. */
const sites = new WeakMap<Site, Site>();
const known = new WeakMap<Article, { readonly site: Site; readonly shown: Article }>();

function shownArticle(article: Article, site: Site, shownSite: Site): Article {
  const before = known.get(article);
  if (before?.site === site) return before.shown;
  const shown = directed(summedUp(legalPage(article), shownSite), shownSite);
  known.set(article, { site, shown });
  return shown;
}

/**
 * Puts a summary with a link on in the place of the content that the publication, or the article itself, keeps at
 * home. An article without content needs a summary, and be it its title (RFC 4287 §4.1.2, JSON Feed `content_text`).
 */
function summedUp(article: Article, site: Site): Article {
  const { title, permalink, summary, content } = article;
  const isWhole = (article.extent ?? site.content) === 'full' || content === '';
  // The headline says where the link leads, in the article's own language.
  const link = `<p><a href="${escaped(permalink)}">${escaped(title)}</a></p>\n`;
  const excerpt = summary === '' ? link : `<p>${escaped(summary)}</p>\n${link}`;
  return {
    ...article,
    content: isWhole ? content : excerpt,
    summary: summary || (isWhole && content !== '' ? '' : title),
  };
}

/**
 * Says of content in a language that is written from right to left that it is: nothing outside of it tells a reader
 * how to lay it out. Titles and summaries are plain text, which takes its direction from its first letter.
 */
function directed(article: Article, site: Site): Article {
  const language = article.language ?? site.language;
  if (article.content === '' || directionOf(language) === 'ltr') return article;
  return { ...article, content: `<div dir="rtl" lang="${escaped(language)}">${article.content}</div>` };
}

/** For HTML, text and attributes alike. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/**
 * Takes what XML forbids out of every text of a page (XML 1.0 §2.2) and ends every line as its parsers do (§2.11),
 * so that all formats say the same.
 */
function legalPage<T>(value: T): T {
  if (typeof value === 'string') return legalText(value).replace(/\r\n?/g, '\n') as T;
  if (Array.isArray(value)) return value.map(legalPage) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, legalPage(part)])) as T;
}
