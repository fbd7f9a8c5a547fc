/**
 * What last happened at a path: a file was written into, also after its creation; or something was created, deleted or
 * replaced.
 */
export type ChangeKind = 'written' | 'made' | 'moved';

/** Milliseconds without another change before a batch is ready. A created or deleted file may be one half of a swap. */
const debounce: Readonly<Record<ChangeKind, number>> = { written: 2, made: 10, moved: 10 };
/** The longest that a batch of few or many changes waits for a pause, in milliseconds. */
const longestWait = { few: 40, many: 200 };
/** More changes than this come from a program, such as a checkout. */
const many = 20;

/** Collects changes until they pause, because an editor saves in several steps. */
export class ChangeBatch {
  readonly #onReady: () => void;
  #changes = new Map<string, ChangeKind>();
  /** When the first of them happened. */
  #since: number | undefined;
  #readyAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  get isEmpty(): boolean {
    return this.#changes.size === 0;
  }

  add(path: string, kind: ChangeKind): void {
    const now = Date.now();
    const isWrittenNew = kind === 'written' && (this.#changes.get(path) ?? 'written') !== 'written';
    const last = isWrittenNew ? 'made' : kind;
    this.#changes.set(path, last);
    this.#since ??= now;
    this.#readyAt = Math.max(this.#readyAt, now + debounce[last]);
    const wait = this.#changes.size > many ? longestWait.many : longestWait.few;
    this.schedule(Math.max(0, Math.min(this.#readyAt, this.#since + wait) - now));
  }

  delete(path: string): void {
    this.#changes.delete(path);
  }

  /** Empties the batch and returns its changes. */
  take(): Map<string, ChangeKind> {
    const changes = this.#changes;
    this.#changes = new Map();
    this.#since = undefined;
    this.#readyAt = 0;
    return changes;
  }

  /** Makes the batch ready in so many milliseconds, even if it is empty. */
  schedule(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onReady, milliseconds);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
