import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  SHARE_ENV,
  Worker,
} from 'node:worker_threads';
import type { hasLabels } from '../article/seed/seed-labels.ts';
import type { isClean } from '../article/seed/seed-text.ts';
import type { mayHaveShortcodes } from '../article/shortcodes/may-have-shortcodes.ts';
import { prefixOf } from './disk/list-files.ts';
import type { ListedFile } from './disk/listed-file.ts';
import { mayHoldArticle } from './disk/seed-files.ts';
import { KeptText } from './folder/kept-texts.ts';
import { describedBy, type FilesRead, fields, orders, type ReadingTask, signs } from './reading-thread.ts';

/** A file that was read, and for whose text {@link isClean} holds. */
export interface FileAhead {
  readonly text: KeptText;
  /** As {@link hasLabels} tells, of what stands behind any front matter. */
  readonly hasLabels: boolean;
  /** As {@link mayHaveShortcodes} tells. */
  readonly hasShortcodes: boolean;
  /** As the system described it before it was read. */
  readonly file: ListedFile;
}

/** A file whose turn it is, and what the other thread has read of it; nothing where it is to be read here. */
export interface Turn {
  readonly path: string;
  readonly ahead?: FileAhead | undefined;
}

/**
 * The files of a folder that may hold articles, as another thread reads them in the order of their paths while this one still
 * loads what understands them. This one begins at the end, and so neither ever waits for the other.
 */
export class ReadAhead {
  /** Resolves when the other thread has read all that it was to read, or can't. */
  readonly ended: Promise<unknown>;
  readonly #port: MessagePort;
  readonly #state = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  readonly #prefix: string;
  #paths: readonly string[] = [];
  #read: (FileAhead | undefined)[] = [];
  #received = 0;

  /** Makes ready to read the folder `dir`; `undefined` where there is no other processor to do so, or no thread is allowed. */
  static start(dir: string): ReadAhead | undefined {
    try {
      return availableParallelism() > 1 ? new ReadAhead(dir) : undefined;
    } catch {
      return undefined;
    }
  }

  constructor(dir: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#prefix = prefixOf(dir);
    const task: ReadingTask = { port: port2, state: this.#state };
    // It has the same ending as this file, in the checkout and in the package.
    const url = new URL(`./reading-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(url, { workerData: task, transferList: [port2], env: SHARE_ENV, execArgv: [] });
    // What it doesn't read is read here.
    worker.on('error', () => {}).unref();
    this.ended = new Promise((resolve) => worker.once('exit', resolve));
  }

  /** Lets the other thread begin with the files at these paths, which are in their order. */
  begin(paths: readonly string[]): void {
    this.#paths = paths.filter(mayHoldArticle);
    this.#port.postMessage(this.#paths.map((path) => this.#prefix + path).join('\0'));
    Atomics.store(this.#state, fields.end, this.#paths.length);
    this.#order('begin');
  }

  /** Gives all of some paths, which are in their order, one by one: what has been read from the first on, else the last ones. */
  *turns(paths: readonly string[]): Generator<Turn> {
    let [first, last] = [0, paths.length];
    let [front, back] = [0, this.#paths.length];
    while (first < last) {
      const path = paths[first] ?? '';
      while ((this.#paths[front] ?? path) < path) front++;
      if (front < this.#read.length || this.#receive()) {
        if (front >= this.#read.length) continue;
        yield { path, ahead: this.#paths[front] === path ? this.#read[front] : undefined };
        first++;
      } else {
        const path = paths[--last] ?? '';
        while (back > 0 && (this.#paths[back - 1] ?? '') >= path) back--;
        Atomics.store(this.#state, fields.end, back);
        yield { path };
      }
    }
  }

  /** Lets go of what was not asked for. */
  close(): void {
    this.#order('end');
    this.#port.close();
    this.#paths = [];
    this.#read = [];
  }

  #order(order: keyof typeof orders): void {
    Atomics.store(this.#state, fields.order, orders[order]);
    Atomics.notify(this.#state, fields.order);
  }

  /** Takes in a message if there is one. */
  #receive(): boolean {
    if (Atomics.load(this.#state, fields.sent) === this.#received) return false;
    const message: FilesRead | undefined = receiveMessageOnPort(this.#port)?.message;
    if (message === undefined) return false;
    this.#received += 1;
    const bytes = Buffer.from(message.bytes);
    let start = 0;
    for (const [i, end] of message.ends.entries()) {
      const text = end === start ? undefined : new KeptText(bytes, start, end);
      const file = fileIn(message.files, i);
      const found = message.signs[i] ?? 0;
      const hasLabels = (found & signs.labels) !== 0;
      const hasShortcodes = (found & signs.shortcodes) !== 0;
      this.#read.push(text && { text, hasLabels, hasShortcodes, file });
      start = end;
    }
    return true;
  }
}

function fileIn(files: Float64Array, index: number): ListedFile {
  let at = index * describedBy.length;
  const mtimeMs = files[at++] ?? 0;
  const ctimeMs = files[at++] ?? 0;
  const size = files[at++] ?? 0;
  const ino = files[at++] ?? 0;
  const dev = files[at++] ?? 0;
  return { kind: 'file', mtimeMs, ctimeMs, size, ino, dev };
}
