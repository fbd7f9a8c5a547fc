import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecording, mediaTypeOf } from '../../../article/media-types.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { mediaFolder } from '../../../publication/addresses/address.ts';
import { listTable } from '../../../publication/stored/read-stored.ts';
import {
  editionPath,
  type Ref,
  type StoredEdition,
  type StoredFile,
  storedForm,
} from '../../../publication/stored/stored.ts';
import { hashFile } from '../../disk/hash-file.ts';
import { readFirstMinute } from '../../folder/files/first-minute.ts';
import { siteRootMediaType } from '../../folder/files/site-root-files.ts';
import type { Draft } from '../draft/draft.ts';
import { readObject } from '../earlier/earlier-build.ts';
import { ObjectWriter, type WriteObject, writeTable } from '../objects/object-writer.ts';

/** The files of a site by their paths: those beside articles and those of the publication's `public/`. */
export type FileTable = ReadonlyMap<string, StoredFile>;

/** A table of files in a build. */
export interface StoredFiles {
  /** Its name; absent without files. */
  readonly table?: Ref;
  /** The names of its objects. */
  readonly objects: readonly Ref[];
}

/**
 * Stores the table of the files of a site, by which a server or worker finds their lengths and entity-tags. Only files
 * that differ from those of the build before are hashed.
 */
export async function storeFileTable(
  paths: readonly string[],
  draft: Draft,
  before: FileTable,
  write: WriteObject,
): Promise<StoredFiles> {
  if (paths.length === 0) return { objects: [] };
  const written = new Set(draft.written);
  const entries: [string, StoredFile][] = [];
  for (const path of paths) {
    const known = written.has(path) ? undefined : before.get(path);
    entries.push([path, known ?? (await describeFile(path, draft.folder))]);
  }
  const refs: Ref[] = [];
  const objects = new ObjectWriter((ref, text) => {
    refs.push(ref);
    return write(ref, text);
  });
  const table = await writeTable(entries, objects.put);
  await objects.finish();
  return { table, objects: refs };
}

async function describeFile(path: string, folder: string): Promise<StoredFile> {
  const [file, type] = [join(folder, path), typeOf(path)];
  const { size } = statSync(file);
  const minute = isRecording({ type }) ? readFirstMinute(folder, file, size) : undefined;
  return omitUndefined({ ref: await hashFile(file, size), type, length: size, minute });
}

function typeOf(path: string): string {
  const beside = path.startsWith(`${mediaFolder}/`) ? mediaTypeOf(path) : undefined;
  return beside ?? siteRootMediaType(path);
}

/** Reads the table of the files of a build; empty if there is none. */
export async function readFileTable(folder: string): Promise<FileTable> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, editionPath), 'utf8')) as Partial<StoredEdition>;
    return await readFilesOf(folder, files);
  } catch {
    // They are hashed again.
    return new Map();
  }
}

/** Reads the table called `files` in the folder of a build. */
export async function readFilesOf(folder: string, files: Ref | undefined): Promise<FileTable> {
  if (files === undefined) return new Map();
  return new Map(await listTable<StoredFile>((ref) => readObject(folder, ref, storedForm), files));
}
