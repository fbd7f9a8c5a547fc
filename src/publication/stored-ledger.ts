import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { pageAddress } from './address.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { Site } from './site.ts';
import { hashOf } from './stored.ts';

/**
 * A part of a ledger as a build stores it. A ledger has few and large parts, because it is only read as a whole, by a
 * machine that has nothing but the store.
 */
export interface StoredLedger {
  readonly form: typeof ledgerForm;
  /** By id. */
  readonly articles: Readonly<Record<string, StoredEntry>>;
  readonly paths: Readonly<Record<string, Instant>>;
  readonly oldPaths: Readonly<Record<string, Instant>>;
}

/** An entry in a compact form; the address is empty if it is that of the article's page. */
type StoredEntry = readonly [
  file: string,
  slug: string,
  address: string,
  title: string,
  published: Instant,
  shown: Instant,
  hash: string,
  changed: Instant,
  expires?: Instant | '',
  withdrawn?: Instant,
];

/** The version of the ledger's form, in a build, in a store and in a folder. */
export const ledgerForm = 1;

/** With more entries than this, a ledger has {@link partCount} parts instead of one. */
const onePart = 2048;

/** A change rewrites a part, and a machine without the last build reads all of them. */
const partCount = 4;

/** Divides a ledger into parts. A part depends on what is in it, not on its order. */
export function storedLedger({ articles, paths, oldPaths }: Ledger, site: Pick<Site, 'url'>): StoredLedger[] {
  const count = articles.size + paths.size + oldPaths.size <= onePart ? 1 : partCount;
  const partOf = (key: string): number => Number.parseInt(hashOf(key).charAt(0), 16) % count;
  const sorted = <T>(entries: ReadonlyMap<string, T>) =>
    Map.groupBy(
      [...entries].sort(([a], [b]) => (a < b ? -1 : 1)),
      ([key]) => partOf(key),
    );
  const [byArticle, byPath, byOldPath] = [sorted(articles), sorted(paths), sorted(oldPaths)];
  return Array.from({ length: count }, (_, part) => ({
    form: ledgerForm,
    articles: Object.fromEntries((byArticle.get(part) ?? []).map(([id, entry]) => [id, storedEntry(entry, site)])),
    paths: Object.fromEntries(byPath.get(part) ?? []),
    oldPaths: Object.fromEntries(byOldPath.get(part) ?? []),
  }));
}

/** Joins the parts of a ledger. Throws if a part is not one, or of a later form. */
export function readStoredLedger(parts: readonly unknown[], site: Pick<Site, 'url'>): Ledger {
  const read = parts.map((part) => {
    const { form, ...rest } = (part ?? {}) as Partial<StoredLedger>;
    if (typeof form === 'number' && form > ledgerForm)
      throw new LaterLedger(`a later version of Dateline wrote the ledger (form ${form}); update Dateline to read it`);
    if (form !== ledgerForm) throw new Error('a part of the ledger is missing or damaged');
    return rest;
  });
  return {
    articles: new Map(
      read.flatMap(({ articles = {} }) =>
        Object.entries(articles).map(([id, entry]) => [id, readEntry(entry, site)] as const),
      ),
    ),
    paths: new Map(read.flatMap(({ paths = {} }) => Object.entries(paths))),
    oldPaths: new Map(read.flatMap(({ oldPaths = {} }) => Object.entries(oldPaths))),
  };
}

/** Thrown for a ledger that this version can't read and must not replace. */
export class LaterLedger extends Error {
  override readonly name = 'LaterLedger';
}

function storedEntry(entry: LedgerEntry, site: Pick<Site, 'url'>): StoredEntry {
  const { file, slug, title, published, shown, hash, changed, expires, withdrawn } = entry;
  const address = entry.address === pageAddress(slug, site) ? '' : entry.address;
  const facts = [file, slug, address, title, published, shown, hash, changed] as const;
  if (withdrawn !== undefined) return [...facts, expires ?? '', withdrawn];
  return expires === undefined ? facts : [...facts, expires];
}

function readEntry(stored: StoredEntry, site: Pick<Site, 'url'>): LedgerEntry {
  const [file, slug, address, title, published, shown, hash, changed, expires, withdrawn] = stored;
  return omitUndefined({
    file,
    slug,
    address: address === '' ? pageAddress(slug, site) : address,
    title,
    published,
    shown,
    hash,
    changed,
    expires: expires === '' ? undefined : expires,
    withdrawn,
  });
}
