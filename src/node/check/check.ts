import type { Instant } from '../../article/article.ts';
import { byPlace, type Problem, quote } from '../../article/problem.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { hasBrokenPublication, isPublicationError, publicationFilePath } from '../folder/publication-file.ts';
import type { SeedArticle } from '../folder/unique-articles.ts';
import type { PublishedHistory } from '../published/published-history.ts';
import { count } from '../terminal/report.ts';
import { type ComparedIds, compareIds } from './compare-ids.ts';
import { fixArticles } from './fix/fix.ts';
import { fixId, fixPublishedIds, unfixedIds } from './fix/fix-ids.ts';
import { fixEmptyLinks } from './fix/fix-links.ts';
import { fixWeekdays } from './fix/fix-weekdays.ts';
import { lintFolder } from './lint/lint.ts';
import { podcastProblems } from './lint/podcast.ts';
import { siteFacts } from './lint/site-facts.ts';
import { sliceProblems } from './lint/slices.ts';
import { readHistory } from './published-posts.ts';

export interface CheckOptions {
  /** The web address or the file of a feed that is published already. */
  readonly against?: string;
  /** Whether to mend what is safe to mend. */
  readonly fix?: boolean;
  /** Whether to mend one thing alone: to write ids into the files that say none. */
  readonly fixIds?: boolean;
  /** Tells the files that are checked, where it is not the whole folder. */
  readonly isAsked?: (file: string) => boolean;
}

export interface Checked {
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** What was done, in lines. */
  readonly notes: readonly string[];
}

/** Checks a folder, which `read` reads anew each time; what is dated later than `now` is not published yet. */
export async function check(
  dir: string,
  read: () => FolderSnapshot,
  options: CheckOptions,
  now: Instant,
): Promise<Checked> {
  const { isAsked = () => true } = options;
  let reading = read();
  const publicationFile = publicationFilePath(dir, reading.articles);
  const problems: Problem[] = [];
  const notes: string[] = [];
  const history = options.against === undefined ? undefined : await readHistory(options.against);
  let compared = comparedWith(history, reading, now);
  if (history !== undefined) {
    problems.push(...history.problems, ...feedIdProblem(reading, history, publicationFile));
    const items = history.feeds.reduce((sum, { feed }) => sum + feed.items.length, 0);
    notes.push(`compared with ${count(items, 'item')} in ${count(history.feeds.length, 'document')}`);
  }
  if ((options.fix || options.fixIds) && hasBrokenPublication(reading.problems, dir))
    notes.push('mended nothing, for the publication file says how ids begin; mend that first');
  else if (options.fix || options.fixIds) {
    const { certain } = compared;
    // What is published under another id must not be tied to the one that it has here.
    const left = new Set(
      compared.problems.filter(({ severity }) => severity === 'error').map(({ file }) => file),
    );
    for (const file of certain.keys()) left.delete(file);
    const ids = [
      fixPublishedIds(certain, reading.site),
      { ...fixId, isNeeded: (article: SeedArticle) => !certain.has(article.file) && fixId.isNeeded(article) },
    ];
    const fixes = options.fix ? [...ids, fixEmptyLinks, fixWeekdays(reading.problems)] : ids;
    const fixed = fixArticles(dir, reading, (file) => left.has(file) || !isAsked(file), fixes);
    problems.push(...fixed.problems);
    const { written } = fixed;
    if (options.fix) {
      for (const { file, done } of written) notes.push(`${file}: ${done.join(', ')}`);
      notes.push(`mended ${count(written.length, 'file')}`);
    } else notes.push(`wrote the ids of ${count(written.length, 'article')} into their files`);
    if (fixed.written.length > 0) {
      reading = read();
      if (certain.size > 0) compared = comparedWith(history, reading, now);
    }
  }
  const facts = siteFacts(dir, reading, now);
  const articles = reading.articles.filter(({ file }) => isAsked(file));
  const found = [
    ...podcastProblems(reading, publicationFile),
    ...sliceProblems(reading, publicationFile),
    ...unfixedIds({ ...reading, articles }, facts.twinOf, (unfixed) =>
      options.isAsked === undefined ? publicationFilePath(dir, unfixed) : (unfixed[0]?.file ?? dir),
    ),
    // Not as arguments: there can be more than a call takes.
  ].concat(reading.problems.concat(await lintFolder(reading, facts)).toSorted(byPlace));
  const concerns = (problem: Problem): boolean =>
    isAsked(problem.file) ||
    (problem.other !== undefined && isAsked(problem.other)) ||
    isPublicationError(problem, dir);
  const ofAsked = (all: readonly Problem[]): Problem[] => all.filter(concerns);
  return {
    articles: articles.length,
    problems: ofAsked(found).concat(problems, ofAsked(compared.problems)),
    notes,
  };
}

function comparedWith(
  history: PublishedHistory | undefined,
  { articles }: FolderSnapshot,
  now: Instant,
): ComparedIds {
  return history === undefined || history.feeds.length === 0
    ? { problems: [], certain: new Map() }
    : compareIds(articles, history.feeds, now);
}

/** Says that the feed itself would have another id (RFC 4287 §4.2.6); that of a slice begins with the publication's. */
function feedIdProblem(
  { site }: FolderSnapshot,
  { feeds }: PublishedHistory,
  file: string,
): readonly Problem[] {
  const id = feeds[0]?.feed.id;
  if (id === undefined || id.startsWith(site.feedId)) return [];
  const message = `the id of the feed itself is published as ${quote(id)} and here is ${quote(site.feedId)}; few readers go by it, so leave it unless "id" or "title" of the publication changed by mistake`;
  return [{ file, line: 1, column: 1, severity: 'warning', code: 'changed-id', message }];
}
