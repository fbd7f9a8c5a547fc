import type { Problem, ProblemCode } from '../../../article/problem.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { UnrenderableArticle } from '../../folder/render/lazy-article.ts';
import type { SeedArticle } from '../../folder/seeds/seed-article.ts';
import { enclosureAddress, enclosureLength, enclosureType, episodeArtwork, episodeNumber } from './episode-lints.ts';
import { unusedLabels } from './feed-lints.ts';
import { largeFeeds } from './large-feeds.ts';
import { type FileFinding, type Finding, type LintedArticle, lintedArticle } from './linted-article.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { largePictures } from './picture-lints.ts';
import { incompletePodcast, sharedEnclosures, sharedNumbers, unfitArtwork } from './podcast-lints.ts';
import { duplicateUrls, sharedSlices, unservedFiles } from './publication-lints.ts';
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
import { repeatedTranslations, unknownLanguages } from './translation-lints.ts';

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
  ['large-picture', largePictures],
  ['unclosed-html', unclosedHtml],
  ['enclosure-address', enclosureAddress],
  ['enclosure-length', enclosureLength],
  ['enclosure-type', enclosureType],
  ['episode-number', episodeNumber],
  ['podcast-artwork', episodeArtwork],
];

/** The lints of the whole publication. */
const publicationLints: readonly (readonly [
  ProblemCode,
  (reading: FolderSnapshot, site: SiteFacts) => readonly FileFinding[] | Promise<readonly FileFinding[]>,
])[] = [
  ['podcast-incomplete', incompletePodcast],
  ['podcast-artwork', unfitArtwork],
  ['shared-enclosure', sharedEnclosures],
  ['episode-number', sharedNumbers],
  ['shared-slice', sharedSlices],
  ['unused-label', unusedLabels],
  ['repeated-translation', repeatedTranslations],
  ['unknown-language', unknownLanguages],
  ['duplicate-url', duplicateUrls],
  ['near-duplicate', nearDuplicates],
  ['large-feed', largeFeeds],
  ['unserved-file', unservedFiles],
];

/**
 * Finds faults in one article that do not stop its publication, and the one that does: that it cannot be rendered.
 * Parsing an article reports its other problems.
 */
export function lintArticle(candidate: SeedArticle, site: SiteFacts): readonly Problem[] {
  const { file, isStale } = candidate;
  // The last good version of a broken file has no places in it.
  const article = isStale ? undefined : lintedArticle(candidate, site);
  if (article === undefined) return [];
  const failure = renderingProblem(candidate);
  if (failure !== undefined) return [failure];
  return articleLints.flatMap(([code, find]) =>
    find(article).map(({ place, message }) => ({ file, ...place, severity: 'warning', code, message })),
  );
}

/** Finds such faults in every article and in the publication as a whole. */
export async function lintFolder(reading: FolderSnapshot, site: SiteFacts): Promise<readonly Problem[]> {
  const found: (readonly Problem[])[] = reading.articles.map((article) => lintArticle(article, site));
  for (const [code, find] of publicationLints) {
    const findings = await find(reading, site);
    found.push(findings.map((finding) => ({ line: 1, column: 1, ...finding, severity: 'warning', code })));
  }
  return found.flat();
}

/** Renders an article, since `build` stops if that fails. */
function renderingProblem({ source }: SeedArticle): Problem | undefined {
  try {
    source.article();
    return undefined;
  } catch (error) {
    if (error instanceof UnrenderableArticle) return error.problem;
    throw error;
  }
}
