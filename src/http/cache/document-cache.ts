import type { Instant } from '../../article/article.ts';
import type { RenderedDocument } from '../../feed/document.ts';
import type { Edition } from '../../publication/publication.ts';
import { type Evictable, MemoryBudget } from './memory-budget.ts';

interface Entry {
  /** The newest edition that is known to have it. */
  readonly edition: Edition;
  /** The page's {@link Edition.version}. */
  readonly version: string | undefined;
  readonly document: RenderedDocument | undefined;
  /** When it expires, in milliseconds since 1970. */
  readonly until: number;
}

/** The validators of an address's last answer, which are kept longer than its bytes. */
export interface LastAnswer {
  readonly etag: string;
  readonly modified: Instant;
}

/** Keeps the validators of last answers for later processes. */
export interface LastAnswers {
  find(path: string): LastAnswer | undefined;
  keep(path: string, answer: LastAnswer): void;
}

const defaultByteLimit = 16 * 1024 * 1024;
const defaultAnswerLimit = 10_000;

/**
 * Caches documents, so that each is rendered once per edition, and not again in the next one if its page is the same.
 *
 * Also keeps Last-Modified correct: when an address gets new bytes, its date is not before the moment at which the
 * change was noticed (RFC 9110 §8.8.2), whatever dates the files have.
 */
export class DocumentCache implements Evictable {
  readonly #entries = new Map<string, Entry>();
  readonly #rendering = new Map<string, Promise<Entry>>();
  readonly #lastAnswers = new Map<string, LastAnswer>();
  readonly #budget: MemoryBudget;
  readonly #answerLimit: number;
  readonly #shares: boolean;
  readonly #known: LastAnswers | undefined;
  #newest: Entry | undefined;

  /**
   * Limits the bytes of documents, alone or together with other caches, and the number of addresses with a date; the
   * least recently used go first. `shares` lets requests wait for a document that another request is rendering. `known`
   * has the answers of earlier processes.
   */
  constructor(
    budget: number | MemoryBudget = defaultByteLimit,
    answerLimit = defaultAnswerLimit,
    shares = true,
    known?: LastAnswers | undefined,
  ) {
    this.#budget = typeof budget === 'number' ? new MemoryBudget(budget) : budget;
    this.#answerLimit = answerLimit;
    this.#shares = shares;
    this.#known = known;
  }

  /** Returns the last document under a key, even one that expired or is of an earlier edition. */
  last(key: string): RenderedDocument | undefined {
    return this.#entries.get(key)?.document;
  }

  /**
   * Returns the document under a key if it is cached, of this edition, and valid at `now`, in milliseconds since 1970.
   */
  peek(edition: Edition, key: string, now: number): RenderedDocument | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.edition !== edition || entry.until <= now) return undefined;
    if (entry !== this.#newest) {
      // The least recently used go first.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      this.#newest = entry;
    }
    return entry.document;
  }

  /**
   * Returns the document under a key, from the cache or by `render`, which returns `undefined` if there is none.
   * `versionOf` returns the version of its page, by which a document of an earlier edition stays valid.
   */
  async get(
    edition: Edition,
    key: string,
    now: Instant,
    render: () => Promise<RenderedDocument | undefined>,
    versionOf?: () => Promise<string | undefined> | undefined,
  ): Promise<RenderedDocument | undefined> {
    const milliseconds = Date.parse(now);
    const cached = this.peek(edition, key, milliseconds);
    if (cached !== undefined) return cached;
    const asked = versionOf?.();
    const version = asked && (await asked);
    const before = this.#entries.get(key);
    if (version !== undefined && before?.version === version && before.until > milliseconds) {
      this.#entries.set(key, { ...before, edition });
      return before.document;
    }
    const known = this.#rendering.get(key);
    if (known !== undefined) {
      const { edition: made, document, until } = await known;
      if (made === edition && until > milliseconds) return document;
    }
    const rendering = render().then((document) => this.#store({ edition, version }, key, now, document));
    if (!this.#shares) return (await rendering).document;
    this.#rendering.set(key, rendering);
    try {
      return (await rendering).document;
    } finally {
      if (this.#rendering.get(key) === rendering) this.#rendering.delete(key);
    }
  }

  #store(
    of: Pick<Entry, 'edition' | 'version'>,
    key: string,
    now: Instant,
    rendered: RenderedDocument | undefined,
  ): Entry {
    const document = rendered === undefined ? undefined : this.#withDate(key, now, rendered);
    const until = document?.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(document.until);
    const entry: Entry = { ...of, document, until };
    this.#drop(key);
    // Not cached, or a visitor could fill the memory with invented addresses.
    if (document === undefined) return entry;
    this.#entries.set(key, entry);
    this.#newest = entry;
    this.#budget.take(this, sizeOf(key, document));
    return entry;
  }

  evict(keepsLast: boolean): boolean {
    const [oldest, another] = this.#entries.keys();
    if (oldest === undefined || (keepsLast && another === undefined)) return false;
    this.#drop(oldest);
    return true;
  }

  #drop(key: string): void {
    this.#budget.release(sizeOf(key, this.#entries.get(key)?.document));
    this.#entries.delete(key);
  }

  #withDate(key: string, now: Instant, document: RenderedDocument): RenderedDocument {
    const before = this.#lastAnswers.get(key) ?? this.#known?.find(key);
    let { etag, modified } = document;
    if (before?.etag === etag) modified = before.modified;
    else if (before !== undefined) {
      // Two changes within the same second need different dates.
      const next = new Date(Date.parse(before.modified) + 1000).toISOString().replace('.000', '');
      modified = [modified, next, now].toSorted()[2] ?? now;
    }
    this.#lastAnswers.delete(key);
    this.#lastAnswers.set(key, { etag, modified });
    // Visitors choose combinations, so these are not kept for later processes.
    if ((before?.etag !== etag || before.modified !== modified) && !key.includes('?'))
      this.#known?.keep(key, { etag, modified });
    if (this.#lastAnswers.size > this.#answerLimit)
      this.#lastAnswers.delete(this.#lastAnswers.keys().next().value ?? key);
    return modified === document.modified ? document : { ...document, modified };
  }
}

/** Counts the key too, since a visitor can request a small document by a long one. */
function sizeOf(key: string, document: RenderedDocument | undefined): number {
  return document === undefined ? 0 : document.bytes.byteLength + key.length;
}
