import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { frontMatterEnd } from '../article/front-matter/find-front-matter.ts';
import { hasLabels } from '../article/seed/seed-labels.ts';
import { isClean } from '../article/seed/seed-text.ts';
import { mayHaveShortcodes } from '../article/shortcodes/may-have-shortcodes.ts';

/** What the thread that reads ahead is told at its start. */
export interface ReadingTask {
  /** Takes the messages; the paths of the files come from there, with a NUL between two. */
  readonly port: MessagePort;
  /** What both threads know, by {@link fields}. */
  readonly state: Int32Array;
}

/** How many messages were sent; the order that is given; and before which file to end. */
export const fields = { sent: 0, order: 1, end: 2 } as const;
/** Starting takes longer than to list a folder, so the thread waits for nothing mostly. */
export const orders = { wait: 0, begin: 1, end: 2 } as const;

/** What a text may have, as {@link hasLabels}, behind any front matter, and {@link mayHaveShortcodes} tell. */
export const signs = { labels: 1, shortcodes: 2 } as const;

/** What it tells of some files, in their order. */
export interface FilesRead {
  /** Where each file's bytes end; at the end of the one before where it was passed over. */
  readonly ends: Int32Array;
  /** What is known of each text, by {@link signs}. */
  readonly signs: Uint8Array;
  /** As the system described each file before it was read: see {@link describedBy}. */
  readonly files: Float64Array;
  readonly bytes: SharedArrayBuffer;
}

/** What is told of each file. */
export const describedBy = ['mtimeMs', 'ctimeMs', 'size', 'ino', 'dev'] as const;

/** How many bytes are sent at a time, and the longest file that is read. */
const batchSize = 1 << 18;
const longest = 1 << 16;

function readFiles({ port, state }: ReadingTask): void {
  Atomics.wait(state, fields.order, orders.wait);
  const list: string = receiveMessageOnPort(port)?.message ?? '';
  const paths = list.split('\0');
  const isOver = (next: number): boolean =>
    next >= Math.min(paths.length, Atomics.load(state, fields.end)) ||
    Atomics.load(state, fields.order) === orders.end;
  for (let next = 0; !isOver(next); ) {
    // What is shared does not count as V8's, whose collections it would bring forward.
    const bytes = Buffer.from(new SharedArrayBuffer(batchSize));
    const [ends, found, files]: [number[], number[], number[]] = [[], [], []];
    let end = 0;
    for (; end <= batchSize - longest && !isOver(next); next++) {
      const text = readInto(bytes, end, paths[next] ?? '', files);
      if (text !== undefined) end += sizeIn(files);
      ends.push(end);
      found.push(text === undefined ? 0 : signsIn(text));
    }
    const read: FilesRead = {
      ends: Int32Array.from(ends),
      signs: Uint8Array.from(found),
      files: Float64Array.from(files),
      bytes: bytes.buffer,
    };
    port.postMessage(read);
    Atomics.add(state, fields.sent, 1);
  }
  port.close();
}

/** Reads a file and gives its text, if that is clean; notes what the system says of it. */
function readInto(bytes: Buffer, start: number, path: string, files: number[]): string | undefined {
  const described = files.length + describedBy.length;
  let size = 0;
  try {
    const stats = statSync(path);
    ({ size } = stats);
    files.push(stats.mtimeMs, stats.ctimeMs, size, stats.ino, stats.dev);
    // Who writes into a pipe waits for a reader, and this would be none.
    if (!stats.isFile() || size >= longest) return undefined;
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (readSync(file, bytes, start, size + 1, null) !== size) return undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    while (files.length < described) files.push(0);
    return undefined;
  }
  const text = bytes.toString('utf8', start, start + size);
  // U+FFFD stands for what is no UTF-8.
  return !text.includes('\uFFFD') && isClean(text) ? text : undefined;
}

function signsIn(text: string): number {
  return (
    (hasLabels(text, frontMatterEnd(text)) ? signs.labels : 0) |
    (mayHaveShortcodes(text) ? signs.shortcodes : 0)
  );
}

function sizeIn(files: readonly number[]): number {
  return files[files.length - describedBy.length + describedBy.indexOf('size')] ?? 0;
}

if (workerData !== null) readFiles(workerData);
