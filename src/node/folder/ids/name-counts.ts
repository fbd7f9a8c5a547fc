import type { SeedArticle } from '../seeds/seed-article.ts';

/** Counts the articles that use an id or a slug, including those of their alternative address. */
export class NameCounts {
  readonly #ids = new Counts();
  readonly #slugs = new Counts();

  /** Whether no two articles share a name. */
  get areUnique(): boolean {
    return this.#ids.areUnique && this.#slugs.areUnique;
  }

  /** Adds an article. Returns whether another uses one of its names. */
  add(article: SeedArticle): boolean {
    return this.#each(article, (counts, name) => counts.add(name));
  }

  /** Removes an article. Returns whether another uses one of its names. */
  remove(article: SeedArticle): boolean {
    return this.#each(article, (counts, name) => counts.remove(name));
  }

  #each({ source: { head }, withLongSlug }: SeedArticle, count: (counts: Counts, name: string) => boolean): boolean {
    const other = withLongSlug?.head;
    const shared = [count(this.#ids, head.id), count(this.#slugs, head.slug)];
    if (other !== undefined && other.id !== head.id) shared.push(count(this.#ids, other.id));
    if (other !== undefined && other.slug !== head.slug) shared.push(count(this.#slugs, other.slug));
    return shared.includes(true);
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
