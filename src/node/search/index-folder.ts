import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../disk/write/file-error.ts';
import { createFileAsync } from '../disk/write/write-file.ts';
import type { SegmentIndex } from './index-segment.ts';

/** A segment whose files are in an {@link IndexFolder}: how many articles it has, and the names of its files. */
export interface StoredSegment {
  readonly articles: number;
  readonly words: readonly string[];
  readonly shown: readonly string[];
}

/** A folder of the files of search indexes. Each is named by its content, so it never changes. */
export class IndexFolder {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Finds a segment by its key. */
  find(key: string | undefined): StoredSegment | undefined {
    if (key === undefined) return undefined;
    try {
      const segment: StoredSegment = JSON.parse(readFileSync(join(this.dir, listName(key)), 'utf8'));
      return filesOf(segment).every((name) => existsSync(this.pathOf(name))) ? segment : undefined;
    } catch {
      return undefined;
    }
  }

  /** Stores the files of a segment; without a key it can't be found again. */
  async put(key: string | undefined, { articles, words, shown }: SegmentIndex): Promise<StoredSegment> {
    mkdirSync(this.dir, { recursive: true });
    const store = (texts: readonly string[]) => Promise.all(texts.map((text) => this.#store(text)));
    const segment = { articles, words: await store(words), shown: await store(shown) };
    if (key !== undefined) await this.#create(listName(key), JSON.stringify(segment));
    return segment;
  }

  /** The path of a file on the disk. */
  pathOf(name: string): string {
    return join(this.dir, name);
  }

  /** Reads a file; `undefined` if it is missing or damaged. */
  read(name: string): string | undefined {
    if (!/^[\da-f]{20}\.json$/.test(name)) return undefined;
    try {
      const text = readFileSync(this.pathOf(name), 'utf8');
      return nameOf(text) === name ? text : undefined;
    } catch {
      return undefined;
    }
  }

  /** Removes unused files older than `before`, in milliseconds since 1970. */
  prune(segments: readonly StoredSegment[], keys: readonly (string | undefined)[], before: number): void {
    const kept = new Set([
      ...segments.flatMap(filesOf),
      ...keys.flatMap((key) => (key === undefined ? [] : listName(key))),
    ]);
    for (const name of existsSync(this.dir) ? readdirSync(this.dir) : []) {
      const path = join(this.dir, name);
      if (kept.has(name) || !/\.json$/.test(name)) continue;
      if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before) < before) rmSync(path, { force: true });
    }
  }

  async #store(text: string): Promise<string> {
    const name = nameOf(text);
    await this.#create(name, text);
    return name;
  }

  async #create(name: string, text: string): Promise<void> {
    if (existsSync(this.pathOf(name))) return;
    try {
      await createFileAsync(this.pathOf(name), text);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** The files of a segment. */
export function filesOf({ words, shown }: StoredSegment): readonly string[] {
  return [...words, ...shown];
}

/** Writes the list by which a browser finds the files, the newest articles first. Only the list ever changes. */
export function writeSearchList(segments: readonly StoredSegment[]): string {
  return JSON.stringify({ segments: segments.toReversed() });
}

/** The name of the list. */
export const searchList = 'index.json';

function nameOf(text: string): string {
  return `${hash('sha256', text, 'hex').slice(0, 20)}.json`;
}

function listName(key: string): string {
  return `segment-${key}.json`;
}
