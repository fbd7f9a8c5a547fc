import { join, relative } from 'node:path';
import { styleText } from 'node:util';
import { byPlace, formatProblem, type Problem, printable } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { lintArticle } from '../check/lint/lint.ts';
import { siteFacts } from '../check/lint/site-facts.ts';
import { type FileChange, mergeChange } from '../folder/file-changes.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { findArticle } from '../folder/ordered-articles.ts';
import { hasBrokenPublication } from '../folder/publication-file.ts';
import type { SeedArticle } from '../folder/unique-articles.ts';
import { count, tally } from '../terminal/report.ts';

/** Where a line goes, and who says whether it is a terminal. */
export type Out = NodeJS.WriteStream;

/** How long nothing must change before it is told, in milliseconds, and how long that may take; more than a watch waits. */
const rest = { least: 250, most: 3000 };

/** So many files that change together come of a person, of whom one is told all that is wrong with them. */
const few = 20;

/** So many problems, and so many files that keep their last good version, are shown one by one: what came before stays on the screen. */
const shownProblems = 20;

const shownKept = 5;

/**
 * Tells on a terminal what changed: one line a change, and what is wrong with the files that changed, also what `check` warns of. What comes together
 * is told together; what is mended at once, such as a file that was half written, was never wrong.
 */
export class ChangeReport {
  readonly #dir: string;
  readonly #out: Out;
  readonly #err: Out;
  #changes = new Map<string, FileChange>();
  #told: ReadonlySet<string> = new Set();
  #tally = '';
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(dir: string, out: Out, err: Out) {
    this.#dir = dir;
    this.#out = out;
    this.#err = err;
  }

  /** Takes a reading, the first of which is told at once and whole. */
  take(reading: Reading): void {
    if (this.#tally === '') {
      this.#list(reading.problems);
      this.#remember(reading);
      // Nothing is held yet of a publication file that is broken.
      this.#out.write(`${this.#dir}: ${this.#tally}\n`);
      return;
    }
    for (const change of reading.changes) mergeChange(this.#changes, change);
    this.#since ??= Date.now();
    const wait = Math.min(rest.least, this.#since + rest.most - Date.now());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(reading), Math.max(0, wait));
  }

  /** Tells of the files of articles whose moment has come. */
  tellPublished(files: readonly string[]): void {
    const [only, ...others] = files.map((file) => printable(relative(this.#dir, file)));
    if (only === undefined) return;
    if (others.length > 0) this.say(`${count(files.length, 'article')} are published now`);
    else this.say(`${styleText('bold', only, { stream: this.#out })} is published now`);
  }

  /** Says something on a line with the time of day. */
  say(line: string): void {
    this.#out.write(`${styleText('dim', clock(), { stream: this.#out })}  ${line}\n`);
  }

  /** Says no more. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #write(reading: Reading): void {
    const changes = [...this.#changes.values()];
    this.#changes = new Map();
    this.#since = undefined;
    const before = this.#tally;
    const files = new Set(changes.map(({ path }) => join(this.#dir, path)));
    const told = this.#told;
    const isFew = changes.length < few;
    const due = reading.problems
      .filter((problem) => !told.has(formatProblem(problem)) || (isFew && files.has(problem.file)))
      .concat(reading.otherIds(changes), isFew ? reading.lint(changes) : [])
      .toSorted(byPlace);
    this.#remember(reading);
    const counts = changes.length === 1 && before === this.#tally ? '' : this.#tally;
    const said = [headline(changes, this.#out), ...(counts === '' ? [] : [counts])].join('; ');
    if (changes.length > 0 || due.length > 0 || counts !== before) this.say(`${said}${heldOf(reading)}`);
    this.#list(due);
    const kept = reading.kept.filter((file) => files.has(file));
    if (kept.length > shownKept) this.#err.write(`${kept.length} files: the last good versions stay\n`);
    else for (const file of kept) this.#err.write(`${printable(file)}: the last good version stays\n`);
  }

  /** Shows problems in their order, or some of many, errors first. */
  #list(problems: readonly Problem[]): void {
    const left = problems.length - shownProblems;
    const first = left > 0 ? problems.toSorted(bySeverity).slice(0, shownProblems) : problems;
    for (const problem of first) this.#err.write(`${shown(problem, this.#err)}\n`);
    if (left > 0) this.#err.write(`and ${left} more; "dateline check ${printable(this.#dir)}" lists them\n`);
  }

  #remember({ articles, problems }: Reading): void {
    this.#told = new Set(problems.map(formatProblem));
    this.#tally = tally(articles, problems);
  }
}

function bySeverity(a: Problem, b: Problem): number {
  return Number(b.severity === 'error') - Number(a.severity === 'error');
}

/** "harbour-bridge.md changed", "3 files changed" */
function headline(changes: readonly FileChange[], stream: Out): string {
  const [only, ...others] = changes;
  if (only === undefined) return 'the folder changed';
  if (others.length > 0) return `${count(changes.length, 'file')} changed`;
  const path = printable(only.path);
  const name = only.from === undefined ? path : `${printable(only.from)} renamed to ${path}`;
  return only.from === undefined
    ? `${styleText('bold', name, { stream })} ${only.kind}`
    : styleText('bold', name, { stream });
}

function shown(problem: Problem, stream: Out): string {
  const line = formatProblem(problem);
  const mark = `: ${problem.severity}: `;
  const colour = problem.severity === 'error' ? 'red' : 'yellow';
  return line.replace(mark, () => `: ${styleText(colour, problem.severity, { stream })}: `);
}

function heldOf({ isSound }: Reading): string {
  return isSound ? '' : '; its last good settings hold until the publication file is mended';
}

/** The time of day here, `12:01:07`. */
function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}

/** What a reading of the folder came to. */
export interface Reading {
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** The files whose articles stay as they were when they could last be published. */
  readonly kept: readonly string[];
  /** What is not as it was at the reading before. */
  readonly changes: readonly FileChange[];
  /** Whether the publication file is sound; while it isn't, what it last said holds. */
  readonly isSound: boolean;
  /** Looks for what `check` warns of in the articles of a few files that changed. */
  readonly lint: (changes: readonly FileChange[]) => readonly Problem[];
  /** Looks for articles that have other ids since files changed. */
  readonly otherIds: (changes: readonly FileChange[]) => readonly Problem[];
}

/** Tells what a reading of the folder `dir` came to, and what changed. */
export function tell(dir: string, reading: FolderSnapshot, changes: readonly FileChange[]): Reading {
  const { articles, sources, problems, staleFiles } = reading;
  return {
    articles: sources.length,
    problems,
    kept: staleFiles,
    changes,
    isSound: !hasBrokenPublication(problems, dir),
    lint: (changes) => {
      const facts = siteFacts(dir, reading, instantOf(Date.now()) ?? '');
      return changes
        .flatMap(({ path }) => findArticle(articles, join(dir, path)) ?? [])
        .flatMap((article) => lintArticle(article, facts));
    },
    otherIds: (changes) =>
      otherIds(
        changes.flatMap((change) => {
          const article = findArticle(articles, join(dir, change.path));
          const isOther = change.previousId !== undefined && article?.source.head.id !== change.previousId;
          return article !== undefined && isOther ? [{ article, change }] : [];
        }),
      ),
  };
}

/** So many articles with other ids are told one by one. */
const shownIds = 5;

/** Warns of articles whose ids are others since their files changed. */
function otherIds(
  others: readonly { readonly article: SeedArticle; readonly change: FileChange }[],
): readonly Problem[] {
  const place = { line: 1, column: 1, severity: 'warning', code: 'unfixed-id' } as const;
  const [first] = others;
  if (first !== undefined && others.length > shownIds) {
    const names = others.slice(0, 3).map(({ change: { path } }) => path);
    const message = `${count(others.length, 'article')} have other ids than before, so that readers show them again: ${names.join(', ')} and others; take the change back, have "dateline check --fix-ids" write their ids into the files, and repeat it`;
    return [{ ...place, file: first.article.file, message }];
  }
  return others.map(({ article: { file, source }, change: { from, previousId } }) => {
    const what = from === undefined ? 'its id' : "with the file's name its id";
    const purpose = from === undefined ? 'unless that is meant,' : 'to keep it';
    const message = `${what} changed from ${previousId} to ${source.head.id}, so that readers show the article again; ${purpose} write a paragraph "Id: <${previousId}>", or "id" in front matter`;
    return { ...place, file, message };
  });
}

/** A folder stirs for many reasons, but only other articles or another site make another edition. */
export function isSame(a: FolderSnapshot, b: FolderSnapshot): boolean {
  return (
    a.site === b.site &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, i) => source === b.sources[i])
  );
}
