import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { instantOf } from '../../article/seed/date.ts';
import { makeDocument, type RenderedDocument } from '../../feed/document.ts';
import { packageFolder } from '../package-folder.ts';
import { rootTypeOf } from './root-files.ts';
import type { SeenChange } from './seen-changes.ts';

/** Where the package's own files that are served as they are stand, in a checkout and in the installed package alike. */
export const publicFolder = join(packageFolder, 'public');

/** Reads every file of a folder, each found by its path as a request writes it: `/icon.png`. */
export async function readPublicFiles(folder: string): Promise<ReadonlyMap<string, RenderedDocument>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const files = await Promise.all(
    names.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      const path = encodeURI(file.slice(folder.length).replaceAll('\\', '/'));
      const updated = instantOf(statSync(file).mtimeMs) ?? '';
      return [
        path,
        await makeDocument(readFileSync(file), rootTypeOf(name), { articles: [], updated }),
      ] as const;
    }),
  );
  return new Map(files);
}

/** Lists what became of the files between two readings. */
export function changedFiles(
  before: ReadonlyMap<string, RenderedDocument>,
  after: ReadonlyMap<string, RenderedDocument>,
): SeenChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((address) => {
    const [old, now] = [before.get(address), after.get(address)];
    if (old?.etag === now?.etag) return [];
    const kind = old === undefined ? 'added' : now === undefined ? 'deleted' : 'changed';
    return [{ path: `public${address}`, kind }];
  });
}
