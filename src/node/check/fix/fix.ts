import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Edit } from '../../../article/edit.ts';
import { once } from '../../../article/once.ts';
import { hasErrors, type Problem } from '../../../article/problem.ts';
import { unreadable } from '../../disk/read-text.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { SeedArticle } from '../../folder/unique-articles.ts';
import { bytesReader, published, type ReadBytes, replaceFile, rewritten } from './rewrite.ts';
import { sharedFiles } from './shared-files.ts';

/** Something that can be mended in a file while the article stays the same, or changes in one known way. */
export interface Fix {
  /** What was done, in words that follow the file's name: `unlinked 2 links`. */
  readonly done: (times: number) => string;
  /** Tells whether an article has need of it. */
  readonly isNeeded: (article: SeedArticle) => boolean;
  /** Lists what may be tried with a file, best first; nothing when there is nothing left to mend. */
  readonly attempts: (file: ReadBytes, article: SeedArticle) => readonly (readonly Edit[])[];
  /** Tells whether an attempt did what it was to do. */
  readonly isDone: (before: ReadBytes, after: ReadBytes) => boolean;
  /** All that is published of an article afterwards, as {@link published} writes it; absent where that stays the same. */
  readonly becomes?: (article: SeedArticle) => string;
  /** What to say where no attempt does. */
  readonly failed?: (article: SeedArticle) => string;
}

export interface Fixed {
  /** The files that were written, each with what was done. */
  readonly written: readonly { readonly file: string; readonly done: readonly string[] }[];
  readonly problems: readonly Problem[];
}

/** More of one kind than a file is mended of at once. */
const mostTimes = 20;

/**
 * Mends what is safe to mend and touches nothing else of a file. A file is written only when it was read back before,
 * from memory, as the very same article; or, where it takes on the id that is published, the same but for that.
 *
 * `dir` is the folder that was read; files that `isLeft` keeps are left as they are.
 */
export function fixArticles(
  dir: string,
  reading: FolderSnapshot,
  isLeft: (file: string) => boolean,
  fixes: readonly Fix[],
): Fixed {
  const written: { file: string; done: readonly string[] }[] = [];
  const problems: Problem[] = [];
  const shared = once(() => sharedFiles(reading.articles.map(({ file }) => file)));
  for (const article of reading.articles) {
    const { file, source, isStale } = article;
    const needed = fixes.filter((fix) => fix.isNeeded(article));
    if (isStale || needed.length === 0 || isLeft(file)) continue;
    const fail = (message: string): void => {
      problems.push({ file, line: 1, column: 1, severity: 'warning', code: 'unfixed-id', message });
    };
    // What is written into one of two articles stands in both, and two have no one id.
    const twin = shared().get(file);
    if (twin !== undefined) {
      fail(
        `this file and ${twin} are one, linked, so nothing is mended in it: its articles would get one id; delete one of the two, or make it a copy`,
      );
      continue;
    }
    try {
      const read = bytesReader(reading, relative(dir, file).split(sep).join('/'), source.head.slug);
      const before = read(readFileSync(file));
      // It may have changed since.
      const isSame = before?.article !== undefined && before.article === published(source);
      let now = isSame ? before : undefined;
      const done: string[] = [];
      for (const fix of needed) {
        let times = 0;
        while (now !== undefined && times < mostTimes) {
          const next = mended(fix, now, article, read);
          if (next === undefined) break;
          now = next;
          times++;
        }
        if (times > 0) done.push(fix.done(times));
        else if (fix.failed !== undefined) fail(fix.failed(article));
      }
      if (now === undefined || done.length === 0) continue;
      const failure = replaceFile(file, now.bytes);
      if (failure === undefined) written.push({ file, done });
      else problems.push(failure);
    } catch (error) {
      problems.push(unreadable(file, error));
    }
  }
  return { written, problems };
}

function mended(
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
