import type { Instant } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import { isAbsoluteIri, mintSuffix } from '../../article/seed/seed-id.ts';
import { articleSlug } from '../../publication/address.ts';
import { mintId } from '../../publication/identity.ts';
import type { LedgerEntry } from '../../publication/ledger.ts';
import { normalizeOldPath } from '../../publication/old-addresses.ts';
import type { Site } from '../../publication/site.ts';
import type { LedgerFile } from '../ledger/ledger-file.ts';
import type { LocalArticle } from './comparison-problems.ts';
import type { ItemInDocument } from './item-index.ts';

/**
 * Fills a ledger from published items: their ids, addresses and dates, and the files of the articles that were matched
 * with them. What the ledger knows already stays. Returns how many articles it did not know.
 */
export function adopt(
  file: LedgerFile,
  items: readonly ItemInDocument[],
  articleOf: ReadonlyMap<ItemInDocument, LocalArticle>,
  site: Site,
  prefix: string,
  now: Instant,
): number {
  const articles: (readonly [string, LedgerEntry])[] = [];
  const oldPaths: (readonly [string, Instant])[] = [];
  for (const item of items) {
    const { id = '', title, links, published } = item;
    const article = articleOf.get(item);
    const head = article?.source.head;
    const isHere = head !== undefined && (id === head.id || id === head.plainId);
    const key = isHere ? head.id : isAbsoluteIri(id) ? id : mintId(site.id, mintSuffix(id));
    const shown = (published === undefined ? undefined : instantOf(published)) ?? now;
    const [address = ''] = links;
    const path = address.startsWith(site.url) ? address.slice(site.url.length) : undefined;
    const slug = head?.slug ?? (path === undefined ? undefined : articleSlug(path)) ?? '';
    if (path !== undefined && articleSlug(path) === undefined) oldPaths.push([normalizeOldPath(path), shown]);
    if (id === '' || file.entry(key) !== undefined) continue;
    const where = article === undefined ? '' : article.file.slice(prefix.length);
    articles.push([key, { file: where, slug, address, title, published: shown, shown, hash: '', changed: shown }]);
  }
  file.write({ articles, oldPaths, facts: { complete: 'yes' } });
  return articles.length;
}
