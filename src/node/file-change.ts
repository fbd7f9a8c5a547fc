import type { ListedFile } from './disk/listed-file.ts';

/** What became of a file between two looks. */
export interface FileChange {
  readonly path: string;
  readonly before: ListedFile | undefined;
  readonly after: ListedFile | undefined;
}

/** What became of files between the first of two looks and the last. */
export function bothChanges(
  earlier: readonly FileChange[],
  later: readonly FileChange[],
): readonly FileChange[] {
  if (earlier.length === 0) return later;
  const changes = new Map(earlier.map((change) => [change.path, change]));
  for (const change of later)
    changes.set(change.path, { ...change, before: (changes.get(change.path) ?? change).before });
  return [...changes.values()];
}
