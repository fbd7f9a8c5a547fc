import type { Problem, ProblemCode } from '../../../article/problem.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { SeedArticle } from '../../folder/unique-articles.ts';
import { duplicateUrls } from './duplicate-urls.ts';
import { futureDate, longHeadline, missingSummary } from './head-lints.ts';
import { largeFeeds } from './large-feeds.ts';
import { deadLinks, emptyLinks, markdownLinks, missingAnchors, missingFiles } from './link-lints.ts';
import { type FiledFinding, type Finding, type LintedArticle, lintedArticle } from './linted-article.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { missingAlt } from './picture-lints.ts';
import { placeholder } from './placeholder.ts';
import type { SiteFacts } from './site-facts.ts';
import { unservedFiles } from './unserved-files.ts';

/** What is looked for in one article: code by code. */
export const articleLints: readonly (readonly [
  ProblemCode,
  (article: LintedArticle) => readonly Finding[],
])[] = [
  ['future-date', futureDate],
  ['long-headline', longHeadline],
  ['missing-summary', missingSummary],
  ['placeholder', placeholder],
  ['missing-alt', missingAlt],
  ['empty-link', emptyLinks],
  ['missing-anchor', missingAnchors],
  ['markdown-link', markdownLinks],
  ['dead-link', deadLinks],
  ['missing-file', missingFiles],
];

/** What is looked for in all articles together; each finding names its file. */
export const publicationLints: readonly (readonly [
  ProblemCode,
  (reading: FolderSnapshot, site: SiteFacts) => readonly FiledFinding[] | Promise<readonly FiledFinding[]>,
])[] = [
  ['duplicate-url', duplicateUrls],
  ['near-duplicate', nearDuplicates],
  ['large-feed', largeFeeds],
  ['unserved-file', unservedFiles],
];

/** Looks for faults that hinder nobody from publishing one article; what {@link parseSeed} finds is not among them. */
export function lintArticle(candidate: SeedArticle, site: SiteFacts): readonly Problem[] {
  const { file, isStale } = candidate;
  // Of a file that went bad the last good version knows no places any more.
  const article = isStale ? undefined : lintedArticle(candidate, site);
  if (article === undefined) return [];
  return articleLints.flatMap(([code, find]) =>
    find(article).map(({ place, message }) => ({ file, ...place, severity: 'warning', code, message })),
  );
}

/** Looks for faults in every article and in all of them together. */
export async function lintFolder(reading: FolderSnapshot, site: SiteFacts): Promise<readonly Problem[]> {
  const found: (readonly Problem[])[] = reading.articles.map((article) => lintArticle(article, site));
  for (const [code, find] of publicationLints) {
    const findings = await find(reading, site);
    found.push(findings.map((finding) => ({ ...finding, line: 1, column: 1, severity: 'warning', code })));
  }
  return found.flat();
}
