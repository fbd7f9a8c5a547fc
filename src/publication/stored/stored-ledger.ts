import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
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

/** An entry in a compact form. */
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
  withdrawn?: Instant | '',
  reason?: string,
];

/** The version of the ledger's form, in a build, in a store and in a folder. */
export const ledgerForm = 1;

/** With more entries than this, a ledger has {@link partCount} parts instead of one. */
const onePart = 2048;

/** A change rewrites a part, and a machine without the last build reads all of them. */
const partCount = 4;

/** Divides a ledger into parts. */
export function storedLedger({ articles, paths, oldPaths }: Ledger): StoredLedger[] {
  const count = articles.size + paths.size + oldPaths.size <= onePart ? 1 : partCount;
  const parts = Array.from({ length: count }, () => ({
    form: ledgerForm,
    articles: {} as Record<string, StoredEntry>,
    paths: {} as Record<string, Instant>,
    oldPaths: {} as Record<string, Instant>,
  })) satisfies StoredLedger[];
  const partOf = (key: string) => parts[count === 1 ? 0 : Number.parseInt(hashOf(key).charAt(0), 16) % count];
  for (const [id, entry] of articles) assign(partOf(id)?.articles, id, storedEntry(entry));
  for (const [path, shown] of paths) assign(partOf(path)?.paths, path, shown);
  for (const [path, shown] of oldPaths) assign(partOf(path)?.oldPaths, path, shown);
  return parts;
}

/** Assigns a property whose name may be anything, even `__proto__`. */
function assign<T>(record: Record<string, T> | undefined, key: string, value: T): void {
  if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true });
  else if (record !== undefined) record[key] = value;
}

/** Joins the parts of a ledger. Throws if a part is malformed or of a later form. */
export function readStoredLedger(parts: readonly unknown[]): Ledger {
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
        Object.entries(articles).map(([id, entry]) => [id, readEntry(entry)] as const),
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

function storedEntry(entry: LedgerEntry): StoredEntry {
  const { file, slug, address, title, published, shown, hash, changed, expires, withdrawn, reason } = entry;
  const facts = [file, slug, address, title, published, shown, hash, changed] as const;
  if (reason !== undefined) return [...facts, expires ?? '', withdrawn ?? '', reason];
  if (withdrawn !== undefined) return [...facts, expires ?? '', withdrawn];
  return expires === undefined ? facts : [...facts, expires];
}

function readEntry(stored: StoredEntry): LedgerEntry {
  const [file, slug, address, title, published, shown, hash, changed, expires = '', withdrawn = '', reason] = stored;
  const entry = { file, slug, address, title, published, shown, hash, changed };
  if (expires === '' && withdrawn === '') return entry;
  return omitUndefined({ ...entry, expires: expires || undefined, withdrawn: withdrawn || undefined, reason });
}
