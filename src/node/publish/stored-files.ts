import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mediaTypeOf } from '../../article/media-types.ts';
import { mediaFolder } from '../../publication/address.ts';
import { objectPath, type Ref, type StoredFile, storedFolder } from '../../publication/stored.ts';
import type { Bytes } from '../../store/store.ts';
import { assetsIgnore } from '../build/draft/asset-limits.ts';
import { writeTable } from '../build/objects/object-writer.ts';
import { packageFilesFolder } from '../folder/files/package-files.ts';
import { isReservedAddress, siteRootMediaType } from '../folder/files/site-root-files.ts';
import type { Key } from './manifest.ts';

/** A file of the site, and where it is on disk. */
interface FoundFile extends StoredFile {
  readonly path: string;
  readonly file: string;
}

/** What a store gets beside the objects of a build. */
export interface StoredFiles {
  /** The table of the files; absent if there are none. */
  readonly table?: Ref;
  /** The objects of the table, by key. */
  readonly objects: ReadonlyMap<Key, Bytes>;
  readonly files: readonly FoundFile[];
}

/** For a store that takes no files. */
export const noFiles: StoredFiles = { objects: new Map(), files: [] };

/** Finds the files of a build, and makes their table. */
export async function storeFiles(edge: string): Promise<StoredFiles> {
  const files = await findStoredFiles(edge);
  if (files.length === 0) return noFiles;
  const objects = new Map<Key, Bytes>();
  const put = async (value: unknown): Promise<Ref> => {
    const text = JSON.stringify(value);
    const ref = createHash('sha256').update(text).digest('hex').slice(0, 32);
    objects.set(objectPath(ref), new Uint8Array(gzipSync(text)));
    return ref;
  };
  const entries = files.map(
    ({ path, ref, type, length }) => [path, { ref, type, length } satisfies StoredFile] as const,
  );
  return { table: await writeTable(entries, put), objects, files };
}

/**
 * Lists the files of a build that belong to the publication: those beside articles and those of its `public/`. A server
 * has the package's own files itself, in the version that its pages need.
 */
async function findStoredFiles(edge: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const file of await listFiles(edge)) {
    const path = relative(edge, file).split(sep).join('/');
    if (path === assetsIgnore || isReservedAddress(`/${path}`) || (await isOfPackage(path, file))) continue;
    found.push({ path, file, ref: await hashOf(file), type: typeOf(path), length: (await stat(file)).size });
  }
  return found;
}

/** Lists the files of a build, except its objects. */
async function listFiles(edge: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const { name } of await readdir(edge, { withFileTypes: true })) {
    if (name === storedFolder) continue;
    const path = join(edge, name);
    if (!(await stat(path)).isDirectory()) files.push(path);
    else
      for (const entry of await readdir(path, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  return files.sort();
}

async function isOfPackage(path: string, file: string): Promise<boolean> {
  const own = await readFile(join(packageFilesFolder, path)).catch(() => undefined);
  return own === undefined ? false : own.equals(await readFile(file));
}

/** Hashes a file of any size. */
async function hashOf(file: string): Promise<Ref> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Uint8Array);
  return hash.digest('hex').slice(0, 32);
}

function typeOf(path: string): string {
  const beside = path.startsWith(`${mediaFolder}/`) ? mediaTypeOf(path) : undefined;
  return beside ?? siteRootMediaType(path);
}
