import type { ArticleHead, Instant } from '../../../article/article.ts';
import type { Author } from '../../../article/author.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { parseOptions } from '../../../publication/addresses/parse-options.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { RecordedHead } from './seed-record.ts';

/** Makes heads of records for a site. Equal lists are one object, because ten thousand articles share few of them. */
export class HeadMaker {
  readonly #address: Address;
  readonly #known = new Map<string, unknown>();

  constructor(site: Site) {
    const { articleUrl, mintId } = parseOptions(site);
    this.#address = { articleUrl, mintId, idBase: site.id };
  }

  make(recorded: RecordedHead, slug = recorded.slug): ArticleHead {
    const { mintedOf, plainId, aliases, title, published, updated = published, edited, expires } = recorded;
    const { corrections, withdrawal, section, language, translationKey, extent } = recorded;
    const { hasRecording, hasChapters } = recorded;
    const id = recorded.id ?? (mintedOf === undefined ? undefined : this.#address.mintId(mintedOf));
    const permalink = recorded.permalink === true ? id : recorded.permalink;
    const [authors, tags] = [this.#one(recorded.authors) ?? none, this.#one(recorded.tags) ?? none];
    const head = new SeedHead(this.#address, id, permalink, slug, title, published, updated, authors, tags);
    const labels = section ?? language ?? translationKey;
    const rare = plainId ?? aliases ?? expires ?? corrections ?? withdrawal ?? labels ?? extent ?? hasRecording;
    // Most articles have no more. Only corrections come with `edited`, and only recordings with `hasChapters`.
    if (rare === undefined) return head;
    const shared = { section: this.#one(section), language: this.#one(language) };
    const dates = { edited, expires, corrections, withdrawal };
    const others = { plainId, aliases, translationKey, extent, hasRecording, hasChapters };
    return Object.assign(head, omitUndefined({ ...dates, ...shared, ...others }));
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

/** What ids and permalinks are made of. */
interface Address {
  readonly articleUrl: (slug: string) => string;
  readonly mintId: (slug: string) => string;
  readonly idBase: string;
}

/** A head that saves memory: an id and a permalink that follow from the slug are made when they are needed. */
class SeedHead implements ArticleHead {
  readonly #address: Address;
  readonly #id: string | undefined;
  readonly #permalink: string | undefined;
  readonly slug: string;
  readonly title: string;
  readonly published: Instant;
  readonly updated: Instant;
  readonly authors: readonly Author[];
  readonly tags: readonly string[];

  constructor(
    address: Address,
    id: string | undefined,
    permalink: string | undefined,
    slug: string,
    title: string,
    published: Instant,
    updated: Instant,
    authors: readonly Author[],
    tags: readonly string[],
  ) {
    this.#address = address;
    this.#id = id;
    this.#permalink = permalink;
    this.slug = slug;
    this.title = title;
    this.published = published;
    this.updated = updated;
    this.authors = authors;
    this.tags = tags;
  }

  get id(): string {
    return this.#id ?? this.#address.mintId(this.slug);
  }

  get permalink(): string {
    return this.#permalink ?? this.#address.articleUrl(this.slug);
  }

  toJSON(): ArticleHead {
    return wholeHead(this);
  }

  static idBaseOf(head: ArticleHead): string | undefined {
    return #id in head && head.#id === undefined ? head.#address.idBase : undefined;
  }
}

/** Copies a head. A spread alone would lose the id and the permalink. */
export function wholeHead(head: ArticleHead): ArticleHead {
  const { id, permalink } = head;
  return { ...head, id, permalink };
}

/** Returns what the id of a head begins with if the id is made of that and the slug; else `undefined`. */
export const idBaseOf: (head: ArticleHead) => string | undefined = SeedHead.idBaseOf;
