import type { PublishedName, PublishedNames } from '../../../publication/ledger.ts';
import { changedArticle, type SeedArticle } from '../seeds/seed-article.ts';

/** What the ledger says about the files of a folder. */
export interface KnownArticles {
  /** By file, the articles that were published before, as they were: under their first or their alternative address. */
  readonly known: ReadonlyMap<string, SeedArticle>;
  /** The names of files without an article: broken now, or withdrawn. No other article gets them. */
  readonly reserved: readonly PublishedName[];
}

/**
 * Finds what was published of a folder's files. A file that the ledger does not know is the moved file of an id, if the
 * file that had the id is gone.
 *
 * `all` are the articles of all files, and `others` the files without one; their names begin with `prefix`.
 * `isUnique` says that every file has an article, and that no two share a name.
 */
export function knownArticles(
  all: readonly SeedArticle[],
  prefix: string,
  others: ReadonlySet<string>,
  isUnique: boolean,
  names: PublishedNames,
): KnownArticles {
  const known = new Map<string, SeedArticle>();
  const reserved: PublishedName[] = [];
  const canMove = all.some(({ withLongSlug }) => withLongSlug !== undefined);
  const published = isUnique && !canMove ? [] : [...names(isUnique)];
  if (published.length === 0) return { known, reserved };
  const articles = new Map(all.map((article) => [article.file, article]));
  const owners = ownersOf(published);
  const byFile = new Map<string, PublishedName>();
  /** What was published from files that are gone, by id. */
  const moved = new Map<string, PublishedName>();
  for (const name of published) {
    const file = prefix + name.file;
    if (articles.has(file)) byFile.set(file, name);
    else if (others.has(file)) reserved.push({ ...name, file });
    else moved.set(name.id, name);
  }
  const strangers: SeedArticle[] = [];
  const keep = (article: SeedArticle, name: PublishedName): void => {
    const as = asPublished(article, name, owners);
    if (as !== undefined) known.set(article.file, as);
  };
  for (const article of articles.values()) {
    const name = byFile.get(article.file);
    if (name === undefined) strangers.push(article);
    else keep(article, name);
  }
  for (const [name, [article, ...rivals]] of Map.groupBy(strangers, (one) => movedFrom(one, moved))) {
    // If several files could be the moved one, none is known to be.
    if (name !== undefined && article !== undefined && rivals.length === 0) keep(article, name);
  }
  return { known, reserved };
}

function movedFrom(
  { source, withLongSlug }: SeedArticle,
  moved: ReadonlyMap<string, PublishedName>,
): PublishedName | undefined {
  return moved.get(source.head.id) ?? (withLongSlug && moved.get(withLongSlug.head.id));
}

/**
 * Returns an article under the slug by which it was published. Its alternative one counts only if another article has
 * had the first: else the file has a new slug, which is meant.
 */
function asPublished(
  article: SeedArticle,
  { file, slug }: PublishedName,
  owners: ReadonlyMap<string, string>,
): SeedArticle | undefined {
  const { source, withLongSlug } = article;
  if (source.head.slug === slug) return article;
  const owner = owners.get(source.head.slug);
  const isContested = owner !== undefined && owner !== file;
  return isContested && withLongSlug?.head.slug === slug
    ? changedArticle(article, { source: withLongSlug })
    : undefined;
}

/** Maps each slug to the file that was published by it; of several files, to none. */
function ownersOf(names: readonly PublishedName[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { slug, file } of names) owners.set(slug, (owners.get(slug) ?? file) === file ? file : '');
  return owners;
}
