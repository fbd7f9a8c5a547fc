import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import type { Edit } from '../../../article/edit.ts';
import { once } from '../../../article/once.ts';
import { hasErrors, type Problem } from '../../../article/problem.ts';
import { unreadable } from '../../disk/read-text.ts';
import { FileError } from '../../disk/write/file-error.ts';
import { removeLeftovers } from '../../disk/write/temporary-names.ts';
import { replaceFile } from '../../disk/write/write-file.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { SeedArticle } from '../../folder/seeds/seed-article.ts';
import { linkedFiles } from '../lint/linked-files.ts';
import { bytesReader, published, type ReadBytes, rewritten } from './rewrite.ts';

/** A fix in a file that keeps its article the same, or changes it in one known way. */
export interface Fix {
  /** What was done, to follow the file's name in a note. */
  readonly done: (times: number) => string;
  /** Reports whether an article may need the fix. */
  readonly isNeeded: (article: SeedArticle) => boolean;
  /** Lists alternative edits of a file, best first; empty if nothing is left to fix. */
  readonly attempts: (file: ReadBytes, article: SeedArticle) => readonly (readonly Edit[])[];
  /** Reports whether an attempt achieved the fix. */
  readonly isDone: (before: ReadBytes, after: ReadBytes) => boolean;
  /** The expected article afterwards, as {@link published} writes it; absent if the fix does not change it. */
  readonly becomes?: (article: SeedArticle) => string;
  /** The message if no attempt works. */
  readonly failed?: (article: SeedArticle) => string;
}

export interface FixResult {
  /** The changed files, each with what was done. */
  readonly written: readonly { readonly file: string; readonly done: readonly string[] }[];
  readonly problems: readonly Problem[];
}

/** How often a fix is applied to a file at most. */
const maxTimes = 20;

/**
 * Applies fixes to the files of a folder and changes nothing else in them. Each new text is first parsed in memory; the
 * file is written only if its article stays the same, except for a published id that it takes.
 *
 * `dir` is the folder that was read. Files that `isSkipped` accepts stay as they are.
 */
export function fixArticles(
  dir: string,
  reading: FolderSnapshot,
  isSkipped: (file: string) => boolean,
  fixes: readonly Fix[],
): FixResult {
  const written: { file: string; done: readonly string[] }[] = [];
  const problems: Problem[] = [];
  for (const folder of new Set(reading.articles.map(({ file }) => dirname(file)))) removeLeftovers(folder);
  const linked = once(() => linkedFiles(reading.articles.map(({ file }) => file)));
  for (const article of reading.articles) {
    const { file, isStale } = article;
    const needed = fixes.filter((fix) => fix.isNeeded(article));
    if (isStale || needed.length === 0 || isSkipped(file)) continue;
    const fail = (message: string): void => {
      problems.push({ file, line: 1, column: 1, severity: 'warning', code: 'unfixed-id', message });
    };
    const other = linked().get(file);
    if (other !== undefined) {
      fail(
        `this file and ${other} are linked and the same file, so nothing is fixed in it, because both articles would get the same id; delete one of the two, or make it a copy`,
      );
      continue;
    }
    try {
      const { text, done } = fixed(article, needed, dir, reading, fail);
      if (text === undefined || done.length === 0) continue;
      replaceFile(file, text.bytes);
      written.push({ file, done });
    } catch (error) {
      problems.push(error instanceof FileError ? unwritable(file, error) : unreadable(file, error));
    }
  }
  return { written, problems };
}

function unwritable(file: string, { reason }: FileError): Problem {
  const message = `cannot be written, so it is unchanged: ${reason}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}

/** Applies fixes to the text of an article, and calls `fail` for each that does not work. */
function fixed(
  article: SeedArticle,
  needed: readonly Fix[],
  dir: string,
  reading: FolderSnapshot,
  fail: (message: string) => void,
): { readonly text: ReadBytes | undefined; readonly done: readonly string[] } {
  const { file, source } = article;
  const read = bytesReader(reading, relative(dir, file).split(sep).join('/'), source.head.slug);
  const before = read(readFileSync(file));
  // The file may have changed since the folder was read.
  let text = before?.article === published(source) ? before : undefined;
  const done: string[] = [];
  for (const fix of needed) {
    let times = 0;
    while (text !== undefined && times < maxTimes) {
      const next = fixedOnce(fix, text, article, read);
      if (next === undefined) break;
      text = next;
      times++;
    }
    if (times > 0) done.push(fix.done(times));
    else if (fix.failed !== undefined) fail(fix.failed(article));
  }
  return { text, done };
}

function fixedOnce(
  fix: Fix,
  before: ReadBytes,
  article: SeedArticle,
  read: (bytes: Buffer) => ReadBytes | undefined,
): ReadBytes | undefined {
  const expected = fix.becomes?.(article) ?? before.article;
  for (const edits of fix.attempts(before, article)) {
    const after = read(rewritten(before, edits));
    if (after === undefined || after.article !== expected || hasErrors(after.parsed.problems)) continue;
    if (after.parsed.problems.length > before.parsed.problems.length) continue;
    if (fix.isDone(before, after)) return after;
  }
  return undefined;
}
