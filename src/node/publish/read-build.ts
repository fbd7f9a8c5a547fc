import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  editionPath,
  filePath,
  objectPath,
  objectsFolder,
  type StoredEdition,
  type StoredFile,
} from '../../publication/stored/stored.ts';
import type { ReadContent, WriteStore } from '../../store/store.ts';
import { readFilesOf } from '../build/edge/file-table.ts';
import type { Key } from './manifest.ts';

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

/** Reports whether a run puts the files of the site into a store in which readers see the edition `shown`. */
export function publishesFiles(
  { name, takesFiles }: Pick<WriteStore, 'name' | 'takesFiles'>,
  media: boolean | undefined,
  shown: StoredEdition | undefined,
): boolean {
  if (media === true && takesFiles === false)
    throw new Error(`${name} takes no files: use r2:<bucket>, or deploy them`);
  return media ?? (takesFiles === 'on request' ? shown?.files !== undefined : takesFiles);
}

/** Reads a build from its edge folder, with the files of the site for a store that takes them. */
export async function readBuild(edge: string, withFiles: boolean): Promise<Build> {
  const { files: table, ...edition } = await readEdition(edge);
  const files = withFiles ? await readFilesOf(edge, table) : new Map<string, StoredFile>();
  const fileOf = new Map([...files].map(([path, file]) => [filePath(file.ref), { ...file, place: join(edge, path) }]));
  const objects = (await readdir(join(edge, objectsFolder))).map((name) => objectPath(basename(name, '.gz')));
  return {
    edition: withFiles && table !== undefined ? { ...edition, files: table } : edition,
    objects: [...objects, ...fileOf.keys()],
    read: (key) => read(fileOf.get(key)?.place ?? join(edge, key)),
    lengthOf: (key) => fileOf.get(key)?.length ?? statSync(join(edge, key)).size,
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
