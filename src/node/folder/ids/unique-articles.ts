import { type Problem, quote } from '../../../article/problem.ts';
import { articlePath } from '../../../publication/addresses/address.ts';
import type { PublishedName, PublishedNames } from '../../../publication/ledger.ts';
import type { Site } from '../../../publication/site/site.ts';
import { changedArticle, type SeedArticle, type SeedStates } from '../seeds/seed-article.ts';
import { knownArticles } from './known-articles.ts';
import { haveOwnNames, NameCounts } from './name-counts.ts';
import { foreignness, tiedNames } from './tied-names.ts';

/** Longest slug in bytes. A static host stores its page as a file, whose name may have 255 bytes. */
const slugLimit = 240;

/**
 * The articles of a folder with unique ids and slugs, by the rules of {@link uniqueArticles}. A change compares all
 * articles again only if an id or slug of a changed article is, or was, shared.
 */
export class UniqueArticles {
  /** What is published of files whose article is not published as it is; nearly always empty. */
  #others = new Map<string, SeedArticle | undefined>();
  #problems: readonly Problem[] = [];
  #names = new NameCounts([], '');
  /** The names of files that had no article at first. */
  #reserved: readonly PublishedName[] = [];
  readonly #prefix: string;
  readonly #states: SeedStates;
  readonly #publishedNames: PublishedNames | undefined;

  /** `states` are those of all files, by path, and stay up to date; the names of files begin with `prefix`. */
  constructor(prefix: string, states: SeedStates, names?: PublishedNames) {
    this.#prefix = prefix;
    this.#states = states;
    this.#publishedNames = names;
  }

  /** Returns what the file of an article publishes, if anything. */
  published(article: SeedArticle): SeedArticle | undefined {
    return this.#others.size > 0 && this.#others.has(article.file) ? this.#others.get(article.file) : article;
  }

  #publishedAt(file: string): SeedArticle | undefined {
    const article = this.#articleOf(file);
    return article && this.published(article);
  }

  #all(): readonly SeedArticle[] {
    return [...this.#states.articles()];
  }

  #articleOf(file: string): SeedArticle | undefined {
    return this.#states.get(file.slice(this.#prefix.length))?.article;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Compares all articles, and returns `true`, as {@link apply} does then. `others` are files without an article. */
  reset(others: ReadonlySet<string>, { id, language }: Pick<Site, 'id' | 'language'>): true {
    const articles = this.#all();
    this.#names = new NameCounts(articles, id);
    const names = this.#publishedNames;
    const isUnique = others.size === 0 && this.#areUnique();
    const found = names && knownArticles(articles, this.#prefix, others, isUnique, names);
    this.#reserved = found?.reserved ?? [];
    this.#compareAll((file) => found?.known.get(file), language);
    return true;
  }

  /**
   * Takes in that files have other articles than `replaced`, or had none. Returns whether all articles were compared,
   * so that other files may publish something else, too.
   */
  apply(
    replaced: ReadonlyMap<string, SeedArticle | undefined>,
    { id, language }: Pick<Site, 'id' | 'language'>,
  ): boolean {
    let isContested = id !== this.#names.idBase;
    const published = new Map<string, SeedArticle | undefined>();
    for (const [file, before] of replaced) {
      const after = this.#articleOf(file);
      published.set(file, before && this.published(before));
      if (before !== undefined && this.#names.remove(before)) isContested = true;
      if (after !== undefined && this.#names.add(after)) isContested = true;
      if ([before, after].some((one) => one !== undefined && isLong(one.source.head.slug))) isContested = true;
      if (isElsewhere(after, published.get(file))) isContested = true;
    }
    if (id !== this.#names.idBase) this.#names = new NameCounts(this.#all(), id);
    const before = (file: string) => (published.has(file) ? published.get(file) : this.#publishedAt(file));
    if (isContested) this.#compareAll(before, language);
    else for (const file of replaced.keys()) this.#others.delete(file);
    return isContested;
  }

  /** Reports whether nothing needs to be decided between articles, which is the usual case. */
  #areUnique(): boolean {
    return this.#names.areUnique || haveOwnNames(this.#all());
  }

  #compareAll(published: (file: string) => SeedArticle | undefined, language: string): void {
    const articles = this.#all();
    this.#reserved = this.#reserved.filter(({ file }) => this.#articleOf(file) === undefined);
    const { articles: kept, problems } = uniqueArticles(articles, this.#areUnique(), {
      published,
      reserved: this.#reserved,
      language,
    });
    this.#problems = problems;
    this.#others = new Map();
    if (kept === articles) return;
    const unique = new Map(kept.map((article) => [article.file, article]));
    for (const article of articles) {
      const other = unique.get(article.file);
      if (other !== article) this.#others.set(article.file, other);
    }
  }
}

/** What decides between articles besides themselves. */
interface Known {
  /** Returns what the file of an article published before, if anything. */
  readonly published: (file: string) => SeedArticle | undefined;
  readonly reserved: readonly PublishedName[];
  /** The language of the site. */
  readonly language: string;
}

/**
 * Keeps ids and slugs unique. Of two articles that share one, the published one stays, or else the one with the earlier
 * date: an id that readers know never becomes another article (RFC 4287 §4.2.6). The other moves to its alternative
 * address, if it has one, and stays there when the first address becomes free, which happens briefly while a file is
 * replaced. So a new or deleted file never moves an existing article. Equal dates are decided by what no later file
 * changes, if the files state it, and else by their languages and their paths, with a warning.
 */
function uniqueArticles(
  all: readonly SeedArticle[],
  areUnique: boolean,
  { published, reserved, language }: Known,
): { readonly articles: readonly SeedArticle[]; readonly problems: readonly Problem[] } {
  const ids = new Map(reserved.map(({ id, file }) => [id, file]));
  const slugs = new Map(reserved.map(({ slug, file }) => [slug, file]));
  const mustChange = (one: SeedArticle): boolean =>
    (one.withLongSlug !== undefined && isElsewhere(one, published(one.file))) ||
    (reserved.length > 0 && (slugs.has(one.source.head.slug) || ids.has(one.source.head.id)));
  const isDecided = areUnique && !all.some((one) => isLong(one.source.head.slug) || mustChange(one));
  if (isDecided) return { articles: all, problems: [] };
  const problems: Problem[] = [];
  const inOrder = [...all].sort(
    (a, b) =>
      Number(published(b.file) !== undefined) - Number(published(a.file) !== undefined) ||
      byDate(a, b) ||
      Number(b.isIdWritten) - Number(a.isIdWritten) ||
      // It could not move.
      Number(a.withLongSlug !== undefined) - Number(b.withLongSlug !== undefined) ||
      // Translations are added to it.
      foreignness(a, language) - foreignness(b, language) ||
      Number(a.file > b.file) - Number(a.file < b.file),
  );
  const unique = new Map<string, SeedArticle>();
  for (const article of inOrder) {
    const { file, withLongSlug } = article;
    const mustMove = slugs.has(article.source.head.slug) || isElsewhere(article, published(file));
    const source = withLongSlug !== undefined && mustMove ? withLongSlug : article.source;
    const { id, plainId, slug } = source.head;
    const place = { file, line: 1, column: 1, severity: 'error' } as const;
    const sameId = ids.get(id);
    const sameSlug = slugs.get(slug);
    if (isLong(slug)) {
      const message = `the file's name is too long to be an address; shorten it to ${slugLimit} bytes`;
      problems.push({ ...place, code: 'long-name', message });
    } else if (sameId !== undefined && sameId !== sameSlug) {
      const message = `${sameId} has the same id, ${plainId === undefined ? id : quote(plainId)}; delete one of the two or correct its id or original URL`;
      problems.push({ ...place, code: 'duplicate-id', message, other: sameId });
    } else if (sameSlug !== undefined) {
      const message = `${sameSlug} has the same address, /${articlePath(slug)}; rename one of the two files`;
      problems.push({ ...place, code: 'duplicate-slug', message, other: sameSlug });
    } else {
      ids.set(id, file);
      slugs.set(slug, file);
      unique.set(file, source === article.source ? article : changedArticle(article, { source }));
    }
  }
  problems.push(...tiedNames(all, published, (file) => unique.get(file), language));
  return { articles: all.flatMap(({ file }) => unique.get(file) ?? []), problems };
}

/** Reports whether an article is published at its alternative address. */
function isElsewhere(article: SeedArticle | undefined, published: SeedArticle | undefined): boolean {
  return article?.withLongSlug !== undefined && article.withLongSlug.head.slug === published?.source.head.slug;
}

function isLong(slug: string): boolean {
  // A code unit takes at most three bytes.
  return slug.length * 3 > slugLimit && new TextEncoder().encode(slug).byteLength > slugLimit;
}

function byDate({ source: { head: a } }: SeedArticle, { source: { head: b } }: SeedArticle): number {
  return Number(a.published > b.published) - Number(a.published < b.published);
}
