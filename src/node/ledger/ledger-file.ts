import type { StatementSync } from 'node:sqlite';
import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { articleSlug } from '../../publication/addresses/address.ts';
import type { Ledger, LedgerEntry, PublishedName } from '../../publication/ledger.ts';
import type { StateFile } from '../state/state-file.ts';
import type { StateForm } from '../state/state-tables.ts';

/** What is written at once: entries by id, and paths with when they were first visible. */
export interface LedgerChange {
  readonly articles?: Iterable<readonly [id: string, entry: LedgerEntry]>;
  readonly paths?: Iterable<readonly [path: string, shown: Instant]>;
  readonly oldPaths?: Iterable<readonly [path: string, shown: Instant]>;
  readonly facts?: Readonly<Record<string, string>>;
  /** Replaces the stamp, which names what is recorded. Without it, the stamp is gone. */
  readonly stamp?: StampChange;
}

/** A new stamp, which is only true if the ledger still has the one that it follows. */
export interface StampChange {
  readonly from: string | undefined;
  readonly to: string;
}

/** The tables, documented in docs/ledger.md. */
export const ledgerTables: StateForm = {
  version: 2,
  schema: `
    CREATE TABLE articles (
      id TEXT PRIMARY KEY, file TEXT NOT NULL, slug TEXT NOT NULL, address TEXT NOT NULL, title TEXT NOT NULL,
      published TEXT NOT NULL, shown TEXT NOT NULL, hash TEXT NOT NULL, changed TEXT NOT NULL, expires TEXT,
      withdrawn TEXT, reason TEXT
    ) WITHOUT ROWID;
    CREATE INDEX articles_by_slug ON articles (slug);
    CREATE TABLE paths (path TEXT PRIMARY KEY, shown TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE old_paths (path TEXT PRIMARY KEY, shown TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE answers (path TEXT UNIQUE NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL);
    CREATE TABLE topics (url TEXT PRIMARY KEY, hash TEXT NOT NULL, told INTEGER NOT NULL) WITHOUT ROWID;`,
  upgrade: (database, from) => {
    if (from !== 1) throw new Error(`the ledger has the unknown form ${from}`);
    // Without the stamp, the reasons of withdrawn articles are recorded at the next start.
    database.exec("ALTER TABLE articles ADD COLUMN reason TEXT; DELETE FROM facts WHERE name = 'recorded'");
  },
  // Requests must not wait for the disk. What a crash of the system loses is found by comparing at the next start.
  settings: 'PRAGMA synchronous = NORMAL',
};

const columns = [
  'file',
  'slug',
  'address',
  'title',
  'published',
  'shown',
  'hash',
  'changed',
  'expires',
  'withdrawn',
  'reason',
] as const;

/** The ledger of a served folder: {@link ledgerTables} in a file. */
export class LedgerFile {
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
  }

  get path(): string {
    return this.#file.path;
  }

  /** Runs a query, which is prepared once. */
  query(sql: string): StatementSync {
    return this.#file.prepare(sql);
  }

  transaction(run: () => void): void {
    this.#file.transaction(run);
  }

  /** Lists what files were published as; of a file with several articles over time, the published one comes last. */
  *names(isUnique: boolean): Iterable<PublishedName> {
    // Usually none was ever published under another name than its first.
    if (isUnique && this.fact('moved') === undefined) return;
    const rows = this.query('SELECT id, file, slug FROM articles ORDER BY withdrawn IS NULL').iterate();
    for (const { id, file, slug } of rows) yield { id: String(id), file: String(file), slug: String(slug) };
  }

  /** Lists up to `limit` entries whose ids come after one. */
  entriesAfter(id: string, limit: number): (readonly [id: string, entry: LedgerEntry])[] {
    const rows = this.query('SELECT * FROM articles WHERE id > ? ORDER BY id LIMIT ?').all(id, limit);
    return rows.map((row) => [String(row.id), entryIn(row)]);
  }

  entry(id: string): LedgerEntry | undefined {
    const row = this.query('SELECT * FROM articles WHERE id = ?').get(id);
    return row && entryIn(row);
  }

  /** Reports whether an article or a slice was ever published at a path. */
  hasPath(path: string): boolean {
    const slug = articleSlug(path);
    if (slug !== undefined && this.query('SELECT 1 FROM articles WHERE slug = ?').get(slug) !== undefined) return true;
    return this.query('SELECT 1 FROM paths WHERE path = ?').get(path) !== undefined;
  }

  /** Reports whether an article ever had an old path. */
  hasOldPath(path: string): boolean {
    return this.query('SELECT 1 FROM old_paths WHERE path = ?').get(path) !== undefined;
  }

  fact(name: string): string | undefined {
    const row = this.query('SELECT value FROM facts WHERE name = ?').get(name);
    return row && String(row.value);
  }

  /** Reads everything that a build's ledger has, too. */
  read(): Ledger {
    const listed = (table: string): ReadonlyMap<string, Instant> =>
      new Map(
        this.query(`SELECT path, shown FROM ${table}`)
          .all()
          .map((row) => [String(row.path), String(row.shown)]),
      );
    const rows = this.query('SELECT * FROM articles ORDER BY id').all();
    return {
      articles: new Map(rows.map((row) => [String(row.id), entryIn(row)])),
      paths: listed('paths'),
      oldPaths: listed('old_paths'),
    };
  }

  /** Names the published articles that are recorded; empty if that is not known. */
  get stamp(): string {
    return this.fact('recorded') ?? '';
  }

  /** Writes a change in a transaction. Returns whether the ledger had the stamp that the new one follows. */
  write({ articles = [], paths = [], oldPaths = [], facts = {}, stamp }: LedgerChange): boolean {
    const put = this.query(
      `REPLACE INTO articles (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`,
    );
    return this.#file.transaction(() => {
      const isNext = this.stamp === stamp?.from;
      for (const [id, entry] of articles) put.run(id, ...columns.map((column) => entry[column] ?? null));
      for (const [path, shown] of paths) this.query('INSERT OR IGNORE INTO paths VALUES (?, ?)').run(path, shown);
      for (const [path, shown] of oldPaths)
        this.query('INSERT OR IGNORE INTO old_paths VALUES (?, ?)').run(path, shown);
      for (const [name, value] of Object.entries({ ...facts, recorded: isNext ? stamp.to : '' }))
        this.query('REPLACE INTO facts VALUES (?, ?)').run(name, value);
      return isNext;
    });
  }

  /** Closes the file for as long as nothing uses it, as {@link StateFile.rest} says. */
  rest(): void {
    this.#file.rest();
  }

  close(): void {
    this.#file.close();
  }
}

function entryIn(row: Readonly<Record<string, unknown>>): LedgerEntry {
  const { file, slug, address, title, published, shown, hash, changed, expires, withdrawn, reason } = row;
  return omitUndefined({
    file: String(file),
    slug: String(slug),
    address: String(address),
    title: String(title),
    published: String(published),
    shown: String(shown),
    hash: String(hash),
    changed: String(changed),
    expires: typeof expires === 'string' ? expires : undefined,
    withdrawn: typeof withdrawn === 'string' ? withdrawn : undefined,
    reason: typeof reason === 'string' ? reason : undefined,
  });
}
