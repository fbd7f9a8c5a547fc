import { type ArticleSource, oldestFirst } from '../../article/article.ts';
import { lowerBound } from '../../article/lower-bound.ts';
import { instantOf } from '../../article/seed/date.ts';
import { articlePath } from '../../publication/address.ts';
import { publish } from '../../publication/memory.ts';
import { oldPathOf } from '../../publication/old-addresses.ts';
import { type Edition, isDue } from '../../publication/publication.ts';
import type { RenderedArticles } from '../../publication/rendered.ts';
import { slicePath, slicesOf } from '../../publication/slice.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';

/** An edition, and when its front page can be answered at once. */
export interface NextEdition {
  readonly edition: Edition;
  /** Absent if that is now. Never rejects. */
  readonly ready: Promise<unknown> | undefined;
}

/** Builds the successive editions of a folder. Each reuses what the previous one sorted and rendered. */
export class EditionBuilder {
  /** The paths of withdrawn articles and slices. */
  readonly #gone = new Set<string>();
  /** The paths of withdrawn articles on the site's old addresses. */
  readonly #withdrawnOldPaths = new Set<string>();
  #rendered: RenderedArticles = new Map();
  #sources: readonly ArticleSource[] = [];
  #ordered: readonly ArticleSource[] = [];

  /** Builds the edition of the folder's latest reading. */
  next({ site, sources, changed }: FolderSnapshot): NextEdition {
    const now = instantOf(Date.now()) ?? '';
    const { removed, added } = difference(this.#sources, sources);
    this.#sources = sources;
    // A copy: the previous edition may still be asked for what it rendered.
    this.#rendered = new Map(this.#rendered);
    for (const source of removed) {
      this.#rendered.delete(source);
      if (!isDue(source.head, now)) continue;
      this.#gone.add(articlePath(source.head.slug));
      const oldPath = oldPathOf(source.head, site);
      if (oldPath !== undefined) this.#withdrawnOldPaths.add(oldPath);
      for (const slice of slicesOf(source.head, site)) this.#gone.add(slicePath(slice));
    }
    const kept = removed.size === 0 ? this.#ordered : this.#ordered.filter((source) => !removed.has(source));
    this.#ordered = insertInOrder(kept, added);
    const edition = publish(site, this.#ordered, now, {
      gone: this.#gone,
      withdrawnOldPaths: this.#withdrawnOldPaths,
      changed,
      rendered: this.#rendered,
      isOrdered: true,
      onFailure: (message) => process.stderr.write(`dateline: ${message}\n`),
    });
    const isLong = added.some(({ render }) => render !== undefined);
    return { edition, ready: isLong ? edition.page({}, now).catch(() => {}) : undefined };
  }
}

/** Compares two lists that mostly share their beginning and their end. */
function difference(before: readonly ArticleSource[], after: readonly ArticleSource[]) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const removed = new Set(before.slice(start, before.length - end));
  const added = after.slice(start, after.length - end).filter((source) => !removed.delete(source));
  return { removed, added };
}

/**
 * Inserts articles into an ordered list by binary search, so that one more among ten thousand costs next to nothing.
 */
function insertInOrder(ordered: readonly ArticleSource[], added: readonly ArticleSource[]): readonly ArticleSource[] {
  const sorted = added.toSorted((a, b) => oldestFirst(a.head, b.head));
  if (ordered.length === 0 || sorted.length === 0) return ordered.concat(sorted);
  const parts: (readonly ArticleSource[])[] = [];
  let from = 0;
  for (const source of sorted) {
    const isBefore = (index: number): boolean => {
      const other = ordered[index];
      return other !== undefined && oldestFirst(other.head, source.head) <= 0;
    };
    const to = lowerBound(ordered.length, isBefore, from);
    parts.push(ordered.slice(from, to), [source]);
    from = to;
  }
  return [...parts, ordered.slice(from)].flat();
}
