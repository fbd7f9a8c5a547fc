import { type Article, oldestFirst } from '../../../article/article.ts';
import { isShown } from '../../../publication/publication.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { type LintedArticle, lintedArticle } from '../lint/linted-article.ts';
import type { SiteFacts } from '../lint/site-facts.ts';
import type { Target, TargetFinding } from './target.ts';

type Report = (severity: TargetFinding['severity'], message: string) => TargetFinding;

/** The rules of an aggregator. Each returns what is wrong, if anything. */
interface Rules {
  readonly title: string;
  readonly site: (reading: FolderSnapshot, report: Report, facts: SiteFacts) => readonly (TargetFinding | undefined)[];
  readonly article?: (article: Article, report: Report) => readonly (TargetFinding | undefined)[];
}

/** Makes a target that checks the publication and the articles that its feed has now. */
function newsTarget({ title, site, article }: Rules): Target {
  return {
    title,
    find: (reading, facts) => {
      const file = facts.publicationFile();
      const ofSite = site(reading, (severity, message) => ({ file, severity, message }), facts);
      const ofArticles = currentArticles(reading, facts).flatMap(([linted, rendered]) => {
        const place = linted.written.titlePlace;
        return article?.(rendered, (severity, message) => ({ file: linted.file, ...place, severity, message })) ?? [];
      });
      return [...ofSite, ...ofArticles].filter((found) => found !== undefined);
    },
  };
}

/** The articles on the current page, newest first. */
function currentArticles({ articles, site }: FolderSnapshot, facts: SiteFacts): (readonly [LintedArticle, Article])[] {
  return articles
    .filter(({ source, isStale }) => !isStale && isShown(source.head, facts.now))
    .toSorted((a, b) => oldestFirst(b.source.head, a.source.head))
    .slice(0, site.items)
    .flatMap((candidate) => {
      const linted = lintedArticle(candidate, facts);
      return linted === undefined ? [] : [[linted, candidate.source.article()] as const];
    });
}

/** https://about.flipboard.com/rss-spec/ */
export const flipboard = newsTarget({
  title: 'Flipboard',
  site: ({ site: { content, items } }, report) => [
    content === 'summary' ? report('error', 'requires whole articles; set "content" to full') : undefined,
    items < 30 ? report('error', `requires at least 30 items in the feed; "items" is ${items}`) : undefined,
  ],
  article: ({ image, extent }, report) => {
    const { width, height } = image ?? {};
    const least = Math.min(width ?? Number.POSITIVE_INFINITY, height ?? Number.POSITIVE_INFINITY);
    return [
      extent === 'summary' ? report('error', 'requires whole articles, and this one is a summary in feeds') : undefined,
      image === undefined ? report('error', 'requires a picture in each article') : undefined,
      least < 400 ? report('error', `requires a picture of at least 400 pixels, and this has ${least}`) : undefined,
    ];
  },
});

/** https://support.microsoft.com/topic/0114c19c-36bb-4fef-8322-4a1ed6888329 and helpcenter.microsoftstart.com */
export const msn = newsTarget({
  title: 'MSN',
  site: ({ site: { url } }, report) => [
    url.startsWith('https:') ? undefined : report('error', `takes feeds at https addresses only, not ${url}`),
  ],
  article: ({ title, image, content }, report) => [
    title.length > 20 && title.length <= 150
      ? undefined
      : report('error', `requires titles of 21 to 150 characters, and this has ${title.length}`),
    content === '' ? report('error', 'requires a body') : undefined,
    image === undefined ? report('warning', 'publishes only articles with a picture by itself') : undefined,
  ],
});

/**
 * https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap and
 * https://support.google.com/news/publisher-center/answer/9545420
 */
export const googleNews = newsTarget({
  title: 'Google News',
  site: ({ site, sources }, report, { now }) => {
    const start = new Date(Date.parse(now) - 2 * 86_400_000).toISOString();
    const recent = sources.filter(({ head }) => isShown(head, now) && head.published >= start).length;
    return [
      site.news === true ? undefined : report('warning', 'finds articles by a sitemap of their own; set "news: true"'),
      site.items > 60 ? report('warning', `reads 60 articles at a time; "items" is ${site.items}`) : undefined,
      recent > 1000 ? report('error', `takes 1000 articles in two days, and these are ${recent}`) : undefined,
    ];
  },
  article: ({ content }, report) => {
    const size = Buffer.byteLength(content);
    return [
      size > 1_000_000 ? report('error', `takes at most 1 MB for an article, and this has ${size} bytes`) : undefined,
    ];
  },
});

/** https://support.apple.com/guide/news-publisher/apdc2c7520ff/icloud */
export const appleNews = newsTarget({
  title: 'Apple News',
  site: ({ site: { language, content } }, report) => [
    new Intl.Locale(language).region === undefined
      ? report('error', `requires a language with its region, such as en-US; "language" is ${language}`)
      : undefined,
    content === 'summary' ? report('warning', 'recommends whole articles; set "content" to full') : undefined,
  ],
  article: ({ title, summary }, report) => [
    title.length >= 15 && title.length <= 60
      ? undefined
      : report('warning', `recommends titles of 15 to 60 characters, and this has ${title.length}`),
    summary === '' ? report('error', 'requires a description; write a summary') : undefined,
  ],
});
