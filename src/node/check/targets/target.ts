import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FileFinding } from '../lint/linted-article.ts';
import type { SiteFacts } from '../lint/site-facts.ts';

/** A service whose published rules `check --for` checks. */
export interface Target {
  /** Its name for people. */
  readonly title: string;
  /** Finds what the service refuses or advises against. */
  readonly find: (reading: FolderSnapshot, facts: SiteFacts) => readonly TargetFinding[];
}

export interface TargetFinding extends FileFinding {
  /** `error` for what the service refuses. */
  readonly severity: 'error' | 'warning';
}
