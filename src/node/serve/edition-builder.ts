import { type ArticleSource, oldestFirst } from '../../article/article.ts';
import type { Difference } from '../../article/difference.ts';
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
  #ordered: readonly ArticleSource[] = [];
  /** How many articles expire. */
  #expiring = 0;

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

  /** Builds the edition of the folder's latest reading. `change` is what differs from the previous edition. */
  next(
    reading: FolderSnapshot,
    change: Difference<ArticleSource> = { removed: new Set(), added: reading.sources },
  ): NextEdition {
    const { site } = reading;
    const { removed, added } = change;
    const now = instantOf(Date.now()) ?? '';
    // A copy: the previous edition may still be asked for what it rendered.
    this.#rendered = new Map(this.#rendered);
    for (const source of removed) this.#rendered.delete(source);
    this.#ordered = changeInOrder(this.#ordered, removed, added);
    this.#expiring += countExpiring(added) - countExpiring(removed);
    const edition = publish(site, this.#ordered, now, {
      gone: { has: (path) => this.#ledger.wasAt(path) },
      withdrawnOldPaths: { has: (path) => this.#ledger.file.hasOldPath(path) },
      changed: this.#ledger.read(reading, change),
      deleted: this.#ledger.deleted(reading, now),
      rendered: this.#rendered,
      isOrdered: true,
      noneExpires: this.#expiring === 0,
      onFailure: writeFailure,
    });
    const isLong = added.some(({ render }) => render !== undefined);
    return { edition, ready: isLong ? edition.page({}, now).catch(() => {}) : undefined };
  }
}

/**
 * Removes articles from an ordered list and inserts others, by binary search, so that a save among ten thousand
 * articles compares few of them.
 */
export function changeInOrder(
  ordered: readonly ArticleSource[],
  removed: Iterable<ArticleSource>,
  added: readonly ArticleSource[],
): readonly ArticleSource[] {
  const sorted = added.toSorted((a, b) => oldestFirst(a.head, b.head));
  if (ordered.length === 0) return sorted;
  const indexOf = (source: ArticleSource): number =>
    lowerBound(ordered.length, (index) => {
      const other = ordered[index];
      return other !== undefined && oldestFirst(other.head, source.head) < 0;
    });
  const edits = Array.from(removed, (source) => ({ index: indexOf(source), skipped: 1, put: none }))
    .concat(sorted.map((source) => ({ index: indexOf(source), skipped: 0, put: [source] })))
    .sort((a, b) => a.index - b.index);
  const parts: (readonly ArticleSource[])[] = [];
  let from = 0;
  for (const { index, skipped, put } of edits) {
    parts.push(ordered.slice(from, index), put);
    // An article may take the place of one that was removed.
    from = Math.max(from, index + skipped);
  }
  return parts.concat([ordered.slice(from)]).flat();
}

const none: ArticleSource[] = [];

function countExpiring(sources: Iterable<ArticleSource>): number {
  let count = 0;
  for (const { head } of sources) if (head.expires !== undefined) count++;
  return count;
}
