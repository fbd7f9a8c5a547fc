/** Characters that are written at once, so that no request waits noticeably. */
const batch = 1_000_000;
/** Characters of texts that may wait until there is time to write them. */
const most = 8_000_000;

/** Texts that are published and wait to be written, by their hashes. */
export class WaitingTexts {
  readonly #texts = new Map<string, string>();
  #length = 0;

  get hasRoom(): boolean {
    return this.#length < most;
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  get(hash: string): string | undefined {
    return this.#texts.get(hash);
  }

  add(hash: string, text: string): void {
    if (!this.#texts.has(hash)) this.#length += text.length;
    this.#texts.set(hash, text);
  }

  /** Returns as many texts as are written at once. */
  first(): readonly (readonly [hash: string, text: string])[] {
    const texts: (readonly [string, string])[] = [];
    let length = 0;
    for (const one of this.#texts) {
      texts.push(one);
      length += one[1].length;
      if (length >= batch) break;
    }
    return texts;
  }

  /** Forgets texts that were written. */
  forget(texts: Iterable<readonly [hash: string, text: string]>): void {
    for (const [hash, { length }] of texts) if (this.#texts.delete(hash)) this.#length -= length;
  }
}

/** Returns the first entries of a map. */
export function first<K, V>(map: ReadonlyMap<K, V>, count: number): [K, V][] {
  const entries: [K, V][] = [];
  for (const entry of map) {
    if (entries.length === count) break;
    entries.push(entry);
  }
  return entries;
}

/** Removes entries that were not replaced meanwhile. */
export function forget<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  for (const [key, value] of entries) if (map.get(key) === value) map.delete(key);
}
