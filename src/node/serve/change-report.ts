import { join, relative } from 'node:path';
import { styleText } from 'node:util';
import { byPlace, formatProblem, type Problem, printable } from '../../article/problem.ts';
import { type FileChange, mergeChange } from '../folder/files/file-changes.ts';
import { count, formatInColor } from '../terminal/report.ts';
import type { FolderSummary } from './folder-summary.ts';
import type { DueFiles } from './served-folder.ts';

/** A stream that lines are written to; it decides about colors. */
export type Output = NodeJS.WriteStream;

/**
 * Milliseconds without a change before changes are reported, and the longest they wait; longer than the watcher waits.
 */
const debounce = { quiet: 250, longest: 3000 };

/** Below this many simultaneous changes, assume one person's edit and show every problem of the changed files. */
const manyChanges = 20;

/**
 * Problems, and files that keep their last good version, that are listed; more would push older lines off the screen.
 */
const maxProblems = 20;
const maxKept = 5;

/**
 * Reports changes on a terminal: one line for the changes that come together, then the problems of the changed files,
 * including those that `check` warns of. A problem that is fixed at once, such as a half-written file, is not reported.
 */
export class ChangeReport {
  readonly #dir: string;
  readonly #out: Output;
  readonly #err: Output;
  #changes = new Map<string, FileChange>();
  #reported: ReadonlySet<string> = new Set();
  #tally = '';
  #firstChange: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(dir: string, out: Output, err: Output) {
    this.#dir = dir;
    this.#out = out;
    this.#err = err;
  }

  /** Reports a read of the folder: the first at once and in full, later ones once changes pause. */
  report(summary: FolderSummary): void {
    if (this.#tally === '') {
      this.#list(summary.problems);
      this.#remember(summary);
      this.#out.write(`${this.#dir}: ${this.#tally}\n`);
      return;
    }
    for (const change of summary.changes) mergeChange(this.#changes, change);
    this.#firstChange ??= Date.now();
    const wait = Math.min(debounce.quiet, this.#firstChange + debounce.longest - Date.now());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reportChanges(summary), Math.max(0, wait));
  }

  /** Reports the files of articles that appear or expire now. */
  reportDue({ published, expired }: DueFiles): void {
    this.#reportFiles(published, 'is published now', 'are published now');
    this.#reportFiles(expired, 'has expired', 'have expired');
  }

  #reportFiles(files: readonly string[], happened: string, severalHappened: string): void {
    const [only, ...others] = files.map((file) => printable(relative(this.#dir, file)));
    if (only === undefined) return;
    if (others.length > 0) this.writeLine(`${count(files.length, 'article')} ${severalHappened}`);
    else this.writeLine(`${styleText('bold', only, { stream: this.#out })} ${happened}`);
  }

  /** Writes a line that begins with the time of day. */
  writeLine(line: string): void {
    this.#out.write(`${styleText('dim', timeOfDay(), { stream: this.#out })}  ${line}\n`);
  }

  /** Drops the changes that are not reported yet. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #reportChanges(summary: FolderSummary): void {
    const changes = [...this.#changes.values()];
    this.#changes = new Map();
    this.#firstChange = undefined;
    const before = this.#tally;
    const files = new Set(changes.map(({ path }) => join(this.#dir, path)));
    const problems = this.#newProblems(summary, changes, files);
    this.#remember(summary);
    const counts = changes.length === 1 && before === this.#tally ? '' : `; ${this.#tally}`;
    const settings = summary.isPublicationValid
      ? ''
      : '; its last good settings stay until the publication file is fixed';
    if (changes.length > 0 || problems.length > 0 || before !== this.#tally)
      this.writeLine(headline(changes, this.#out) + counts + settings);
    this.#list(problems);
    const staleFiles = summary.staleFiles.filter((file) => files.has(file));
    if (staleFiles.length > maxKept) this.#err.write(`${staleFiles.length} files: the last good versions stay\n`);
    else for (const file of staleFiles) this.#err.write(`${printable(file)}: the last good version stays\n`);
  }

  /** The problems not reported before; of a few changed `files`, all problems. */
  #newProblems(
    { problems, lint, findChangedIds }: FolderSummary,
    changes: readonly FileChange[],
    files: ReadonlySet<string>,
  ): readonly Problem[] {
    const areFew = changes.length < manyChanges;
    return problems
      .filter((problem) => !this.#reported.has(formatProblem(problem)) || (areFew && files.has(problem.file)))
      .concat(findChangedIds(changes), areFew ? lint(changes) : [])
      .toSorted(byPlace);
  }

  /** Lists problems in order. If there are too many, lists the first ones, errors before warnings. */
  #list(problems: readonly Problem[]): void {
    const left = problems.length - maxProblems;
    const first = left > 0 ? problems.toSorted(bySeverity).slice(0, maxProblems) : problems;
    for (const problem of first) this.#err.write(`${formatInColor(problem, this.#err)}\n`);
    if (left > 0) this.#err.write(`and ${left} more; "dateline check ${printable(this.#dir)}" lists them\n`);
  }

  #remember({ articles, problems }: FolderSummary): void {
    this.#reported = new Set(problems.map(formatProblem));
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    this.#tally = `${count(articles, 'article')}, ${count(errors, 'error')}`;
  }
}

function bySeverity(a: Problem, b: Problem): number {
  return Number(b.severity === 'error') - Number(a.severity === 'error');
}

/** "harbour-bridge.md changed", "3 files changed" */
function headline(changes: readonly FileChange[], stream: Output): string {
  const [only, ...others] = changes;
  if (only === undefined) return 'the folder changed';
  if (others.length > 0) return `${count(changes.length, 'file')} changed`;
  const path = printable(only.path);
  return only.from === undefined
    ? `${styleText('bold', path, { stream })} ${only.kind}`
    : styleText('bold', `${printable(only.from)} renamed to ${path}`, { stream });
}

/** Local time, `12:01:07`. */
function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 8);
}
