import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type MessagePort, workerData } from 'node:worker_threads';
import { hasLabels } from '../article/seed-labels.ts';
import { isClean } from '../article/seed-text.ts';
import { listFiles, prefixOf } from './list-files.ts';

/** What the thread that reads ahead is told. */
export interface ReadingTask {
  readonly dir: string;
  /** Takes the messages. */
  readonly port: MessagePort;
  /** Where they are counted for who waits for them, and an order waited for. */
  readonly state: Int32Array;
}

/** What the thread is told when it has started, which takes longer than to watch a folder. */
export const orders = { begin: 1, end: 2 } as const;

/** What it tells: all files, then their texts in the same order, bit by bit. */
export type AheadMessage =
  | {
      readonly kind: 'listed';
      /** Paths with a NUL between two, as one text is sent at once. */
      readonly paths: string;
      readonly files: Float64Array;
      /** Folders, and files that are links. */
      readonly entered: readonly string[];
      readonly failed: readonly (readonly [folder: string, error: unknown])[];
    }
  | {
      readonly kind: 'read';
      /** Where each file's bytes end. */
      readonly ends: Int32Array;
      /** Whether a text has labels (1) or not (0). */
      readonly labelled: Uint8Array;
      readonly bytes: ArrayBuffer;
    }
  | { readonly kind: 'over' };

/** What is told of each file: `mtimeMs`, `ctimeMs`, `size`, `ino` and `dev`, all of them 0 where it is none or there is none. */
export const fieldsOfFile = 5;

/** How many bytes are sent at a time, and the longest file that is read. */
const batchSize = 1 << 20;
const longest = 1 << 18;

function readFiles({ dir, port, state }: ReadingTask): void {
  const send = (message: AheadMessage, transfer: ArrayBuffer[]): void => {
    port.postMessage(message, transfer);
    Atomics.add(state, 0, 1);
    Atomics.notify(state, 0);
  };
  const isOver = (): boolean => Atomics.load(state, 1) === orders.end;
  Atomics.wait(state, 1, 0);
  try {
    if (isOver()) return;
    const entered: string[] = [];
    const failed: [folder: string, error: unknown][] = [];
    const paths = listFiles(dir, {
      enter: (path) => entered.push(path),
      fail: (...failure) => failed.push(failure),
    });
    const prefix = prefixOf(dir);
    const files = new Float64Array(paths.length * fieldsOfFile);
    const sizes = paths.map((path, index) => describe(prefix + path, files, index));
    send({ kind: 'listed', paths: paths.join('\0'), files, entered, failed }, [files.buffer]);
    for (let next = 0; next < paths.length && !isOver(); ) {
      const ends: number[] = [];
      const labelled: number[] = [];
      const bytes = Buffer.allocUnsafeSlow(batchSize);
      let end = 0;
      for (; next < paths.length && end <= batchSize - longest; next++) {
        const size = sizes[next] ?? 0;
        const isText = size > 0 && size < longest && mayHoldArticle.test(paths[next] ?? '');
        const text = isText ? readInto(bytes, end, prefix + paths[next], size) : undefined;
        if (text !== undefined) end += size;
        ends.push(end);
        labelled.push(text !== undefined && hasLabels(text, 0) ? 1 : 0);
      }
      const found = { ends: Int32Array.from(ends), labelled: Uint8Array.from(labelled) };
      send({ kind: 'read', ...found, bytes: bytes.buffer }, [bytes.buffer]);
    }
  } finally {
    send({ kind: 'over' }, []);
    port.close();
  }
}

/** The files that may hold articles. */
const mayHoldArticle = /\.(?:txt|md|markdown|mdx)$/i;

/** Notes what the system says of a file, and gives its size. */
function describe(full: string, files: Float64Array, index: number): number {
  let stats: Stats | undefined;
  try {
    stats = statSync(full);
  } catch {
    return 0;
  }
  if (!stats.isFile()) return 0;
  const { mtimeMs, ctimeMs, size, ino, dev } = stats;
  files.set([mtimeMs, ctimeMs, size, ino, dev], index * fieldsOfFile);
  return size;
}

/** Reads a file, and gives its text if it has the size that it had and is clean. */
function readInto(bytes: Buffer, start: number, full: string, size: number): string | undefined {
  try {
    const file = openSync(full, 'r');
    try {
      if (readSync(file, bytes, start, size + 1, null) !== size) return undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
  const text = bytes.toString('utf8', start, start + size);
  // U+FFFD stands for what is no UTF-8.
  return !text.includes('\uFFFD') && isClean(text) ? text : undefined;
}

if (workerData !== null) readFiles(workerData);
