import type { ArticleSource } from '../article/article.ts';
import type { Problem } from '../article/problem.ts';
import { articlePath } from '../publication/address.ts';

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
 * Keeps ids and slugs unique. Of two articles that share one, the one whose file is published already stays, or else
 * the one that was published first, or whose file comes first: what readers know under an id never becomes another
 * article (RFC 4287 §4.2.6). A newer article goes to its other address where it has one; so what is added to a folder
 * moves nothing that is there.
 */
export function uniqueArticles(
  candidates: readonly Candidate[],
  published: ReadonlySet<string>,
): { readonly articles: readonly Candidate[]; readonly problems: readonly Problem[] } {
  const ids = new Map<string, string>();
  const slugs = new Map<string, string>();
  const problems: Problem[] = [];
  const inOrder = [...candidates].sort(
    (a, b) =>
      Number(published.has(b.file)) - Number(published.has(a.file)) ||
      byDate(a, b) ||
      Number(a.file > b.file) - Number(a.file < b.file),
  );
  const unique = new Map<string, Candidate>();
  for (const candidate of inOrder) {
    const { file, elsewhere } = candidate;
    const isElsewhere = elsewhere !== undefined && slugs.has(candidate.source.head.slug);
    const source = isElsewhere ? elsewhere : candidate.source;
    const { id, slug } = source.head;
    const place = { file, line: 1, column: 1, severity: 'error' } as const;
    const sameId = ids.get(id);
    const sameSlug = slugs.get(slug);
    if (new TextEncoder().encode(slug).byteLength > slugLimit) {
      const message = `the file's name is too long to be an address; shorten it to ${slugLimit} bytes`;
      problems.push({ ...place, code: 'long-name', message });
    } else if (sameId !== undefined && sameId !== sameSlug) {
      const message = `${sameId} has the same id, ${id}; delete one of the two or correct its id or original URL`;
      problems.push({ ...place, code: 'duplicate-id', message });
    } else if (sameSlug !== undefined) {
      const message = `${sameSlug} has the same address, /${articlePath(slug)}; rename one of the two files`;
      problems.push({ ...place, code: 'duplicate-slug', message });
    } else {
      ids.set(id, file);
      slugs.set(slug, file);
      unique.set(file, { ...candidate, source });
    }
  }
  return { articles: candidates.flatMap(({ file }) => unique.get(file) ?? []), problems };
}

function byDate(a: Candidate, b: Candidate): number {
  const { published: first } = a.source.head;
  const { published: second } = b.source.head;
  return Number(first > second) - Number(first < second);
}
