import type { ArticleHead } from '../../../article/article.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { parseOptions } from '../../../publication/addresses/parse-options.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { RecordedHead } from './seed-record.ts';

/**
 * Makes heads of records for a site. To save memory, equal lists are one object, because ten thousand articles have few
 * different tags. An id and a permalink that follow from the slug are made when they are needed.
 */
export class HeadMaker {
  readonly #options: ReturnType<typeof parseOptions>;
  /** The prototype of heads without an id or a permalink of their own. */
  readonly #derived: object;
  readonly #known = new Map<string, unknown>();

  constructor(site: Site) {
    this.#options = parseOptions(site);
    this.#derived = derivedFrom(this.#options);
  }

  make(recorded: RecordedHead, slug = recorded.slug): ArticleHead {
    const { mintedOf, plainId, permalink, aliases, title, published, updated = published, edited, expires } = recorded;
    const { corrections, withdrawal, section, language, translationKey, extent } = recorded;
    const { hasRecording, hasChapters } = recorded;
    const id = recorded.id ?? (mintedOf === undefined ? undefined : this.#options.mintId(mintedOf));
    const [authors, tags] = [this.#one(recorded.authors) ?? none, this.#one(recorded.tags) ?? none];
    const labels = section ?? language ?? translationKey;
    const rare = plainId ?? aliases ?? expires ?? corrections ?? withdrawal ?? labels ?? extent ?? hasRecording;
    // Most articles have no more, and an object literal takes half the memory. Only corrections come with `edited`, and
    // only recordings with `hasChapters`.
    if (rare === undefined && permalink === undefined) {
      const head =
        id === undefined
          ? { slug, title, published, updated, authors, tags }
          : { id, slug, title, published, updated, authors, tags };
      return Object.setPrototypeOf(head, this.#derived);
    }
    const shared = { section: this.#one(section), language: this.#one(language) };
    const dates = { published, updated, edited, expires, corrections, withdrawal };
    const names = { id, plainId, slug, permalink, aliases, title };
    const flags = { translationKey, extent, hasRecording, hasChapters };
    const head = omitUndefined({ ...names, ...dates, authors, tags, ...shared, ...flags });
    return Object.setPrototypeOf(head, this.#derived);
  }

  /** Returns the first value that was equal to this one. */
  #one<T>(value: T | undefined): T | undefined {
    if (value === undefined) return undefined;
    const key = JSON.stringify(value);
    const known = this.#known.get(key);
    if (known !== undefined) return known as T;
    this.#known.set(key, value);
    return value;
  }
}

const none: readonly never[] = [];

function derivedFrom({ articleUrl, mintId }: ReturnType<typeof parseOptions>): object {
  return {
    get id() {
      return mintId((this as unknown as ArticleHead).slug);
    },
    get permalink() {
      return articleUrl((this as unknown as ArticleHead).slug);
    },
    toJSON() {
      return wholeHead(this as unknown as ArticleHead);
    },
  };
}

/** Copies a head. A spread alone would lose an id and a permalink that are made when they are needed. */
export function wholeHead(head: ArticleHead): ArticleHead {
  const { id, permalink } = head;
  return { ...head, id, permalink };
}

/** Reports whether the id of a head does not follow from its slug. */
export function hasOwnId(head: ArticleHead): boolean {
  return Object.hasOwn(head, 'id');
}
