import { type ArticleSource, oldestFirst } from '../../article/article.ts';
import { difference } from '../../article/difference.ts';
import { lowerBound } from '../../article/lower-bound.ts';
import { instantOf } from '../../article/seed/date.ts';
import { publish } from '../../publication/memory.ts';
import type { Edition } from '../../publication/publication.ts';
import type { RenderedArticles } from '../../publication/rendered.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import type { RenderedArticle } from '../folder/seed-folder.ts';
import type { ServedLedger } from '../ledger/served-ledger.ts';
import { writeFailure } from '../terminal/output.ts';

/** An edition, and when its front page can be answered at once. */
export interface NextEdition {
  readonly edition: Edition;
  /** Absent if that is now. Never rejects. */
  readonly ready: Promise<unknown> | undefined;
}

/** Builds the successive editions of a folder. Each reuses what the previous one sorted and rendered. */
export class EditionBuilder {
  readonly #ledger: ServedLedger;
  #rendered: RenderedArticles = new Map();
  #sources: readonly ArticleSource[] = [];
  #ordered: readonly ArticleSource[] = [];

  constructor(ledger: ServedLedger) {
    this.#ledger = ledger;
  }

  /** Lists those of the newest `count` articles that were rendered. */
  newestRendered(count: number): readonly RenderedArticle[] {
    return this.#ordered.slice(-count).flatMap((source) => {
      const article = this.#rendered.get(source);
      return article === undefined ? [] : [{ source, article }];
    });
  }

  /** Builds the edition of the folder's latest reading. */
  next(reading: FolderSnapshot): NextEdition {
    const { site, sources } = reading;
    const now = instantOf(Date.now()) ?? '';
    const { removed, added } = difference(this.#sources, sources);
    this.#sources = sources;
    // A copy: the previous edition may still be asked for what it rendered.
    this.#rendered = new Map(this.#rendered);
    for (const source of removed) this.#rendered.delete(source);
    const kept = removed.size === 0 ? this.#ordered : this.#ordered.filter((source) => !removed.has(source));
    this.#ordered = insertInOrder(kept, added);
    const edition = publish(site, this.#ordered, now, {
      gone: { has: (path) => this.#ledger.wasAt(path) },
      withdrawnOldPaths: { has: (path) => this.#ledger.file.hasOldPath(path) },
      changed: this.#ledger.read(reading, { removed, added }),
      deleted: this.#ledger.deleted(reading, now),
      rendered: this.#rendered,
      isOrdered: true,
      onFailure: writeFailure,
    });
    const isLong = added.some(({ render }) => render !== undefined);
    return { edition, ready: isLong ? edition.page({}, now).catch(() => {}) : undefined };
  }
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
