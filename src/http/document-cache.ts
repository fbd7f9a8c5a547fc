import type { Instant } from '../article/article.ts';
import type { RenderedDocument } from '../feed/document.ts';
import type { Edition } from '../publication/publication.ts';

interface Kept {
  readonly edition: Edition;
  readonly document: RenderedDocument | undefined;
}

/** What an address answered with last, which outlives the bytes. */
interface Answered {
  readonly etag: string;
  readonly modified: Instant;
}

/** How many bytes of documents are kept; the ones not asked for longest go first. */
const byteLimit = 64 * 1024 * 1024;
const answeredLimit = 10_000;

/**
 * Keeps documents so that each is rendered once an edition.
 *
 * It also keeps Last-Modified true: when an address answers with other bytes than before, and nothing in them has a
 * later date, the moment at which that was seen is the date (RFC 9110 §8.8.2).
 */
export class DocumentCache {
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<Kept>>();
  readonly #answered = new Map<string, Answered>();
  #bytes = 0;

  /** Gives the document that `key` names in an edition at the moment `now`; `undefined` where there is none. */
  async get(
    edition: Edition,
    key: string,
    now: Instant,
    render: () => Promise<RenderedDocument | undefined>,
  ): Promise<RenderedDocument | undefined> {
    const kept = this.#kept.get(key);
    if (kept?.edition === edition && isFresh(kept.document, now)) {
      // To the end of the order in which documents go.
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept.document;
    }
    const known = this.#underWay.get(key);
    if (known !== undefined) {
      const { edition: made, document } = await known;
      if (made === edition && isFresh(document, now)) return document;
    }
    const rendering = render().then((document) => this.#keep(edition, key, now, document));
    this.#underWay.set(key, rendering);
    try {
      return (await rendering).document;
    } finally {
      if (this.#underWay.get(key) === rendering) this.#underWay.delete(key);
    }
  }

  #keep(edition: Edition, key: string, now: Instant, rendered: RenderedDocument | undefined): Kept {
    const document = rendered === undefined ? undefined : this.#dated(key, now, rendered);
    const kept: Kept = { edition, document };
    this.#drop(key);
    // What doesn't exist is not kept, or a visitor could fill the memory with invented addresses.
    if (document === undefined) return kept;
    this.#kept.set(key, kept);
    this.#bytes += document.bytes.byteLength;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= byteLimit || oldest === key) break;
      this.#drop(oldest);
    }
    return kept;
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.document?.bytes.byteLength ?? 0;
    this.#kept.delete(key);
  }

  #dated(key: string, now: Instant, document: RenderedDocument): RenderedDocument {
    const before = this.#answered.get(key);
    let { etag, modified } = document;
    if (before?.etag === etag) modified = before.modified;
    else if (before !== undefined && modified <= before.modified) {
      // Two changes within a second must not share a date.
      const next = new Date(Date.parse(before.modified) + 1000).toISOString().replace('.000', '');
      modified = now > next ? now : next;
    }
    this.#answered.delete(key);
    this.#answered.set(key, { etag, modified });
    if (this.#answered.size > answeredLimit) this.#answered.delete(this.#answered.keys().next().value ?? key);
    return modified === document.modified ? document : { ...document, modified };
  }
}

function isFresh(document: RenderedDocument | undefined, now: Instant): boolean {
  return document?.until === undefined || now < document.until;
}
