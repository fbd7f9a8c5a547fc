import type { ArticleSource } from '../../../article/article.ts';
import type { Problem, ProblemCode } from '../../../article/problem.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { SeedArticle } from '../../folder/seed-article.ts';
import { ArticleFailure, failure } from '../../folder/seed-reader.ts';
import { largeFeeds } from './large-feeds.ts';
import { type FileFinding, type Finding, type LintedArticle, lintedArticle } from './linted-article.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { duplicateUrls, incompletePodcast, sharedSlices, unservedFiles } from './publication-lints.ts';
import {
  deadLinks,
  emptyLinks,
  markdownLinks,
  missingAlt,
  missingAnchors,
  missingFiles,
  unclosedHtml,
} from './reference-lints.ts';
import type { SiteFacts } from './site-facts.ts';
import { expired, futureDate, longHeadline, missingSummary, placeholder } from './text-lints.ts';

/** The lints of one article. */
const articleLints: readonly (readonly [ProblemCode, (article: LintedArticle) => readonly Finding[]])[] = [
  ['future-date', futureDate],
  ['expired', expired],
  ['long-headline', longHeadline],
  ['missing-summary', missingSummary],
  ['placeholder', placeholder],
  ['missing-alt', missingAlt],
  ['empty-link', emptyLinks],
  ['missing-anchor', missingAnchors],
  ['markdown-link', markdownLinks],
  ['dead-link', deadLinks],
  ['missing-file', missingFiles],
  ['unclosed-html', unclosedHtml],
];

/** The lints of the whole publication. */
const publicationLints: readonly (readonly [
  ProblemCode,
  (reading: FolderSnapshot, site: SiteFacts) => readonly FileFinding[] | Promise<readonly FileFinding[]>,
])[] = [
  ['podcast-incomplete', incompletePodcast],
  ['shared-slice', sharedSlices],
  ['duplicate-url', duplicateUrls],
  ['near-duplicate', nearDuplicates],
  ['large-feed', largeFeeds],
  ['unserved-file', unservedFiles],
];

/** Finds faults in one article that do not stop its publication. Parsing an article reports its other problems. */
export function lintArticle(candidate: SeedArticle, site: SiteFacts): readonly Problem[] {
  const { file, isStale } = candidate;
  try {
    // The last good version of a broken file has no places in it.
    const article = isStale ? undefined : lintedArticle(candidate, site);
    if (article === undefined) return [];
    return articleLints.flatMap(([code, find]) =>
      find(article).map(({ place, message }) => ({ file, ...place, severity: 'warning', code, message })),
    );
  } catch (error) {
    return [problemOf(file, error)];
  }
}

function problemOf(file: string, error: unknown): Problem {
  return error instanceof ArticleFailure ? error.problem : failure(file, error);
}

/** Characters of a body; a shorter one reaches no limit of the renderer, and rendering every article takes long. */
const alwaysRendered = 20_000;

/** Finds such faults in every article and in the publication as a whole, and the articles that cannot be rendered. */
export async function lintFolder(reading: FolderSnapshot, site: SiteFacts): Promise<readonly Problem[]> {
  const failures = new Map<ArticleSource, Problem>();
  for (const { file, source } of reading.articles) {
    try {
      if ((source.sourceText?.().body.length ?? 0) > alwaysRendered) source.article();
    } catch (error) {
      failures.set(source, problemOf(file, error));
    }
  }
  const articles = reading.articles.filter(({ source }) => !failures.has(source));
  const sources = reading.sources.filter((source) => !failures.has(source));
  const found: (readonly Problem[])[] = articles.map((article) => lintArticle(article, site));
  for (const [code, find] of publicationLints) {
    const findings = await find({ ...reading, articles, sources }, site);
    found.push(findings.map((finding) => ({ line: 1, column: 1, ...finding, severity: 'warning', code })));
  }
  return [...failures.values()].concat(found.flat());
}
