import type { ArticleSource, Instant } from '../../article/article.ts';
import { type Tombstone, tombstonesSince } from '../../publication/tombstones.ts';
import type { LedgerFile } from './ledger-file.ts';

/**
 * Lists the articles whose files were deleted recently enough for a tombstone, including deletions not recorded yet.
 * `isBroken` reports whether the file of a slug has errors, so that its article is not deleted.
 */
export function deletedArticles(
  ledger: LedgerFile,
  sources: readonly ArticleSource[],
  isBroken: (slug: string) => boolean,
  now: Instant,
): Tombstone[] {
  const present = new Set(sources.map(({ head }) => head.id));
  const query =
    'SELECT id, slug, withdrawn FROM articles WHERE shown <= ? AND (withdrawn IS NULL OR withdrawn > ?) AND (expires IS NULL OR expires > coalesce(withdrawn, ?))';
  return ledger
    .query(query)
    .all(now, tombstonesSince(now), now)
    .map(({ id, slug, withdrawn }) => ({ id: String(id), slug: String(slug), when: String(withdrawn ?? now) }))
    .filter(({ id, slug }) => !present.has(id) && !isBroken(slug))
    .map(({ id, when }) => ({ id, when }));
}
