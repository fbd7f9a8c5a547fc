import type { Instant } from '../../article/article.ts';
import { byPlace, type Problem, quote } from '../../article/problem.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { hasBrokenPublication, isPublicationError, publicationFilePath } from '../folder/publication-file.ts';
import type { PublishedHistory } from '../published/published-history.ts';
import type { WebOptions } from '../published/web-client.ts';
import { count } from '../terminal/report.ts';
import { compareWithFeed, type FeedComparison } from './compare-with-feed.ts';
import { type Fix, fixArticles } from './fix/fix.ts';
import { fixId, fixPublishedIds, fixTie, unfixedIds } from './fix/fix-ids.ts';
import { fixEmptyLinks } from './fix/fix-links.ts';
import { fixWeekdays } from './fix/fix-weekdays.ts';
import { lintFolder } from './lint/lint.ts';
import { siteFacts } from './lint/site-facts.ts';
import { readHistory } from './read-history.ts';

export interface CheckOptions extends WebOptions {
  /** The URL or file of a published feed to compare with. */
  readonly against?: string;
  /** Whether to apply all safe fixes. */
  readonly fix?: boolean;
  /** Whether to apply one fix: write missing ids into the files. */
  readonly fixIds?: boolean;
  /** Reports whether a file is checked; by default the whole folder is. */
  readonly isSelected?: ((file: string) => boolean) | undefined;
}

export interface CheckResult {
  /** The number of checked articles. */
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** What was done, in lines. */
  readonly notes: readonly string[];
}

/** Checks a folder, which `read` reads anew each time. Articles dated later than `now` are not published yet. */
export async function check(
  dir: string,
  read: () => FolderSnapshot,
  options: CheckOptions,
  now: Instant,
): Promise<CheckResult> {
  const { isSelected = () => true } = options;
  let reading = read();
  const { against } = options;
  const history = against === undefined ? undefined : await readHistory(against, undefined, options);
  let comparison = compare(reading, history, now);
  const problems: Problem[] = [];
  const notes: string[] = [];
  if (history !== undefined) {
    problems.push(...history.problems, ...changedFeedId(dir, reading, history));
    const items = history.feeds.reduce((sum, { feed }) => sum + feed.items.length, 0);
    notes.push(`compared with ${count(items, 'item')} in ${count(history.feeds.length, 'document')}`);
  }
  if (options.fix || options.fixIds) {
    const fixed = fixFolder(dir, reading, comparison, options);
    problems.push(...fixed.problems);
    notes.push(...fixed.notes);
    if (fixed.files > 0) {
      reading = read();
      if (comparison.certainIds.size > 0) comparison = compare(reading, history, now);
    }
  }
  const facts = siteFacts(dir, reading, now);
  const articles = reading.articles.filter(({ file }) => isSelected(file));
  // Not push(...all): a call takes a limited number of arguments, and there may be more problems.
  const found = unfixedIds({ ...reading, articles }, facts.otherName, (unfixed) =>
    options.isSelected === undefined ? publicationFilePath(dir, unfixed) : (unfixed[0]?.file ?? dir),
  ).concat(reading.problems.concat(await lintFolder(reading, facts)).toSorted(byPlace));
  const concerns = (problem: Problem): boolean =>
    isSelected(problem.file) ||
    (problem.other !== undefined && isSelected(problem.other)) ||
    isPublicationError(problem, dir);
  return {
    articles: articles.length,
    problems: found.filter(concerns).concat(problems, comparison.problems.filter(concerns)),
    notes,
  };
}

function compare({ articles }: FolderSnapshot, history: PublishedHistory | undefined, now: Instant): FeedComparison {
  return history === undefined || history.feeds.length === 0
    ? { problems: [], certainIds: new Map() }
    : compareWithFeed(articles, history.feeds, now);
}

/** Reports that the feed itself has another id (RFC 4287 §4.2.6). The id of a slice begins with the publication's. */
function changedFeedId(
  dir: string,
  { articles, site }: FolderSnapshot,
  { feeds }: PublishedHistory,
): readonly Problem[] {
  const id = feeds[0]?.feed.id;
  if (id === undefined || id.startsWith(site.feedId)) return [];
  const file = publicationFilePath(dir, articles);
  const message = `the feed itself is published with the id ${quote(id)}, and here its id is ${quote(site.feedId)}; few readers use it, so leave it unless "id" or "title" of the publication changed by mistake`;
  return [{ file, line: 1, column: 1, severity: 'warning', code: 'changed-id', message }];
}

interface FixedFolder {
  /** The number of changed files. */
  readonly files: number;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** Applies fixes to the selected files, except those that may be published under an id that is still in doubt. */
function fixFolder(
  dir: string,
  reading: FolderSnapshot,
  { problems, certainIds }: FeedComparison,
  { fix: all, isSelected = () => true }: CheckOptions,
): FixedFolder {
  if (hasBrokenPublication(reading.problems, dir)) {
    const note = 'fixed nothing, because ids depend on the publication file; fix that file first';
    return { files: 0, notes: [note], problems: [] };
  }
  const inDoubt = new Set(
    problems.flatMap(({ severity, file }) => (severity === 'error' && !certainIds.has(file) ? [file] : [])),
  );
  const ids: readonly Fix[] = [
    fixPublishedIds(certainIds, reading.site),
    { ...fixId, isNeeded: (article) => !certainIds.has(article.file) && fixId.isNeeded(article) },
  ];
  const fixes = all ? [...ids, fixEmptyLinks, fixWeekdays(reading.problems)] : ids;
  const isSkipped = (file: string): boolean => inDoubt.has(file) || !isSelected(file);
  const fixed = fixArticles(dir, reading, isSkipped, fixes);
  const untied = fixArticles(dir, { ...reading, articles: reading.tied }, isSkipped, [fixTie]);
  const written = fixed.written.concat(untied.written);
  const notes = all
    ? [...written.map(({ file, done }) => `${file}: ${done.join(', ')}`), `fixed ${count(written.length, 'file')}`]
    : [`wrote the ids of ${count(written.length, 'article')} into their files`];
  return { files: written.length, notes, problems: fixed.problems.concat(untied.problems) };
}
