import type { Stats } from 'node:fs';

/** A file as it was when it was last looked at: what the system says of it, which changes when the file does. */
export interface ListedFile extends Readonly<Pick<Stats, 'mtimeMs' | 'ctimeMs' | 'size' | 'ino' | 'dev'>> {
  readonly kind: 'file' | 'link that leads nowhere' | 'other';
}

export const nowhere: ListedFile = {
  ...{ mtimeMs: 0, ctimeMs: 0, size: 0, ino: 0, dev: 0 },
  kind: 'link that leads nowhere',
};
export const other: ListedFile = { ...nowhere, kind: 'other' };

/** A file that was written so lately, in milliseconds, may be written once more without its date showing it. */
const fresh = 1000;

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
