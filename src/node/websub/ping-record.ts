import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What a hub was told of last: the address of each document → the hash of the bytes that it had. */
export type PingRecord = Readonly<Record<string, string>>;

const form = 1;

/** The file beside a build that remembers what the hub was told of. */
export function recordFile(out: string): string {
  return `${resolve(out)}-pinged.json`;
}

/** Reads a record; `undefined` where there is none. Throws where the file is something else. */
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
    throw new Error(
      `${file} is no record of what a hub was told; remove it, and the hub is told of every feed`,
    );
  return record;
}

function parse(text: string): PingRecord | undefined {
  try {
    const { form: written, topics } = JSON.parse(text);
    const isRecord =
      written === form &&
      typeof topics === 'object' &&
      Object.values(topics).every((hash) => typeof hash === 'string');
    return isRecord ? topics : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a record as a whole, or leaves the one that was there. */
export function writeRecord(file: string, topics: PingRecord): void {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, `${JSON.stringify({ form, topics }, null, 1)}\n`);
    renameSync(draft, file);
  } catch (error) {
    throw new Error(
      `${file}, the record of what the hub is told, can't be written: ${(error as Error).message}`,
    );
  }
}
