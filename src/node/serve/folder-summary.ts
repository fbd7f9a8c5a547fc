import { join } from 'node:path';
import type { Problem } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import { lintArticle } from '../check/lint/lint.ts';
import { siteFacts } from '../check/lint/site-facts.ts';
import type { FileChange } from '../folder/files/file-changes.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { hasBrokenPublication } from '../folder/options/publication-file.ts';
import { findArticle } from '../folder/ordered-articles.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';
import { count } from '../terminal/report.ts';

/** What a read of the folder found. */
export interface FolderSummary {
  /** The number of articles. */
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** The files whose last good version stays published. */
  readonly staleFiles: readonly string[];
  /** The files that changed since the previous read. */
  readonly changes: readonly FileChange[];
  /** Whether the publication file is valid. While it isn't, its last good settings stay. */
  readonly isPublicationValid: boolean;
  /** Finds the problems that `check` warns of in changed articles, except long ones: requests would wait for it. */
  readonly lint: (changes: readonly FileChange[]) => readonly Problem[];
  /** Finds the articles whose ids changed with their files. */
  readonly findChangedIds: (changes: readonly FileChange[]) => readonly Problem[];
}

/** Summarizes a reading of the folder `dir` and the changes since the previous one. */
export function summarize(dir: string, reading: FolderSnapshot, changes: readonly FileChange[]): FolderSummary {
  const { articles, sources, problems, staleFiles } = reading;
  return {
    articles: sources.length,
    problems,
    staleFiles,
    changes,
    isPublicationValid: !hasBrokenPublication(problems, dir),
    lint: (changes) => {
      const facts = siteFacts(dir, reading, instantOf(Date.now()) ?? '');
      return changes
        .flatMap(({ path }) => findArticle(articles, join(dir, path)) ?? [])
        .filter(({ source }) => source.render === undefined)
        .flatMap((article) => lintArticle(article, facts));
    },
    findChangedIds: (changes) =>
      changedIdWarnings(
        changes.flatMap((change) => {
          const article = findArticle(articles, join(dir, change.path));
          const isChanged = change.previousId !== undefined && article?.source.head.id !== change.previousId;
          return article !== undefined && isChanged ? [{ article, change }] : [];
        }),
      ),
  };
}

/** With more changed ids than this, one warning stands for all. */
const maxIdWarnings = 5;

function changedIdWarnings(
  changed: readonly { readonly article: SeedArticle; readonly change: FileChange }[],
): readonly Problem[] {
  const start = { line: 1, column: 1, severity: 'warning', code: 'unfixed-id' } as const;
  const [first] = changed;
  if (first !== undefined && changed.length > maxIdWarnings) {
    const names = changed.slice(0, 3).map(({ change: { path } }) => path);
    const message = `${count(changed.length, 'article')} have new ids, so readers show them again: ${names.join(', ')} and others; undo the change, run "dateline check --fix-ids" to write their ids into the files, and repeat the change`;
    return [{ ...start, file: first.article.file, message }];
  }
  return changed.map(({ article: { file, source }, change: { from, previousId } }) => {
    const what = from === undefined ? 'its id changed' : 'the new file name changed its id';
    const when = from === undefined ? 'unless you meant that' : 'to keep the old id';
    const message = `${what} from ${previousId} to ${source.head.id}, so readers show the article again; ${when}, add a paragraph "Id: <${previousId}>", or "id" in front matter`;
    return { ...start, file, message };
  });
}
