import type { SeedFolder } from '../folder/seed-folder.ts';

/**
 * Milliseconds from a change until the state is written, and between two parts of it, in which requests are answered.
 */
const pauses = { change: 1000, part: 5 };

/** How many parts are still written when the server is closed. */
const lastParts = 10;

/** Writes the state of a served folder in parts, so that no request waits noticeably. */
export class StateSaver {
  readonly #seeds: SeedFolder;
  readonly #collect: () => void;
  readonly #onError: (error: Error) => void;
  #timer: NodeJS.Timeout | undefined;

  /** `collect` passes to `seeds` what else is to be written. It is called before the first part is. */
  constructor(seeds: SeedFolder, collect: () => void, onError: (error: Error) => void) {
    this.#seeds = seeds;
    this.#collect = collect;
    this.#onError = onError;
  }

  /** Writes the state soon, unless that is under way. */
  schedule(): void {
    this.#timer ??= setTimeout(() => this.save(), pauses.change).unref();
  }

  save(): void {
    this.#collect();
    this.#savePart();
  }

  #savePart(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      if (this.#seeds.save()) this.#timer = setTimeout(() => this.#savePart(), pauses.part).unref();
    } catch (error) {
      this.#onError(error as Error);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#collect();
    // Whoever ends a process does not want to wait; the next start reads the rest from the files.
    for (let part = 0; part < lastParts && this.#seeds.save(); part++);
    this.#seeds.close();
  }
}
