import type { ArticleSource, Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type Tombstone, tombstoneOf, tombstonesSince } from '../../publication/tombstones.ts';
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
    'SELECT id, slug, withdrawn, expires, reason FROM articles WHERE shown <= ? AND (withdrawn IS NULL OR withdrawn > ?)';
  return ledger
    .query(query)
    .all(now, tombstonesSince(now))
    .filter(({ id, slug }) => !present.has(String(id)) && !isBroken(String(slug)))
    .flatMap(({ id, withdrawn, expires, reason }) => {
      const left = { withdrawn: textOf(withdrawn) ?? now, expires: textOf(expires), reason: textOf(reason) };
      return tombstoneOf(String(id), omitUndefined(left), now) ?? [];
    });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
