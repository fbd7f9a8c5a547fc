import type { Instant } from '../article/article.ts';
import type { RenderedDocument } from '../feed/document.ts';
import type { Edition } from '../publication/publication.ts';

interface Kept {
  /** The newest edition of which it is known to be. */
  readonly edition: Edition;
  /** Of the page, as {@link Edition.version} gives it. */
  readonly version: string | undefined;
  readonly document: RenderedDocument | undefined;
  /** When it changes by itself, in milliseconds since 1970. */
  readonly until: number;
}

/** What an address answered with last, which outlives the bytes. */
interface Answered {
  readonly etag: string;
  readonly modified: Instant;
}

const standardLimit = 64 * 1024 * 1024;

const standardAnswers = 10_000;

/**
 * Keeps documents so that each is rendered once an edition, and again in the next only if its page is another.
 *
 * It also keeps Last-Modified true: when an address answers with other bytes than before, its date is not before the
 * moment at which that was seen (RFC 9110 §8.8.2), whatever dates the files have.
 */
export class DocumentCache {
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<Kept>>();
  readonly #answered = new Map<string, Answered>();
  readonly #byteLimit: number;
  readonly #answeredLimit: number;
  readonly #shares: boolean;
  #bytes = 0;
  #newest: Kept | undefined;

  /**
   * How many bytes of documents, and how many addresses' dates, are kept; those not asked for longest go first.
   * `shares` lets requests wait for a document that another one has begun to render.
   */
  constructor(byteLimit = standardLimit, answeredLimit = standardAnswers, shares = true) {
    this.#byteLimit = byteLimit;
    this.#answeredLimit = answeredLimit;
    this.#shares = shares;
  }

  /** Gives the document that `key` named last, be it of an earlier edition or one whose time is over. */
  last(key: string): RenderedDocument | undefined {
    return this.#kept.get(key)?.document;
  }

  /** Gives the document that `key` names in an edition if it is at hand at the moment `now`, in milliseconds since 1970. */
  peek(edition: Edition, key: string, now: number): RenderedDocument | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined || kept.edition !== edition || kept.until <= now) return undefined;
    if (kept !== this.#newest) {
      // To the end of the order in which documents go.
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      this.#newest = kept;
    }
    return kept.document;
  }

  /** Gives the document that `key` names in an edition at the moment `now`; `undefined` where there is none. */
  async get(
    edition: Edition,
    key: string,
    now: Instant,
    render: () => Promise<RenderedDocument | undefined>,
    versionOf?: () => Promise<string | undefined> | undefined,
  ): Promise<RenderedDocument | undefined> {
    const milliseconds = Date.parse(now);
    const kept = this.peek(edition, key, milliseconds);
    if (kept !== undefined) return kept;
    const asked = versionOf?.();
    const version = asked && (await asked);
    const before = this.#kept.get(key);
    if (version !== undefined && before?.version === version && before.until > milliseconds) {
      this.#kept.set(key, { ...before, edition });
      return before.document;
    }
    const known = this.#underWay.get(key);
    if (known !== undefined) {
      const { edition: made, document, until } = await known;
      if (made === edition && until > milliseconds) return document;
    }
    const rendering = render().then((document) => this.#keep({ edition, version }, key, now, document));
    if (!this.#shares) return (await rendering).document;
    this.#underWay.set(key, rendering);
    try {
      return (await rendering).document;
    } finally {
      if (this.#underWay.get(key) === rendering) this.#underWay.delete(key);
    }
  }

  #keep(
    of: Pick<Kept, 'edition' | 'version'>,
    key: string,
    now: Instant,
    rendered: RenderedDocument | undefined,
  ): Kept {
    const document = rendered === undefined ? undefined : this.#dated(key, now, rendered);
    const until = document?.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(document.until);
    const kept: Kept = { ...of, document, until };
    this.#drop(key);
    // What doesn't exist is not kept, or a visitor could fill the memory with invented addresses.
    if (document === undefined) return kept;
    this.#kept.set(key, kept);
    this.#newest = kept;
    this.#bytes += sizeOf(key, document);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#byteLimit || oldest === key) break;
      this.#drop(oldest);
    }
    return kept;
  }

  #drop(key: string): void {
    this.#bytes -= sizeOf(key, this.#kept.get(key)?.document);
    this.#kept.delete(key);
  }

  #dated(key: string, now: Instant, document: RenderedDocument): RenderedDocument {
    const before = this.#answered.get(key);
    let { etag, modified } = document;
    if (before?.etag === etag) modified = before.modified;
    else if (before !== undefined) {
      // Two changes within a second must not share a date.
      const next = new Date(Date.parse(before.modified) + 1000).toISOString().replace('.000', '');
      modified = [modified, next, now].toSorted()[2] ?? now;
    }
    this.#answered.delete(key);
    this.#answered.set(key, { etag, modified });
    if (this.#answered.size > this.#answeredLimit)
      this.#answered.delete(this.#answered.keys().next().value ?? key);
    return modified === document.modified ? document : { ...document, modified };
  }
}

/** Counts the key too: a visitor can choose it, and a long one for a small document. */
function sizeOf(key: string, document: RenderedDocument | undefined): number {
  return document === undefined ? 0 : document.bytes.byteLength + key.length;
}

/** Documents that are being made before somebody asks for them, by their paths. */
export class Preparations {
  readonly #underWay = new Map<string, { readonly edition: Edition; readonly done: Promise<void> }>();

  /** Takes down that the document at a path is being made for an edition. */
  begin(edition: Edition, path: string, made: Promise<unknown>): void {
    const end = (): void => {
      if (this.#underWay.get(path) === preparation) this.#underWay.delete(path);
    };
    // Whether it could be made is seen when it is looked for.
    const preparation = { edition, done: made.then(end, end) };
    this.#underWay.set(path, preparation);
  }

  /** Resolves when the document at a path has been made for an edition; `undefined` where it is not under way. */
  end(edition: Edition, path: string): Promise<void> | undefined {
    const underWay = this.#underWay.get(path);
    return underWay?.edition === edition ? underWay.done : undefined;
  }
}
