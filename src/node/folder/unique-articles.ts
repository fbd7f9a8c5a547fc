import type { ArticleSource } from '../../article/article.ts';
import { type Problem, quote } from '../../article/problem.ts';
import { articlePath } from '../../publication/address.ts';

/** An article that a file would publish. */
export interface Candidate {
  readonly file: string;
  readonly source: ArticleSource;
  /** The same article under the address that it takes where another has its own. */
  readonly elsewhere?: ArticleSource;
  /** Whether its file says its id. */
  readonly isIdWritten: boolean;
  /** Whether it is the last good version of a file that went bad. */
  readonly kept: boolean;
}

/** Bytes that a slug may have: its page is a file on a static host, and 255 is what file systems take. */
const slugLimit = 240;

/**
 * The articles of a folder, each id and slug once, as {@link uniqueArticles} keeps them. All are compared anew only if an
 * article that changed has, or had, an id or slug in common with another.
 */
export class UniqueArticles {
  #candidates = new Map<string, Candidate>();
  /** What is published of the files whose candidate is not, nearly always none. */
  #others = new Map<string, Candidate | undefined>();
  #problems: readonly Problem[] = [];
  /** How many articles have an id or a slug; none are counted before the first change. */
  #claims: Map<string, number> | undefined;

  /** What the file of a candidate publishes, if its article can be published. */
  published(candidate: Candidate): Candidate | undefined {
    return this.#others.has(candidate.file) ? this.#others.get(candidate.file) : candidate;
  }

  #at(file: string): Candidate | undefined {
    const candidate = this.#candidates.get(file);
    return candidate && this.published(candidate);
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Counts what articles claim, which the first change does otherwise. */
  prepareForChanges(): void {
    this.#claims ??= this.#count();
  }

  /** Takes in what all files are; the map is not to be used again. */
  begin(candidates: Map<string, Candidate>): void {
    this.#candidates = candidates;
    this.#compareAll(() => undefined);
  }

  /**
   * Takes in what files have become; `undefined` is an article that is no more. Tells whether all were compared, so that what
   * others publish may have changed, too.
   */
  change(changes: ReadonlyMap<string, Candidate | undefined>): boolean {
    const claims = this.#claims ?? this.#count();
    let isContested = false;
    /** What is published of the files that change. */
    const published = new Map<string, Candidate | undefined>();
    for (const [file, after] of changes) {
      const before = this.#candidates.get(file);
      published.set(file, this.#at(file));
      if (after === undefined) this.#candidates.delete(file);
      else this.#candidates.set(file, after);
      for (const claim of claimsOf(before)) {
        const others = (claims.get(claim) ?? 0) - 1;
        if (others > 0) isContested = true;
        if (others > 0) claims.set(claim, others);
        else claims.delete(claim);
      }
      for (const claim of claimsOf(after)) {
        const others = claims.get(claim) ?? 0;
        if (others > 0) isContested = true;
        claims.set(claim, others + 1);
      }
      if ([before, after].some((one) => one !== undefined && isLong(one.source.head.slug)))
        isContested = true;
      if (isElsewhere(after, published.get(file))) isContested = true;
    }
    if (isContested) this.#compareAll((file) => (published.has(file) ? published.get(file) : this.#at(file)));
    else for (const file of changes.keys()) this.#others.delete(file);
    return isContested;
  }

  #compareAll(published: (file: string) => Candidate | undefined): void {
    const candidates = [...this.#candidates.values()];
    const { articles, problems } = uniqueArticles(candidates, published);
    this.#problems = problems;
    if (articles === candidates) {
      this.#others = new Map();
      return;
    }
    const unique = new Map(articles.map((article) => [article.file, article]));
    this.#others = new Map(
      candidates.flatMap((candidate) => {
        const article = unique.get(candidate.file);
        return article === candidate ? [] : [[candidate.file, article]];
      }),
    );
  }

  #count(): Map<string, number> {
    const claims = new Map<string, number>();
    for (const candidate of this.#candidates.values())
      for (const claim of claimsOf(candidate)) claims.set(claim, (claims.get(claim) ?? 0) + 1);
    this.#claims = claims;
    return claims;
  }
}

/** The ids and slugs that an article has, or would have at its other address. */
function claimsOf(candidate: Candidate | undefined): ReadonlySet<string> {
  const sources = candidate === undefined ? [] : [candidate.source, candidate.elsewhere];
  return new Set(
    sources.flatMap((one) => (one === undefined ? [] : [`id ${one.head.id}`, `slug ${one.head.slug}`])),
  );
}

/**
 * Keeps ids and slugs unique. Of two articles that share one, the one whose file is published already stays, or else
 * the one that was published first, or whose file comes first: what readers know under an id never becomes another
 * article (RFC 4287 §4.2.6). A newer article goes to its other address where it has one, and stays there when the first
 * becomes free, as it does for a moment while a file is replaced; so what is added to a folder, or goes, moves nothing
 * that is there.
 */
export function uniqueArticles(
  candidates: readonly Candidate[],
  published: (file: string) => Candidate | undefined,
): { readonly articles: readonly Candidate[]; readonly problems: readonly Problem[] } {
  const stays = (one: Candidate): boolean => isElsewhere(one, published(one.file));
  if (isUnique(candidates) && !candidates.some(stays)) return { articles: candidates, problems: [] };
  const ids = new Map<string, string>();
  const slugs = new Map<string, string>();
  const problems: Problem[] = [];
  const inOrder = [...candidates].sort(
    (a, b) =>
      Number(published(b.file) !== undefined) - Number(published(a.file) !== undefined) ||
      byDate(a, b) ||
      Number(a.file > b.file) - Number(a.file < b.file),
  );
  const unique = new Map<string, Candidate>();
  for (const candidate of inOrder) {
    const { file, elsewhere } = candidate;
    const isAway = slugs.has(candidate.source.head.slug) || stays(candidate);
    const source = elsewhere !== undefined && isAway ? elsewhere : candidate.source;
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
      unique.set(file, source === candidate.source ? candidate : { ...candidate, source });
    }
  }
  return { articles: candidates.flatMap(({ file }) => unique.get(file) ?? []), problems };
}

/** Tells whether nothing is to be decided, which is so nearly always and is found out without putting all in order. */
function isUnique(candidates: readonly Candidate[]): boolean {
  const heads = candidates.map(({ source }) => source.head);
  return (
    new Set(heads.map(({ id }) => id)).size === heads.length &&
    new Set(heads.map(({ slug }) => slug)).size === heads.length &&
    !heads.some(({ slug }) => isLong(slug))
  );
}

/** Tells whether an article is published at its other address. */
function isElsewhere(candidate: Candidate | undefined, published: Candidate | undefined): boolean {
  return candidate?.elsewhere !== undefined && candidate.elsewhere.head.slug === published?.source.head.slug;
}

function isLong(slug: string): boolean {
  // A code unit takes three bytes at the most.
  return slug.length * 3 > slugLimit && new TextEncoder().encode(slug).byteLength > slugLimit;
}

function byDate(a: Candidate, b: Candidate): number {
  const { published: first } = a.source.head;
  const { published: second } = b.source.head;
  return Number(first > second) - Number(first < second);
}
