import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { instantOf } from '../../../article/seed/date.ts';
import { makeDocument, type RenderedDocument } from '../../../feed/document.ts';
import { packageFolder } from '../../package-folder.ts';
import type { FileChange } from './file-changes.ts';
import { siteRootMediaType } from './site-root-files.ts';

/** The package's own static files, in a checkout and in the installed package alike. */
export const packageFilesFolder = join(packageFolder, 'public');

/** Reads every file of a folder. The keys are paths as in a request: `/icon.png`. */
export async function readPackageFiles(folder: string): Promise<ReadonlyMap<string, RenderedDocument>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = await Promise.all(
    names.map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      const path = encodeURI(file.slice(folder.length).replaceAll('\\', '/'));
      const updated = instantOf(statSync(file).mtimeMs) ?? '';
      return [
        path,
        await makeDocument(readFileSync(file), siteRootMediaType(name), { articles: [], updated }),
      ] as const;
    }),
  );
  return new Map(files);
}

/** Lists the differences between two readings of the files. */
export function diffPackageFiles(
  before: ReadonlyMap<string, RenderedDocument>,
  after: ReadonlyMap<string, RenderedDocument>,
): FileChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((address) => {
    const [old, now] = [before.get(address), after.get(address)];
    if (old?.etag === now?.etag) return [];
    const kind = old === undefined ? 'added' : now === undefined ? 'deleted' : 'changed';
    return [{ path: `public${address}`, kind }];
  });
}
