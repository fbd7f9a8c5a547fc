import { join } from 'node:path';
import { instantOf } from '../article/date.ts';
import type { Problem } from '../article/problem.ts';
import { lintArticle } from './lint/lint.ts';
import { siteFacts } from './lint/site-facts.ts';
import type { FolderReading } from './seed-folder.ts';
import type { SeenChange } from './seen-changes.ts';

/** What a reading of the folder came to. */
export interface Reading {
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** The files whose articles stay as they were when they could last be published. */
  readonly kept: readonly string[];
  /** What is not as it was at the reading before. */
  readonly changes: readonly SeenChange[];
  /** Whether the app serves it; an edition with a broken publication file is not served. */
  readonly served: boolean;
  /** Looks for what `check` warns of in the articles of a few files, by their paths inside the folder. */
  readonly lint: (paths: ReadonlySet<string>) => readonly Problem[];
}

/** Tells what a reading of the folder `dir` came to, and what changed. */
export function tell(dir: string, reading: FolderReading, changes: readonly SeenChange[]): Reading {
  const { articles, sources, problems, kept } = reading;
  return {
    articles: sources.length,
    problems,
    kept,
    changes,
    served: !problems.some(isOfPublication),
    lint: (paths) => {
      const files = new Set([...paths].map((path) => join(dir, path)));
      const facts = siteFacts(dir, reading, instantOf(Date.now()) ?? '');
      return articles.filter(({ file }) => files.has(file)).flatMap((article) => lintArticle(article, facts));
    },
  };
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
