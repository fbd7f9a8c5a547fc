import { omitUndefined } from '../../../article/omit-undefined.ts';
import { type FileState, type FileStateChange, inodeOf } from '../../disk/file-state.ts';
import { publicationFiles } from '../options/publication-file.ts';
import { isServed } from './article-files.ts';

/** A change of a file that matters to the publication. */
export interface FileChange {
  /** Path inside the folder, with `/`. */
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'deleted' | 'renamed';
  /** The old path of a renamed file. */
  readonly from?: string;
  /** The id of the article that was published from the file before. */
  readonly previousId?: string;
}

/**
 * Selects the changes that matter to the publication and finds renamed files. `seeds` are the seeds that were read, and
 * `idAt` returns the id of the article that was at a path.
 */
export function classifyChanges(
  changes: readonly FileStateChange[],
  seeds: ReadonlySet<string>,
  idAt: (path: string) => string | undefined,
): FileChange[] {
  const relevant = changes
    .filter(
      ({ path }) => seeds.has(path) || publicationFiles.includes(path) || path.startsWith('theme/') || isServed(path),
    )
    .map(({ path, before, after }) => ({ path, before: fileOf(before), after: fileOf(after) }))
    .filter(({ before, after }) => before !== undefined || after !== undefined);
  const deleted = new Map(
    relevant.flatMap(({ path, before, after }) => (after === undefined && before ? [[fingerprint(before), path]] : [])),
  );
  const renamed = new Set<string>();
  const classified = relevant.map(({ path, before, after }): FileChange => {
    const from = before === undefined && after !== undefined ? deleted.get(fingerprint(after)) : undefined;
    if (from !== undefined) renamed.add(from);
    const kind = from !== undefined ? 'renamed' : before && after ? 'changed' : after ? 'added' : 'deleted';
    return omitUndefined({ path, kind, from, previousId: idAt(from ?? path) });
  });
  return classified.filter(({ path, kind }) => kind !== 'deleted' || !renamed.has(path));
}

/** Identifies a renamed file. The inode alone is not enough: the next new file may get the inode of a deleted one. */
function fingerprint(file: FileState): string {
  return `${inodeOf(file)}-${file.mtimeMs}-${file.size}`;
}

/** A pipe or device is not part of a publication. */
function fileOf(state: FileState | undefined): FileState | undefined {
  return state?.kind === 'other' ? undefined : state;
}

/**
 * Adds a change to earlier ones, by path, so that each file has one: a file that was added and then renamed was added.
 */
export function mergeChange(changes: Map<string, FileChange>, change: FileChange): void {
  const place = change.from ?? change.path;
  const earlier = changes.get(place);
  const merged = earlier === undefined ? change : combine(earlier, change);
  changes.delete(place);
  if (merged !== undefined) changes.set(merged.path, merged);
}

function combine(earlier: FileChange, later: FileChange): FileChange | undefined {
  const { path, kind } = later;
  const previousId = earlier.previousId ?? (earlier.kind === 'added' ? undefined : later.previousId);
  const id = omitUndefined({ previousId });
  if (kind === 'changed') return earlier.kind === 'deleted' ? { path, kind, ...id } : earlier;
  if (kind === 'added') return { path, kind: earlier.kind === 'deleted' ? 'changed' : kind, ...id };
  if (earlier.kind === 'added') return kind === 'deleted' ? undefined : { path, kind: 'added' };
  if (kind === 'deleted') return { path: earlier.from ?? path, kind, ...id };
  const from = earlier.from ?? later.from;
  if (from === undefined || from === path) return { path, kind: 'changed', ...id };
  return { path, kind: 'renamed', from, ...id };
}
