import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../disk/write/file-error.ts';
import { removeLeftovers } from '../disk/write/temporary-names.ts';
import { makeFolder, replaceFile } from '../disk/write/write-file.ts';

/** What a hub was last notified of: the address of each document → the hash of its bytes. */
export type PingRecord = Readonly<Record<string, string>>;

const version = 1;

/** The path of the record, beside the build. */
export function recordFile(out: string): string {
  return `${resolve(out)}-pinged.json`;
}

/** Reads a record, or `undefined` if there is none. Throws if the file is something else. */
export function readRecord(file: string): PingRecord | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} can't be read: ${(error as Error).message}`);
  }
  const record = parse(text);
  if (record === undefined)
    throw new Error(`${file} is not a record of pings; delete it to notify the hub of every feed`);
  return record;
}

function parse(text: string): PingRecord | undefined {
  try {
    const { form, topics } = JSON.parse(text);
    const isRecord =
      form === version && typeof topics === 'object' && Object.values(topics).every((hash) => typeof hash === 'string');
    return isRecord ? topics : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the record atomically. */
export function writeRecord(file: string, topics: PingRecord): void {
  const sorted = Object.fromEntries(Object.entries(topics).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  try {
    makeFolder(dirname(file));
    removeLeftovers(dirname(file));
    replaceFile(file, `${JSON.stringify({ form: version, topics: sorted }, null, 1)}\n`);
  } catch (error) {
    throw new Error(`the record of pings is not saved: ${messageOf(error)}`, { cause: error });
  }
}
