import type { ArticleHead } from '../../../article/article.ts';
import { decodePart } from '../../../publication/addresses/address.ts';
import { hasOwnId } from '../seeds/head-maker.ts';
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
    return this.#each(article, (counts, name) => counts.add(name)) || isStated;
  }

  /** Removes an article. Returns whether another uses, or may use, one of its names. */
  remove(article: SeedArticle): boolean {
    return this.#each(article, (counts, name) => counts.remove(name)) || this.#isStated(article);
  }

  #each({ source: { head }, withLongSlug }: SeedArticle, count: (counts: Counts, name: string) => boolean): boolean {
    const other = withLongSlug?.head;
    const shared = [count(this.#slugs, head.slug)];
    if (!this.#isMinted(head)) shared.push(count(this.#ids, head.id));
    if (other !== undefined && other.slug !== head.slug) shared.push(count(this.#slugs, other.slug));
    if (other !== undefined && other.id !== head.id && !this.#isMinted(other)) shared.push(count(this.#ids, other.id));
    return shared.includes(true);
  }

  /** Reports whether an article states an id that another may have from its slug, or the reverse. */
  #isStated({ source, withLongSlug }: SeedArticle): boolean {
    const heads = withLongSlug === undefined ? [source.head] : [source.head, withLongSlug.head];
    return heads.some((head) => {
      if (this.#isMinted(head)) return this.#ids.has(head.id);
      const slug = head.id.startsWith(this.idBase) ? decodePart(head.id.slice(this.idBase.length)) : undefined;
      return slug !== undefined && this.#slugs.has(slug) && heads.every((one) => one.slug !== slug);
    });
  }

  /** Reports whether the id of an article follows from its slug and this base, not that of earlier settings. */
  #isMinted(head: ArticleHead): boolean {
    return !hasOwnId(head) && head.id.startsWith(this.idBase);
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

  add(name: string): boolean {
    const { size } = this.#used;
    if (this.#used.add(name).size > size) return false;
    this.#more.set(name, (this.#more.get(name) ?? 0) + 1);
    return true;
  }

  remove(name: string): boolean {
    const more = this.#more.get(name) ?? 0;
    if (more > 1) this.#more.set(name, more - 1);
    else if (more === 1) this.#more.delete(name);
    else this.#used.delete(name);
    return more > 0;
  }
}
