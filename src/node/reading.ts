import { join } from 'node:path';
import type { Problem } from '../article/problem.ts';
import { instantOf } from '../article/seed/date.ts';
import { lintArticle } from './check/lint/lint.ts';
import { siteFacts } from './check/lint/site-facts.ts';
import { articleAt } from './folder/gathered-articles.ts';
import { hasBrokenPublication } from './folder/known-publication.ts';
import type { FolderReading } from './folder/seed-folder.ts';
import type { SeenChange } from './folder/seen-changes.ts';
import type { Candidate } from './folder/unique-articles.ts';
import { count } from './terminal/report.ts';

/** What a reading of the folder came to. */
export interface Reading {
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** The files whose articles stay as they were when they could last be published. */
  readonly kept: readonly string[];
  /** What is not as it was at the reading before. */
  readonly changes: readonly SeenChange[];
  /** Whether the publication file is sound; while it isn't, what it last said holds. */
  readonly isSound: boolean;
  /** Looks for what `check` warns of in the articles of a few files that changed. */
  readonly lint: (changes: readonly SeenChange[]) => readonly Problem[];
  /** Looks for articles that have other ids since files changed. */
  readonly otherIds: (changes: readonly SeenChange[]) => readonly Problem[];
}

/** Tells what a reading of the folder `dir` came to, and what changed. */
export function tell(dir: string, reading: FolderReading, changes: readonly SeenChange[]): Reading {
  const { articles, sources, problems, kept } = reading;
  return {
    articles: sources.length,
    problems,
    kept,
    changes,
    isSound: !hasBrokenPublication(problems, dir),
    lint: (changes) => {
      const facts = siteFacts(dir, reading, instantOf(Date.now()) ?? '');
      return changes
        .flatMap(({ path }) => articleAt(articles, join(dir, path)) ?? [])
        .flatMap((article) => lintArticle(article, facts));
    },
    otherIds: (changes) =>
      otherIds(
        changes.flatMap((change) => {
          const article = articleAt(articles, join(dir, change.path));
          const isOther = change.formerId !== undefined && article?.source.head.id !== change.formerId;
          return article !== undefined && isOther ? [{ article, change }] : [];
        }),
      ),
  };
}

/** So many articles with other ids are told one by one. */
const few = 5;

/** Warns of articles whose ids are others since their files changed. */
function otherIds(
  others: readonly { readonly article: Candidate; readonly change: SeenChange }[],
): readonly Problem[] {
  const place = { line: 1, column: 1, severity: 'warning', code: 'unfixed-id' } as const;
  const [first] = others;
  if (first !== undefined && others.length > few) {
    const names = others.slice(0, 3).map(({ change: { path } }) => path);
    const message = `${count(others.length, 'article')} have other ids than before, so that readers show them again: ${names.join(', ')} and others; take the change back, have "dateline check --fix-ids" write their ids into the files, and repeat it`;
    return [{ ...place, file: first.article.file, message }];
  }
  return others.map(({ article: { file, source }, change: { from, formerId } }) => {
    const what = from === undefined ? 'its id' : "with the file's name its id";
    const purpose = from === undefined ? 'unless that is meant,' : 'to keep it';
    const message = `${what} changed from ${formerId} to ${source.head.id}, so that readers show the article again; ${purpose} write a paragraph "Id: <${formerId}>", or "id" in front matter`;
    return { ...place, file, message };
  });
}

/** A folder stirs for many reasons, but only other articles or another site make another edition. */
export function isSame(a: FolderReading, b: FolderReading): boolean {
  return (
    a.site === b.site &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, i) => source === b.sources[i])
  );
}
