import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  SHARE_ENV,
  Worker,
} from 'node:worker_threads';
import type { hasLabels } from '../article/seed-labels.ts';
import type { isClean } from '../article/seed-text.ts';
import type { ListedFile } from './folder-listing.ts';
import { KeptText } from './kept-texts.ts';
import type { listFiles, Walk } from './list-files.ts';
import { type AheadMessage, fieldsOfFile, orders, type ReadingTask } from './reading-thread.ts';

/** A clean text of a seed. */
export interface AheadText {
  readonly text: KeptText;
  /** As {@link hasLabels} tells. */
  readonly hasLabels: boolean;
}

/** How long the other thread may say nothing, in milliseconds, before its files are read here. */
const patience = 250;

/**
 * The files of a folder as another thread lists and reads them, in the order of their paths, while this one still loads what it needs
 * to understand them. What it lacks, or was not in time for, is looked at on the disk as always.
 */
export class ReadAhead {
  readonly #port: MessagePort;
  /** How many messages were sent, and whether to begin. */
  readonly #state: Int32Array;
  /** All paths, and which of them were asked for last. */
  #paths: readonly string[] = [];
  #asked = { file: 0, text: 0 };
  readonly #texts: AheadText[] = [];
  #listed: (AheadMessage & { kind: 'listed' }) | undefined;
  #received = 0;
  /** How many of the files were read or passed over. */
  #read = 0;
  #isOver = false;

  /** Makes ready to read the folder `dir`; `undefined` where there is no other processor to do so. */
  static start(dir: string): ReadAhead | undefined {
    return availableParallelism() > 1 ? new ReadAhead(dir) : undefined;
  }

  constructor(dir: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#state = new Int32Array(new SharedArrayBuffer(8));
    const task: ReadingTask = { dir, port: port2, state: this.#state };
    // It has the same ending as this file, in the checkout and in the package.
    const url = new URL(`./reading-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(url, { workerData: task, transferList: [port2], env: SHARE_ENV, execArgv: [] });
    // What it doesn't read is read here.
    worker.on('error', () => {}).unref();
  }

  /** Lets the other thread begin. */
  begin(): void {
    this.#tell('begin');
  }

  /** Lists the files of the folder as {@link listFiles} does; `undefined` where the other thread has no list. */
  list({ enter, fail }: Walk): readonly string[] | undefined {
    while (this.#listed === undefined && this.#receive());
    if (this.#listed === undefined) return undefined;
    const { paths, entered, failed } = this.#listed;
    for (const path of entered) enter?.(path, '');
    for (const failure of failed) fail(...failure);
    this.#paths = paths === '' ? [] : paths.split('\0');
    return this.#paths;
  }

  /** The file at a path as the system described it before its text was read. Paths must be asked for in their order. */
  fileAt(path: string): ListedFile | undefined {
    const index = this.#indexOf(path, 'file');
    const { files } = this.#listed ?? {};
    if (index === undefined || files === undefined) return undefined;
    let at = index * fieldsOfFile;
    const mtimeMs = files[at++] ?? 0;
    const ctimeMs = files[at++] ?? 0;
    const size = files[at++] ?? 0;
    const ino = files[at++] ?? 0;
    const dev = files[at++] ?? 0;
    return mtimeMs === 0 ? undefined : { kind: 'file', mtimeMs, ctimeMs, size, ino, dev };
  }

  /** The text of the file at a path, where {@link isClean} holds for it; likewise. */
  textAt(path: string): AheadText | undefined {
    const index = this.#indexOf(path, 'text');
    if (index === undefined) return undefined;
    while (index >= this.#read && this.#receive());
    return this.#texts[index];
  }

  /** Lets go of what was not asked for. */
  close(): void {
    this.#isOver = true;
    this.#tell('end');
    this.#port.close();
    this.#paths = [];
    this.#texts.length = 0;
    this.#listed = undefined;
  }

  /** Finds a path behind the one before. */
  #indexOf(path: string, what: 'file' | 'text'): number | undefined {
    let index = this.#asked[what];
    while (index < this.#paths.length && (this.#paths[index] ?? '') < path) index++;
    this.#asked[what] = index;
    return this.#paths[index] === path ? index : undefined;
  }

  #tell(order: keyof typeof orders): void {
    Atomics.store(this.#state, 1, orders[order]);
    Atomics.notify(this.#state, 1);
  }

  /** Waits for a message and takes it in; tells whether there was one. */
  #receive(): boolean {
    if (this.#isOver) return false;
    if (Atomics.wait(this.#state, 0, this.#received, patience) === 'timed-out') this.#isOver = true;
    const message: AheadMessage | undefined = receiveMessageOnPort(this.#port)?.message;
    if (message === undefined) return false;
    this.#received += 1;
    if (message.kind === 'listed') this.#listed = message;
    else if (message.kind === 'read') {
      const bytes = Buffer.from(message.bytes);
      let start = 0;
      for (const [i, end] of message.ends.entries()) {
        // What is empty was passed over.
        if (end > start)
          this.#texts[this.#read] = {
            text: new KeptText(bytes, start, end),
            hasLabels: message.labelled[i] === 1,
          };
        start = end;
        this.#read += 1;
      }
    } else this.#isOver = true;
    return true;
  }
}
