import type { Problem } from '../article/problem.ts';
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
}

/** Tells what a reading came to, and what changed. */
export function tell({ sources, problems, kept }: FolderReading, changes: readonly SeenChange[]): Reading {
  return {
    articles: sources.length,
    problems,
    kept,
    changes,
    served: !problems.some(isOfPublication),
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
