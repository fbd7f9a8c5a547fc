import type { Ref } from '../publication/stored/stored.ts';

interface Entry {
  readonly object: unknown;
  readonly bytes: number;
}

/**
 * Bytes of JSON. In memory, objects take about twice as much, of the 128 MB that a worker has for them and for the
 * app's documents.
 */
const defaultLimit = 12 * 1024 * 1024;

/** Caches stored objects up to a number of bytes; the least recently used go first. */
export class ObjectCache {
  readonly #entries = new Map<Ref, Entry>();
  readonly #limit: number;
  #bytes = 0;

  /** `limit` is in bytes of JSON. */
  constructor(limit = defaultLimit) {
    this.#limit = limit;
  }

  get(ref: Ref): unknown {
    const entry = this.#entries.get(ref);
    if (entry === undefined) return undefined;
    // The least recently used go first.
    this.#entries.delete(ref);
    this.#entries.set(ref, entry);
    return entry.object;
  }

  set(ref: Ref, object: unknown, bytes: number): void {
    this.#drop(ref);
    if (bytes > this.#limit) return;
    this.#entries.set(ref, { object, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.#drop(oldest);
    }
  }

  #drop(ref: Ref): void {
    this.#bytes -= this.#entries.get(ref)?.bytes ?? 0;
    this.#entries.delete(ref);
  }
}
