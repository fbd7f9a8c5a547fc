import { join } from 'node:path';
import { instantOf } from '../article/date.ts';
import type { Problem } from '../article/problem.ts';
import { lintArticle } from './lint/lint.ts';
import { siteFacts } from './lint/site-facts.ts';
import type { FolderReading } from './seed-folder.ts';
import type { SeenChange } from './seen-changes.ts';
import type { Candidate } from './unique-articles.ts';

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
  /** Looks for what `check` warns of in the articles of a few files that changed, and for ids that were lost on the way. */
  readonly lint: (changes: readonly SeenChange[]) => readonly Problem[];
}

/** Tells what a reading of the folder `dir` came to, and what changed. */
export function tell(dir: string, reading: FolderReading, changes: readonly SeenChange[]): Reading {
  const { articles, sources, problems, kept } = reading;
  return {
    articles: sources.length,
    problems,
    kept,
    changes,
    isSound: canPublish(reading),
    lint: (changes) => {
      const files = new Map(changes.map((change) => [join(dir, change.path), change]));
      const facts = siteFacts(dir, reading, instantOf(Date.now()) ?? '');
      return articles.flatMap((article) => {
        const change = files.get(article.file);
        return change === undefined
          ? []
          : [...renamedId(article, change.formerId), ...lintArticle(article, facts)];
      });
    },
  };
}

/** Warns of an article whose id is another since its file was renamed. */
function renamedId(
  { file, source, isIdWritten }: Candidate,
  formerId: string | undefined,
): readonly Problem[] {
  const { id } = source.head;
  if (isIdWritten || formerId === undefined || formerId === id) return [];
  const message = `with the file's name its id changed from ${formerId} to ${id}, so that readers show the article again; to keep it write a paragraph "Id: <${formerId}>", or "id" in front matter`;
  return [{ file, line: 1, column: 1, severity: 'warning', code: 'unfixed-id', message }];
}

/** A folder stirs for many reasons, but only other articles or another site make another edition. */
export function isSame(a: FolderReading, b: FolderReading): boolean {
  return (
    a.site === b.site &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, i) => source === b.sources[i])
  );
}

/** Tells whether the publication file is sound. */
export function canPublish({ problems }: FolderReading): boolean {
  return !problems.some(isOfPublication);
}

function isOfPublication({ file, severity }: Problem): boolean {
  return severity === 'error' && /publication\.ya?ml$/.test(file);
}
