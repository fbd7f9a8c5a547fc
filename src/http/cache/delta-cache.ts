import type { RenderedDocument } from '../../feed/document.ts';

/** Renders the part of a document with the entries at these indices. */
type RenderPart = (entries: readonly number[]) => Promise<RenderedDocument | undefined>;

interface Deltas {
  /** By the indices of their entries; `undefined` while one is rendered. */
  readonly parts: Map<string, RenderedDocument | undefined>;
  /** The entries in all parts, and one for the head of each. */
  entries: number;
}

/**
 * Entries that all deltas of a document may have together: twice those of a usual page. A client chooses its base, so
 * without a bound every request could demand another rendering.
 */
export const deltaEntryLimit = 100;

/** Keeps the deltas of each document, each rendered once, as long as the document lives. */
export class DeltaCache {
  readonly #deltas = new WeakMap<RenderedDocument, Deltas>();

  /**
   * Returns the part of `document` with these entries. `undefined`, for the whole document, beyond the limit and while
   * another request renders the part: waiting for another request is impossible at the edge.
   */
  async get(
    document: RenderedDocument,
    entries: readonly number[],
    render: RenderPart,
  ): Promise<RenderedDocument | undefined> {
    const deltas = this.#deltas.get(document) ?? { parts: new Map(), entries: 0 };
    this.#deltas.set(document, deltas);
    const key = entries.join();
    const cost = entries.length + 1;
    if (deltas.parts.has(key) || deltas.entries + cost > deltaEntryLimit) return deltas.parts.get(key);
    deltas.entries += cost;
    deltas.parts.set(key, undefined);
    try {
      const part = await render(entries);
      deltas.parts.set(key, part);
      return part;
    } catch (error) {
      deltas.parts.delete(key);
      deltas.entries -= cost;
      throw error;
    }
  }
}
