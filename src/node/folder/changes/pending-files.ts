import { type FileStateChange, inodeOf, isRecent } from '../../disk/file-state.ts';
import type { NextCheck } from '../../disk/retries.ts';
import type { ChangedPaths } from '../../disk/watch-folder.ts';

/** How long a text must stay unchanged before it is published. Without a text nothing waits. */
export interface Debounce {
  readonly milliseconds: number;
  readonly text?: string;
}

/** A file whose new text is not published yet. */
interface PendingFile {
  readonly text: string;
  /** When the text is published, unless it changes. */
  readonly until: number;
  /** When the file became pending, or last grew. */
  readonly since: number;
  /** What happened to the file since its last published version. */
  readonly change: FileStateChange;
}

/** Milliseconds that a growing text must stay unchanged, and the longest wait for a text that keeps changing. */
const debounce = { growing: 300, longest: 3000 };

/**
 * Holds back half-written files; the last published version stays. A file that replaced another was complete and is
 * never held back.
 */
export class PendingFiles {
  readonly #files = new Map<string, PendingFile>();
  /** Files whose wait is over in this reading. */
  #due: ReadonlyMap<string, PendingFile> = new Map();
  #found: ReadonlyMap<string, FileStateChange> = new Map();
  #named: ChangedPaths;
  /** When the changes were found, which is what counts however long reading the files takes. */
  #now = 0;

  /** The pending files that are published next, if they do not change. */
  get next(): NextCheck | undefined {
    if (this.#files.size === 0) return undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const { until } of this.#files.values()) at = Math.min(at, until);
    const paths = [...this.#files].filter(([, { until }]) => until <= at).map(([path]) => path);
    return { paths, wait: Math.max(0, at - performance.now()) };
  }

  /** Starts a reading: adds the pending files whose wait is over to the changes found at the `named` paths. */
  collect(found: readonly FileStateChange[], named: ChangedPaths): readonly FileStateChange[] {
    this.#named = named;
    this.#found = new Map(found.map((change) => [change.path, change]));
    this.#now = performance.now();
    this.#due = new Map(
      [...this.#files].filter(([path, { until }]) => {
        const change = this.#found.get(path);
        return change === undefined ? until <= this.#now : change.after === undefined;
      }),
    );
    if (this.#files.size === 0) return found;
    const unchanged = [...this.#due].filter(([path]) => !this.#found.has(path));
    const changes = found
      .map((change) => this.#sincePublished(change))
      .concat(unchanged.map(([, { change }]) => change));
    // A file that no longer holds an article is not asked about again.
    for (const path of this.#due.keys()) this.#files.delete(path);
    return changes;
  }

  /** Drops the changes of a reading when it is done. */
  finish(): void {
    this.#found = new Map();
    this.#due = new Map();
  }

  /** Reports whether a file is held back, given how long its text must stay unchanged. */
  holds(path: string, debounceOf: () => Debounce): boolean {
    const before = this.#pending(path);
    const { milliseconds, text }: Debounce = this.#isWrittenInPlace(path) ? debounceOf() : { milliseconds: 0 };
    const found = this.#found.get(path);
    const change = found === undefined ? before?.change : this.#sincePublished(found);
    if (text !== undefined && change !== undefined) {
      const time = before?.text === text ? before : this.#timeFor(text, milliseconds, before);
      if (time.until > this.#now) {
        this.#files.set(path, { text, since: time.since, until: time.until, change });
        return true;
      }
    }
    this.#files.delete(path);
    return false;
  }

  /** A file that only grows is still being written. */
  #timeFor(text: string, milliseconds: number, before: PendingFile | undefined) {
    if (before !== undefined && text.startsWith(before.text))
      return { since: this.#now, until: this.#now + Math.max(milliseconds, debounce.growing) };
    const since = before?.since ?? this.#now;
    return { since, until: Math.min(this.#now + milliseconds, since + debounce.longest) };
  }

  /** Returns the changes that are published now, without files that came and went in the meantime. */
  published(changes: readonly FileStateChange[]): readonly FileStateChange[] {
    return changes.filter(
      ({ path, before, after }) => !this.#files.has(path) && (before !== undefined || after !== undefined),
    );
  }

  #pending(path: string): PendingFile | undefined {
    return this.#files.get(path) ?? this.#due.get(path);
  }

  #sincePublished(change: FileStateChange): FileStateChange {
    const earlier = this.#pending(change.path)?.change;
    return earlier === undefined ? change : { ...change, before: earlier.before };
  }

  #isWrittenInPlace(path: string): boolean {
    const kind = this.#named?.get(path);
    if (kind !== undefined) return kind !== 'moved';
    const { before, after } = this.#found.get(path) ?? {};
    // The file itself did not change: it is pending, or read again because a file that it shows changed.
    if (after === undefined) return this.#pending(path) !== undefined;
    return before === undefined ? isRecent(after, Date.now()) : inodeOf(before) === inodeOf(after);
  }
}
