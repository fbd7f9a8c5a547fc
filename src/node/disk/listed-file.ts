import { lstatSync, type Stats, statSync } from 'node:fs';

/** A file as it was when it was last looked at: what the system says of it, which changes when the file does. */
export interface ListedFile extends Readonly<Pick<Stats, 'mtimeMs' | 'ctimeMs' | 'size' | 'ino' | 'dev'>> {
  readonly kind: 'file' | 'link that leads nowhere' | 'other' | 'not to be seen';
}

const nowhere: ListedFile = {
  ...{ mtimeMs: 0, ctimeMs: 0, size: 0, ino: 0, dev: 0 },
  kind: 'link that leads nowhere',
};

const other: ListedFile = { ...nowhere, kind: 'other' };

/** A file in a folder into which nobody may look, of which nothing can be told. */
export const unseen: ListedFile = { ...nowhere, kind: 'not to be seen' };

/** A file that was written so lately, in milliseconds, may be written once more without its date showing it. */
const fresh = 1000;

/** Describes what stands at a path, if anything does. */
export function describeFile(path: string): ListedFile | undefined {
  try {
    const stats = statSync(path);
    // To read a pipe would take for ever.
    if (!stats.isFile()) return other;
    const { mtimeMs, ctimeMs, size, ino, dev } = stats;
    return { kind: 'file', mtimeMs, ctimeMs, size, ino, dev };
  } catch (error) {
    if (!leadsNowhere(error)) return unseen;
    return linkThatLeadsNowhere(path);
  }
}

/** A file can vanish between the listing and the look at it, or the folder it was in become a file; such a link is still there. */
function linkThatLeadsNowhere(path: string): ListedFile | undefined {
  try {
    lstatSync(path);
    return nowhere;
  } catch (error) {
    return leadsNowhere(error) ? undefined : unseen;
  }
}

/** Tells whether an error says that nothing is there, and not that it can't be read. */
export function leadsNowhere(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String((error as NodeJS.ErrnoException).code));
}

/** Tells a file from others, also under another name. */
export function identityOf({ dev, ino }: Pick<ListedFile, 'dev' | 'ino'>): string {
  return `${dev}-${ino}`;
}

/** Tells whether two looks saw the same. */
export function isEqual(one: ListedFile | undefined, two: ListedFile | undefined): boolean {
  return (
    one === two ||
    (one !== undefined &&
      two !== undefined &&
      one.kind === two.kind &&
      one.ino === two.ino &&
      one.dev === two.dev &&
      one.mtimeMs === two.mtimeMs &&
      one.ctimeMs === two.ctimeMs &&
      one.size === two.size)
  );
}

/** Tells whether a file may have changed since without its showing. */
export function isFresh({ kind, mtimeMs }: ListedFile, now: number): boolean {
  return kind === 'file' && now - mtimeMs < fresh;
}

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
