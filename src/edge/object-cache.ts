import type { Ref } from '../publication/stored.ts';

interface Held {
  readonly object: unknown;
  readonly bytes: number;
}

/**
 * Of a worker's 128 MB. Objects in memory take about twice as much as their JSON, which is what is counted; the app's
 * documents take their own part.
 */
const standardLimit = 12 * 1024 * 1024;

/** Keeps stored objects within a fixed number of bytes; those not asked for longest go first. */
export class ObjectCache {
  readonly #held = new Map<Ref, Held>();
  readonly #limit: number;
  #bytes = 0;

  /** `limit` is in bytes of JSON. */
  constructor(limit = standardLimit) {
    this.#limit = limit;
  }

  get(ref: Ref): unknown {
    const held = this.#held.get(ref);
    if (held === undefined) return undefined;
    // To the end of the order in which objects go.
    this.#held.delete(ref);
    this.#held.set(ref, held);
    return held.object;
  }

  keep(ref: Ref, object: unknown, bytes: number): void {
    this.#drop(ref);
    if (bytes > this.#limit) return;
    this.#held.set(ref, { object, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.#drop(oldest);
    }
  }

  #drop(ref: Ref): void {
    this.#bytes -= this.#held.get(ref)?.bytes ?? 0;
    this.#held.delete(ref);
  }
}
