/** Paths to look at again. */
export interface NextCheck {
  readonly paths: readonly string[];
  /** Milliseconds until the paths are due. */
  readonly wait: number;
}

/** Milliseconds until the first attempt, and the longest wait between two. */
const wait = { first: 250, longest: 30_000 };

/**
 * Paths that could not be read, for example because too many files were open. Nothing reports that they can be read
 * again, so they are tried again, less and less often.
 */
export class Retries {
  readonly #waits = new Map<string, { readonly wait: number; readonly at: number }>();

  fail(path: string): void {
    const last = this.#waits.get(path)?.wait;
    const next = last === undefined ? wait.first : Math.min(2 * last, wait.longest);
    this.#waits.set(path, { wait: next, at: performance.now() + next });
  }

  succeed(path: string): void {
    this.#waits.delete(path);
  }

  has(path: string): boolean {
    return this.#waits.has(path);
  }

  /** The paths that are tried next. */
  get next(): NextCheck | undefined {
    if (this.#waits.size === 0) return undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const one of this.#waits.values()) at = Math.min(at, one.at);
    const now = performance.now();
    const paths = [...this.#waits].filter(([, one]) => one.at <= Math.max(at, now)).map(([path]) => path);
    return { paths, wait: Math.max(0, at - now) };
  }
}
