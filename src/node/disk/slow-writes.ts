/** Milliseconds without a write before a slowly written file is reported, and the longest delay of a report. */
const debounce = { pause: 50, most: 1000 };
/** Writes at most this many milliseconds apart belong to one writer. */
const sameWriter = 100;
/**
 * A writer is slow after this many milliseconds and writes. A normal save takes a few milliseconds and a write or two.
 */
const slow = { milliseconds: 20, writes: 4 };

interface Writing {
  readonly start: number;
  last: number;
  writes: number;
  /** When the first unreported write happened. */
  delayedSince?: number | undefined;
  timer?: NodeJS.Timeout;
}

/**
 * Delays reports of files that are being written slowly, such as a copy over a slow line, so that few parts are read.
 */
export class SlowWrites {
  readonly #files = new Map<string, Writing>();
  readonly #report: (path: string) => void;

  /** Calls `report` with the path of a delayed file once writing pauses. */
  constructor(report: (path: string) => void) {
    this.#report = report;
  }

  /** Records a write and returns whether its report is delayed. */
  delay(path: string): boolean {
    const now = performance.now();
    const file = this.#files.get(path);
    if (file === undefined || now - file.last > sameWriter) {
      this.forget(path);
      this.#files.set(path, { start: now, last: now, writes: 1 });
      return false;
    }
    file.last = now;
    file.writes += 1;
    if (file.writes < slow.writes || now - file.start < slow.milliseconds) return false;
    file.delayedSince ??= now;
    clearTimeout(file.timer);
    const wait = Math.min(debounce.pause, file.delayedSince + debounce.most - now);
    file.timer = setTimeout(() => this.#reportUnlessWritten(path, file), wait);
    return true;
  }

  /** A busy process receives write events late, so it lets queued events arrive first. */
  #reportUnlessWritten(path: string, file: Writing): void {
    const { writes } = file;
    setImmediate(() => {
      if (file.delayedSince === undefined) return;
      if (file.writes !== writes && performance.now() - file.delayedSince < debounce.most) return;
      file.delayedSince = undefined;
      this.#report(path);
    });
  }

  /** Forgets a file that was deleted or replaced. */
  forget(path: string): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    clearTimeout(file.timer);
    file.delayedSince = undefined;
    this.#files.delete(path);
  }

  /** Forgets the files that are no longer being written. */
  forgetFinished(): void {
    const now = performance.now();
    for (const [path, { last, delayedSince }] of this.#files)
      if (delayedSince === undefined && now - last > sameWriter) this.#files.delete(path);
  }

  close(): void {
    for (const path of this.#files.keys()) this.forget(path);
  }
}
