import type { ArticleHead } from '../../../article/article.ts';
import { decodePart } from '../../../publication/addresses/address.ts';
import { idBaseOf } from '../seeds/head-maker.ts';
import type { SeedArticle } from '../seeds/seed-article.ts';

/**
 * Counts the articles that use an id or a slug, including those of their alternative address. An id that follows from a
 * slug is not counted, to save memory: only an article with the same slug, or one that states the id, can share it.
 */
export class NameCounts {
  /** The beginning of ids that follow from slugs. */
  readonly idBase: string;
  readonly #ids = new Counts();
  readonly #slugs = new Counts();
  /** Whether an article may state the id that follows from another's slug. */
  #hasStated = false;
  /** Whether a stated id begins like those that follow from slugs. */
  #hasBased = false;

  constructor(articles: readonly SeedArticle[], idBase: string) {
    this.idBase = idBase;
    for (const article of articles) this.add(article);
  }

  /** Whether no two articles share a name; may be `false` although none do. */
  get areUnique(): boolean {
    return this.#ids.areUnique && this.#slugs.areUnique && !this.#hasStated;
  }

  /** Adds an article. Returns whether another uses, or may use, one of its names. */
  add(article: SeedArticle): boolean {
    const isStated = this.#isStated(article);
    if (isStated) this.#hasStated = true;
    return this.#count(article, 1) || isStated;
  }

  /** Removes an article. Returns whether another uses, or may use, one of its names. */
  remove(article: SeedArticle): boolean {
    return this.#count(article, -1) || this.#isStated(article);
  }

  /** Counts the names of an article. Returns whether another uses one of them. */
  #count({ source: { head }, withLongSlug }: SeedArticle, by: 1 | -1): boolean {
    let isShared = this.#slugs.count(head.slug, by);
    if (!this.#isMinted(head)) isShared = this.#ids.count(head.id, by) || isShared;
    const other = withLongSlug?.head;
    if (other === undefined) return isShared;
    if (other.slug !== head.slug) isShared = this.#slugs.count(other.slug, by) || isShared;
    if (other.id !== head.id && !this.#isMinted(other)) isShared = this.#ids.count(other.id, by) || isShared;
    return isShared;
  }

  /** Reports whether an article states an id that another may have from its slug, or the reverse. */
  #isStated({ source: { head }, withLongSlug }: SeedArticle): boolean {
    const other = withLongSlug?.head;
    return this.#mayShare(head, other) || (other !== undefined && this.#mayShare(other, head));
  }

  /** Reports whether another article may share the id of a head; `other` is the same article's other head. */
  #mayShare(head: ArticleHead, other: ArticleHead | undefined): boolean {
    if (this.#isMinted(head)) return this.#hasBased && this.#ids.has(head.id);
    if (!head.id.startsWith(this.idBase)) return false;
    this.#hasBased = true;
    const slug = decodePart(head.id.slice(this.idBase.length));
    return slug !== undefined && this.#slugs.has(slug) && head.slug !== slug && other?.slug !== slug;
  }

  /** Reports whether the id of an article follows from its slug and this base, not that of earlier settings. */
  #isMinted(head: ArticleHead): boolean {
    return idBaseOf(head) === this.idBase;
  }
}

/** Reports whether no two articles share a name, apart from their alternative ones. */
export function haveOwnNames(articles: readonly SeedArticle[]): boolean {
  const heads = articles.map(({ source }) => source.head);
  return (
    new Set(heads.map(({ slug }) => slug)).size === heads.length &&
    new Set(heads.map(({ id }) => id)).size === heads.length
  );
}

/** How often each name is used. Nearly all are used once, and a set takes the least memory for these. */
class Counts {
  readonly #used = new Set<string>();
  /** Uses of a name after the first. */
  readonly #more = new Map<string, number>();

  get areUnique(): boolean {
    return this.#more.size === 0;
  }

  has(name: string): boolean {
    return this.#used.has(name);
  }

  /** Counts one more or one less use of a name. Returns whether there is another. */
  count(name: string, by: 1 | -1): boolean {
    return by === 1 ? this.#add(name) : this.#remove(name);
  }

  #add(name: string): boolean {
    const { size } = this.#used;
    if (this.#used.add(name).size > size) return false;
    this.#more.set(name, (this.#more.get(name) ?? 0) + 1);
    return true;
  }

  #remove(name: string): boolean {
    const more = this.#more.get(name) ?? 0;
    if (more > 1) this.#more.set(name, more - 1);
    else if (more === 1) this.#more.delete(name);
    else this.#used.delete(name);
    return more > 0;
  }
}
