import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { discard } from '../../disk/write/temporary-names.ts';
import { isDamage } from '../../state/sqlite.ts';
import { StateFile } from '../../state/state-file.ts';
import { digest } from './article-names.ts';
import type { Built } from './build-input.ts';
import type { BuiltFile, BuiltFiles } from './draft.ts';
import { spareFolder } from './spare-folder.ts';

/** What a build wrote into a folder, so that the next one writes only what changed. */
export interface BuildRecord {
  /** Names everything that the folder was made of; empty if that is unknown. */
  readonly key: string;
  readonly built: Built;
  readonly files: BuiltFiles;
  /**
   * The media files that articles link to, by what names the article. Articles without any are left out. Empty for the
   * folder of documents, as are the blocks.
   */
  readonly media: ReadonlyMap<string, readonly string[]>;
  /** What names the articles of each block of the whole publication, joined by commas, by the path of the block. */
  readonly blocks: ReadonlyMap<string, string>;
}

/** A record as JSON. Four lists for all files are parsed in half the time of one list for each file. */
interface StoredRecord extends Pick<BuildRecord, 'key' | 'built'> {
  readonly paths: readonly string[];
  readonly keys: readonly string[];
  readonly sizes: readonly number[];
  readonly dates: readonly number[];
  readonly media: readonly (readonly [string, readonly string[]])[];
  readonly blocks: readonly (readonly [string, string])[];
}

const form = {
  version: 3,
  schema: 'CREATE TABLE builds (folder TEXT PRIMARY KEY, record TEXT NOT NULL, hash TEXT NOT NULL)',
};

/** Reads the records of builds into these folders that the state file has. */
export function readRecords(
  path: string | undefined,
  folders: readonly string[],
): readonly (BuildRecord | undefined)[] {
  return withRecords(path, (state) => folders.map((folder) => readRecord(state, folder))) ?? [];
}

/**
 * Replaces the records of folders, and forgets folders that are gone, with what was kept for them. Where nothing can be
 * written, the next build writes everything.
 */
export function writeRecords(path: string | undefined, records: ReadonlyMap<string, BuildRecord>): void {
  if (path === undefined) return;
  withRecords(path, (state) =>
    state.transaction(() => {
      const folders = state.prepare('SELECT folder FROM builds').all();
      for (const { folder } of folders) {
        if (existsSync(String(folder))) continue;
        state.prepare('DELETE FROM builds WHERE folder = ?').run(String(folder));
        discard(spareFolder(dirname(path), String(folder)));
      }
      for (const [folder, record] of records) insertRecord(state, folder, JSON.stringify(storedRecord(record)));
    }),
  );
}

function withRecords<T>(path: string | undefined, use: (state: StateFile) => T): T | undefined {
  const state = path === undefined ? undefined : StateFile.open(path, form);
  try {
    return state && use(state);
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  } finally {
    state?.close();
  }
}

function insertRecord(state: StateFile, folder: string, record: string): void {
  state.prepare('INSERT OR REPLACE INTO builds VALUES (?, ?, ?)').run(folder, record, digest(record));
}

function storedRecord({ key, built, files, media, blocks }: BuildRecord): StoredRecord {
  return {
    key,
    built,
    paths: [...files.keys()],
    keys: Array.from(files.values(), ({ key }) => key),
    sizes: Array.from(files.values(), ({ size }) => size),
    dates: Array.from(files.values(), ({ mtimeMs }) => mtimeMs),
    media: [...media],
    blocks: [...blocks],
  };
}

function readRecord(state: StateFile, folder: string): BuildRecord | undefined {
  const row = state.prepare('SELECT record, hash FROM builds WHERE folder = ?').get(folder);
  // A crash of the system may damage it.
  if (row === undefined || digest(String(row.record)) !== row.hash) return undefined;
  const { key, built, paths, keys, sizes, dates, media, blocks } = JSON.parse(String(row.record)) as StoredRecord;
  const files = new Map<string, BuiltFile>();
  for (const [i, path] of paths.entries())
    files.set(path, { key: keys[i] ?? '', size: sizes[i] ?? 0, mtimeMs: dates[i] ?? 0, ino: undefined });
  return { key, built, files, media: new Map(media), blocks: new Map(blocks) };
}
