import { type FileChange, identityOf, type ListedFile } from '../disk/listed-file.ts';
import { isServed } from './article-files.ts';

/** What became of a file that matters to the publication. */
export interface SeenChange {
  /** Path inside the folder, with `/`. */
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'deleted' | 'renamed';
  /** Of a renamed one. */
  readonly from?: string;
  /** The id under which an article was published until then. */
  readonly formerId?: string;
}

/** The names of the publication file, of which the first counts. */
export const publicationFiles = ['publication.yaml', 'publication.yml'];

/** Of all files that changed, those that the publication is made of; `idAt` tells the id of the article that was at a path. */
export function seenChanges(
  changes: readonly FileChange[],
  read: ReadonlySet<string>,
  idAt: (path: string) => string | undefined,
): SeenChange[] {
  const seen = changes
    .filter(
      ({ path }) =>
        read.has(path) || publicationFiles.includes(path) || path.startsWith('theme/') || isServed(path),
    )
    .map(({ path, before, after }) => ({ path, before: fileOf(before), after: fileOf(after) }))
    .filter(({ before, after }) => before !== undefined || after !== undefined);
  const gone = new Map(
    seen.flatMap(({ path, before, after }) =>
      after === undefined && before ? [[fileIdentityOf(before), path]] : [],
    ),
  );
  const renamed = new Set<string>();
  const named = seen.map(({ path, before, after }): SeenChange => {
    const from = before === undefined && after !== undefined ? gone.get(fileIdentityOf(after)) : undefined;
    const formerId = idAt(from ?? path);
    const known = formerId === undefined ? {} : { formerId };
    if (from === undefined)
      return { path, kind: before && after ? 'changed' : after ? 'added' : 'deleted', ...known };
    renamed.add(from);
    return { path, kind: 'renamed', from, ...known };
  });
  return named.filter(({ path, kind }) => kind !== 'deleted' || !renamed.has(path));
}

/** Tells a file that is the same under another name: a file system gives the number of a deleted file to the next new one. */
function fileIdentityOf(file: ListedFile): string {
  return `${identityOf(file)}-${file.mtimeMs}-${file.size}`;
}

/** What is no file, such as a pipe, has no part in a publication. */
function fileOf(listed: ListedFile | undefined): ListedFile | undefined {
  return listed?.kind === 'other' ? undefined : listed;
}

/** Adds a change to those before it, by path, so that each file has one: what was added and then renamed was added. */
export function joinChange(changes: Map<string, SeenChange>, change: SeenChange): void {
  const place = change.from ?? change.path;
  const earlier = changes.get(place);
  const joined = earlier === undefined ? change : both(earlier, change);
  changes.delete(place);
  if (joined !== undefined) changes.set(joined.path, joined);
}

function both(earlier: SeenChange, later: SeenChange): SeenChange | undefined {
  const { path, kind } = later;
  const { from, formerId = earlier.kind === 'added' ? undefined : later.formerId } = earlier;
  const known = formerId === undefined ? {} : { formerId };
  if (kind === 'changed') return earlier.kind === 'deleted' ? { path, kind, ...known } : earlier;
  if (kind === 'added') return { path, kind: earlier.kind === 'deleted' ? 'changed' : kind, ...known };
  if (earlier.kind === 'added') return kind === 'deleted' ? undefined : { path, kind: 'added' };
  if (kind === 'deleted') return { path: from ?? path, kind, ...known };
  const first = from ?? later.from;
  if (first === undefined || first === path) return { path, kind: 'changed', ...known };
  return { path, kind: 'renamed', from: first, ...known };
}
