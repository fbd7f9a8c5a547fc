import type { Article } from '../article/article.ts';
import { escapeMarkdown } from '../article/body/markdown/html-as-markdown.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { legalText } from '../article/plain-text.ts';
import type { Page } from '../publication/page.ts';
import type { Site } from '../publication/site/site.ts';
import { writtenDay } from '../publication/words/date-styles.ts';
import { directionOf } from '../publication/words/direction.ts';
import { localTime } from '../publication/words/local-time.ts';
import { wordsFor } from '../publication/words/words.ts';
import { itemCache } from './item-cache.ts';
import { escapeHtml } from './xml.ts';

/** Prepares a page's articles as all feed formats show them. */
export function shownPage({ site, articles, ...facts }: Page): Page {
  const shownSite = sites.get(site) ?? legalPage(site);
  sites.set(site, shownSite);
  return { ...legalPage(facts), site: shownSite, articles: shownArticles(articles, shownSite) };
}

/** A cache, because a site is on many pages. */
const sites = new WeakMap<Site, Site>();

const shownArticles = itemCache((articles, site) =>
  articles.map((article) => withDirection(withCorrections(withExtent(legalPage(article), site), site), site)),
);

/**
 * Replaces the content by the summary and a link, if the publication or the article asks for it. An article without
 * content needs a summary, at least its title (RFC 4287 §4.1.2, JSON Feed `content_text`).
 */
function withExtent(article: Article, site: Site): Article {
  const { title, permalink, summary, content } = article;
  const isWhole = (article.extent ?? site.content) === 'full' || content === '';
  // The title describes the link in the article's own language.
  const link = `<p><a href="${escapeHtml(permalink)}">${escapeHtml(title)}</a></p>\n`;
  const excerpt = summary === '' ? link : `<p>${escapeHtml(summary)}</p>\n${link}`;
  return {
    ...(isWhole ? article : omitUndefined({ ...article, markdown: undefined })),
    content: isWhole ? content : excerpt,
    summary: summary || (isWhole && content !== '' ? '' : title),
  };
}

/** Appends the corrections to the content, as newspapers do, so that people see why the item changed. */
function withCorrections(article: Article, site: Site): Article {
  const { corrections = [], content, markdown } = article;
  if (corrections.length === 0) return article;
  const language = article.language ?? site.language;
  const { words } = wordsFor(language);
  const dated = corrections.map(({ date, note }) => ({
    note,
    label: `${words.correction}, ${writtenDay(localTime(date, site.timezone), language)}:`,
  }));
  const notes = dated.map(({ label, note }) => {
    return `<p><strong>${escapeHtml(label)}</strong> ${escapeHtml(note)}</p>\n`;
  });
  const lines = dated.map(({ label, note }) => `\n\n**${label}** ${escapeMarkdown(note)}`);
  return omitUndefined({
    ...article,
    content: content.replace(/\n?$/, '\n') + notes.join(''),
    markdown: markdown && markdown + lines.join(''),
  });
}

/**
 * Marks the direction of content in a right-to-left language, since readers have no other hint. Titles and summaries
 * are plain text, which takes its direction from its first letter.
 */
function withDirection(article: Article, site: Site): Article {
  const language = article.language ?? site.language;
  if (article.content === '' || directionOf(language) === 'ltr') return article;
  return { ...article, content: `<div dir="rtl" lang="${escapeHtml(language)}">${article.content}</div>` };
}

/**
 * Removes what XML forbids (§2.2) from every text of a page, and normalizes line ends as XML parsers do (XML 1.0
 * §2.11), so that all formats have the same text.
 */
function legalPage<T>(value: T): T {
  if (typeof value === 'string') return legalText(value).replace(/\r\n?/g, '\n') as T;
  if (Array.isArray(value)) return value.map(legalPage) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, legalPage(part)])) as T;
}
