/** How long a file that goes on being written into must rest until it is told, and how long it waits for that, in milliseconds. */
const patience = { rest: 50, most: 1000 };
/** Writes into one file that are no further apart are one writer's, in milliseconds. */
const apart = 100;
/** One that is not done by then is a slow one: a save takes a few milliseconds, and a write or two. */
const slow = { milliseconds: 20, writes: 4 };

interface Writing {
  readonly start: number;
  last: number;
  writes: number;
  /** Since when something is not told. */
  since?: number | undefined;
  timer?: NodeJS.Timeout;
}

/** Puts off telling of files into which somebody goes on writing, as a copy over a slow line does, so that few of its parts are read. */
export class OngoingWrites {
  readonly #files = new Map<string, Writing>();
  readonly #tell: (path: string) => void;

  /** `tell` is called with the path of a file that is at rest. */
  constructor(tell: (path: string) => void) {
    this.#tell = tell;
  }

  /** Takes note of a write, and tells whether it is told later. */
  putsOff(path: string): boolean {
    const now = performance.now();
    const file = this.#files.get(path);
    if (file === undefined || now - file.last > apart) {
      this.drop(path);
      this.#files.set(path, { start: now, last: now, writes: 1 });
      return false;
    }
    file.last = now;
    file.writes += 1;
    if (file.writes < slow.writes || now - file.start < slow.milliseconds) return false;
    file.since ??= now;
    clearTimeout(file.timer);
    const wait = Math.min(patience.rest, file.since + patience.most - now);
    file.timer = setTimeout(() => this.#tellUnlessWritten(path, file), wait);
    return true;
  }

  /** Where this process had no time to hear of writes, they are heard of before it is told. */
  #tellUnlessWritten(path: string, file: Writing): void {
    const { writes } = file;
    setImmediate(() => {
      const isWaiting = file.writes !== writes && performance.now() - (file.since ?? 0) < patience.most;
      if (isWaiting || file.since === undefined) return;
      file.since = undefined;
      this.#tell(path);
    });
  }

  /** Forgets a file that is another now, or gone. */
  drop(path: string): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    clearTimeout(file.timer);
    file.since = undefined;
    this.#files.delete(path);
  }

  /** Forgets the files that nobody writes into any more. */
  forgetDone(): void {
    const now = performance.now();
    for (const [path, { last, since }] of this.#files)
      if (since === undefined && now - last > apart) this.#files.delete(path);
  }

  close(): void {
    for (const path of this.#files.keys()) this.drop(path);
  }
}
