import type { Instant } from '../../article/article.ts';
import { byPlace, type Problem, quote } from '../../article/problem.ts';
import { isBeside } from '../../publication/site/site.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import {
  hasBrokenPublication,
  publicationErrorIn,
  publicationFilePath,
  publicationHome,
} from '../folder/options/publication-file.ts';
import { type FoundLedger, isLedgerOf } from '../ledger/find-ledger.ts';
import type { PublishedHistory } from '../published/published-history.ts';
import type { WebOptions } from '../published/web-client.ts';
import { statePath } from '../state/state-file.ts';
import { count } from '../terminal/report.ts';
import { adoptMatches } from './adopt.ts';
import { compareWithFeed, type FeedComparison } from './compare-with-feed.ts';
import { compareWithLedger } from './compare-with-ledger.ts';
import { type Fix, fixArticles } from './fix/fix.ts';
import { fixIds, fixPublishedIds, unfixedIds } from './fix/fix-ids.ts';
import { fixEmptyLinks } from './fix/fix-links.ts';
import { fixWeekdays } from './fix/fix-weekdays.ts';
import { lintFolder } from './lint/lint.ts';
import { siteFacts } from './lint/site-facts.ts';
import { readHistory } from './read-history.ts';
import { checkFor, type TargetName } from './targets/targets.ts';

export interface CheckOptions extends WebOptions {
  /** The URL or file of a published feed to compare with. */
  readonly against?: string;
  /** Whether to fill the folder's ledger from that feed. */
  readonly adopt?: boolean;
  /** What was published, to compare with if there is no feed. */
  readonly published?: FoundLedger | undefined;
  /** The path of the folder's ledger, to adopt into. */
  readonly ledger?: string;
  /** Whether to apply all safe fixes. */
  readonly fix?: boolean;
  /** Whether to apply one fix: write missing ids into the files. */
  readonly fixIds?: boolean;
  /** The services by whose rules the folder is checked as well. */
  readonly for?: readonly TargetName[];
  /** Reports whether a file is checked; by default the whole folder is. */
  readonly isSelected?: ((file: string) => boolean) | undefined;
}

export interface CheckResult {
  /** The number of checked articles. */
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** What was done, in lines. */
  readonly notes: readonly string[];
  /** The number of items that match no article and that the ledger leaves out. */
  readonly leftOut?: number;
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
  const { against, published } = options;
  const history = against === undefined ? undefined : await readHistory(against, undefined, options);
  const compareNow = (): FeedComparison =>
    history === undefined ? compareWithPublished(dir, reading, published) : compare(reading, history, now);
  let comparison = compareNow();
  const problems: Problem[] = [];
  const notes: string[] = [];
  let leftOut = 0;
  if (history !== undefined) {
    problems.push(...history.problems, ...changedFeedId(dir, reading, history));
    const items = history.feeds.reduce((sum, { feed }) => sum + feed.items.length, 0);
    notes.push(`compared with ${count(items, 'item')} in ${count(history.feeds.length, 'document')}`);
    if (options.adopt === true) {
      const ledger = options.ledger ?? statePath(publicationHome(dir), 'ledger');
      const adopted = adoptMatches(dir, reading, comparison, ledger, now);
      notes.push(...adopted.notes);
      leftOut = adopted.leftOut;
    }
  }
  if (options.fix || options.fixIds) {
    const fixed = fixFolder(dir, reading, comparison, options);
    problems.push(...fixed.problems);
    notes.push(...fixed.notes);
    if (fixed.files > 0) {
      reading = read();
      if (comparison.certainIds.size > 0) comparison = compareNow();
    }
  }
  const facts = siteFacts(dir, reading, now);
  const articles = reading.articles.filter(({ file }) => isSelected(file));
  // Not push(...all): a call takes a limited number of arguments, and there may be more problems.
  const found = unfixedIds({ ...reading, articles }, facts.otherName, (unfixed) =>
    options.isSelected === undefined ? publicationFilePath(dir, unfixed) : (unfixed[0]?.file ?? dir),
  ).concat(
    reading.problems
      .concat(await lintFolder(reading, facts), checkFor(options.for ?? [], reading, facts))
      .toSorted(byPlace),
  );
  const isInPublicationFile = publicationErrorIn(dir);
  const concerns = (problem: Problem): boolean =>
    isSelected(problem.file) ||
    (problem.other !== undefined && isSelected(problem.other)) ||
    isInPublicationFile(problem);
  return {
    articles: articles.length,
    problems: found.filter(concerns).concat(problems, comparison.problems.filter(concerns)),
    notes,
    leftOut,
  };
}

const nothing: FeedComparison = { problems: [], certainIds: new Map() };

function compare({ articles, site }: FolderSnapshot, { feeds }: PublishedHistory, now: Instant): FeedComparison {
  return feeds.length === 0 ? nothing : compareWithFeed(articles, feeds, now, isBeside(site));
}

function compareWithPublished(
  dir: string,
  reading: FolderSnapshot,
  published: FoundLedger | undefined,
): FeedComparison {
  if (published === undefined || !isLedgerOf(published, reading.site)) return nothing;
  // Ids then depend on settings that are not known.
  if (hasBrokenPublication(reading.problems, dir)) return nothing;
  return compareWithLedger(reading, published, pathPrefix(dir));
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
  const message = `the feed itself is published with the id ${quote(id)}, and here its id is ${quote(site.feedId)}; few readers use it, so a new publication needs nothing; if it was published from here before, restore its "id" or "title"`;
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
  const own = fixIds(reading.problems);
  const ids: readonly Fix[] = [
    fixPublishedIds(certainIds, reading.site),
    { ...own, isNeeded: (article) => !certainIds.has(article.file) && own.isNeeded(article) },
  ];
  const fixes = all ? [...ids, fixEmptyLinks, fixWeekdays(reading.problems)] : ids;
  const isSkipped = (file: string): boolean => inDoubt.has(file) || !isSelected(file);
  const { written, problems: failures } = fixArticles(dir, reading, isSkipped, fixes);
  const notes = all
    ? [...written.map(({ file, done }) => `${file}: ${done.join(', ')}`), `fixed ${count(written.length, 'file')}`]
    : [`wrote the ids of ${count(written.length, 'article')} into their files`];
  return { files: written.length, notes, problems: failures };
}
