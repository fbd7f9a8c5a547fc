import type { Instant } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import { isAbsoluteIri, mintSuffix } from '../../article/seed/seed-id.ts';
import { articleSlug, pageAddress } from '../../publication/addresses/address.ts';
import { normalizeOldPath } from '../../publication/addresses/old-addresses.ts';
import type { LedgerEntry } from '../../publication/ledger.ts';
import { mintId } from '../../publication/site/identity.ts';
import { isBeside, type Site } from '../../publication/site/site.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import type { LedgerFile } from '../ledger/ledger-file.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import { count } from '../terminal/report.ts';
import type { FeedComparison } from './compare-with-feed.ts';
import type { LocalArticle } from './comparison-problems.ts';
import type { ItemInDocument } from './item-index.ts';

/** What was adopted. */
export interface Adopted {
  /** What to say about it, in lines. */
  readonly notes: readonly string[];
  /** The number of items that match no article and stay out of the ledger. */
  readonly leftOut: number;
}

/**
 * Fills the ledger at a path from the feed with which a folder was compared. Beside a site, items without an article
 * stay out: they are pages of the site, such as one about it, which would be withdrawn although the site shows them.
 */
export function adoptMatches(
  dir: string,
  { site }: FolderSnapshot,
  { matches }: FeedComparison,
  ledger: string,
  now: Instant,
): Adopted {
  if (matches === undefined) return { notes: [], leftOut: 0 };
  const notes: string[] = [];
  const { items, articleOf } = matches;
  const left = isBeside(site) ? items.filter((item) => !articleOf.has(item)) : [];
  const file = openLedger(ledger, (line) => notes.push(line));
  const kept = left.length === 0 ? items : items.filter((item) => articleOf.has(item));
  const adopted = adopt(file, kept, articleOf, site, pathPrefix(dir), now);
  file.close();
  if (left.length > 0) notes.push(leftOutNote(left, dir));
  return { notes: [...notes, `adopted ${count(adopted, 'article')} into ${file.path}`], leftOut: left.length };
}

function leftOutNote(left: readonly ItemInDocument[], dir: string): string {
  const names = left.slice(0, mostNamed).map(({ title, links, id = '' }) => title || (links[0] ?? id));
  const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : '';
  const verb = left.length === 1 ? 'is' : 'are';
  return `${count(left.length, 'item')} (${names.join(', ')}${more}) ${verb} not in ${dir}, and so not in the ledger`;
}

const mostNamed = 5;

/**
 * Fills a ledger from published items: their ids, addresses and dates, and the files of the articles that were matched
 * with them. What the ledger knows already stays. Returns how many articles it did not know.
 */
function adopt(
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
    const [link = ''] = links;
    const path = link.startsWith(site.url) ? link.slice(site.url.length) : undefined;
    const slug = head?.slug ?? (path === undefined ? undefined : articleSlug(path)) ?? '';
    // Beside a site, that is the address of the article itself, which the site answers.
    if (!isBeside(site) && path !== undefined && articleSlug(path) === undefined)
      oldPaths.push([normalizeOldPath(path), shown]);
    if (id === '' || file.entry(key) !== undefined) continue;
    const where = article === undefined ? '' : article.file.slice(prefix.length);
    const address = link === pageAddress(slug, site) ? '' : link;
    articles.push([key, { file: where, slug, address, title, published: shown, shown, hash: '', changed: shown }]);
  }
  file.write({ articles, oldPaths, facts: { complete: 'yes', url: site.url } });
  return articles.length;
}
