import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { editionPath, filePath, objectPath, objectsFolder, type StoredEdition } from '../../publication/stored.ts';
import type { ReadContent } from '../../store/store.ts';
import type { Key } from './manifest.ts';
import { noFiles, storeFiles } from './stored-files.ts';

/** What a build gives to a store. */
export interface Build {
  readonly edition: StoredEdition;
  readonly objects: readonly Key[];
  readonly read: ReadContent;
  /** Returns the length of something in bytes. */
  readonly lengthOf: (key: Key) => number;
  /** Reports whether something is so large that only one such thing may be in memory. */
  readonly isLarge: (key: Key) => boolean;
}

/** Bytes from which a file is large. */
const large = 8 * 1024 * 1024;

/** Reads a build from its edge folder, with the files of the site for a store that takes them. */
export async function readBuild(edge: string, withFiles: boolean): Promise<Build> {
  const edition = await readEdition(edge);
  const { table, objects, files } = withFiles ? await storeFiles(edge) : noFiles;
  const built = (await readdir(join(edge, objectsFolder))).map((name) => objectPath(basename(name, '.gz')));
  const fileOf = new Map(files.map((file) => [filePath(file.ref), file]));
  return {
    edition: { ...edition, ...omitUndefined({ files: table }) },
    objects: [...built, ...objects.keys(), ...fileOf.keys()],
    read: async (key) => objects.get(key) ?? read(fileOf.get(key)?.file ?? join(edge, key)),
    lengthOf: (key) => objects.get(key)?.length ?? fileOf.get(key)?.length ?? statSync(join(edge, key)).size,
    isLarge: (key) => (fileOf.get(key)?.length ?? 0) >= large,
  };
}

/** Reads a file as bytes of its own, because small files share a buffer, which a store may take as a whole. */
async function read(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(file));
}

/** Reads the edition of a build. */
export async function readEdition(edge: string): Promise<StoredEdition> {
  const path = join(edge, editionPath);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as StoredEdition;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${path} is damaged: it is not JSON`);
    throw error;
  }
}
