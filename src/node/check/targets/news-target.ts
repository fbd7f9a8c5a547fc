import { type Article, type ArticleSource, oldestFirst } from '../../../article/article.ts';
import { mainIn, slicesIn } from '../../../publication/memory.ts';
import { isShown } from '../../../publication/publication.ts';
import type { Site } from '../../../publication/site/site.ts';
import { namedSlices } from '../../../publication/slices/membership.ts';
import { siteOfSlice } from '../../../publication/slices/slice.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { lintedArticle } from '../lint/linted-article.ts';
import type { SiteFacts } from '../lint/site-facts.ts';
import type { Target, TargetFinding } from './target.ts';

type Report = (severity: TargetFinding['severity'], message: string) => TargetFinding;

/** The feed that a publisher submits, and the articles that it has now, newest first. */
export interface SubmittedFeed {
  readonly site: Site;
  readonly articles: readonly Article[];
  readonly facts: SiteFacts;
  /** Counts the articles that were published in the last milliseconds, however many the feed has. */
  readonly recent: (milliseconds: number) => number;
}

/** An article of that feed. */
export interface SubmittedArticle {
  readonly article: Article;
  /** Bytes of its picture, if that is a file of the folder. */
  readonly pictureSize: number | undefined;
  readonly site: Site;
}

/** The rules of an aggregator. Each returns what is wrong, if anything. */
interface Rules {
  readonly title: string;
  readonly feed: (feed: SubmittedFeed, report: Report) => readonly (TargetFinding | undefined)[];
  readonly article?: (one: SubmittedArticle, report: Report) => readonly (TargetFinding | undefined)[];
}

/** Makes a target that checks a feed and the articles that it has now. */
export function newsTarget({ title, feed, article: check }: Rules): Target {
  return {
    title,
    find: (reading, facts) => {
      const file = facts.publicationFile();
      const { site, sources } = submittedFeed(reading);
      const current = sources
        .filter(({ head }) => isShown(head, facts.now))
        .toSorted((a, b) => oldestFirst(b.head, a.head))
        .slice(0, site.items);
      const known = new Map(reading.articles.map((one) => [one.source, one]));
      const checked = current.flatMap((source) => {
        const candidate = known.get(source as (typeof reading.articles)[number]['source']);
        const linted = candidate === undefined || candidate.isStale ? undefined : lintedArticle(candidate, facts);
        return linted === undefined ? [] : [{ linted, article: source.article() }];
      });
      const articles = checked.map(({ article }) => article);
      const now = Date.parse(facts.now);
      const recent = (milliseconds: number): number =>
        reading.sources.filter(
          ({ head }) => isShown(head, facts.now) && now - Date.parse(head.published) <= milliseconds,
        ).length;
      const ofFeed = feed({ site, articles, facts, recent }, (severity, message) => ({ file, severity, message }));
      const ofArticles = checked.flatMap(({ linted, article }) => {
        const place = linted.written.titlePlace;
        const report: Report = (severity, message) => ({ file: linted.file, ...place, severity, message });
        const pictureSize = fileSize(article.image?.url, site, facts.findFileFrom(''));
        return check?.({ article, pictureSize, site }, report) ?? [];
      });
      return [...ofFeed, ...ofArticles].filter((found) => found !== undefined);
    },
  };
}

/** Returns the feed for aggregators: the first named one that says so, else the main feed. */
function submittedFeed({ site, sources }: FolderSnapshot): {
  readonly site: Site;
  readonly sources: readonly ArticleSource[];
} {
  const named = namedSlices(site).find((_, i) => site.feeds?.[i]?.aggregators === true);
  if (named === undefined) return { site, sources: mainIn(sources, site) };
  const [path, slice] = named;
  return { site: siteOfSlice(site, slice), sources: slicesIn(sources, site).get(path)?.sources ?? [] };
}

function fileSize(
  url: string | undefined,
  site: Site,
  findFile: ReturnType<SiteFacts['findFileFrom']>,
): number | undefined {
  const media = new URL('media/', site.url).href;
  return url?.startsWith(media) ? findFile(decodeURI(url.slice(media.length)))?.length : undefined;
}
