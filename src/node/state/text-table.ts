import { hash } from 'node:crypto';
import type { StateFile } from './state-file.ts';

/** SQL for the table of {@link TextTable}. */
export const textTable = `
  CREATE TABLE texts (hash TEXT PRIMARY KEY, text TEXT NOT NULL);
  CREATE TABLE doubtful (hash TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Milliseconds to keep a text that no file has any more, because another process may still publish it. */
const grace = 24 * 60 * 60 * 1000;

/** Texts by their hashes. What is there never changes, so several processes can share it. */
export class TextTable {
  readonly #state: StateFile;

  constructor(state: StateFile) {
    this.#state = state;
  }

  /** Lists up to `limit` hashes that come after one. */
  hashesAfter(hash: string, limit: number): string[] {
    const after = this.#state.prepare('SELECT hash FROM texts WHERE hash > ? ORDER BY hash LIMIT ?');
    return after.all(hash, limit).map((row) => String(row.hash));
  }

  get(hash: string): string | undefined {
    const text = this.#state.prepare('SELECT text FROM texts WHERE hash = ?').get(hash)?.text;
    return typeof text === 'string' && hashText(text) === hash ? text : undefined;
  }

  /** Adds texts by their hashes. Must be called in a transaction. */
  add(texts: Iterable<readonly [hash: string, text: string]>, now: number): void {
    const insert = this.#state.prepare('INSERT OR REPLACE INTO texts VALUES (?, ?)');
    const doubt = this.#state.prepare('INSERT OR REPLACE INTO doubtful VALUES (?, ?)');
    for (const [hash, text] of texts) {
      insert.run(hash, text);
      // Its file may have another text before its row is written.
      doubt.run(hash, now);
    }
  }

  /** Notes that files no longer have these texts, so that perhaps no file has. Must be called in a transaction. */
  doubt(hashes: Iterable<string>, now: number): void {
    const doubt = this.#state.prepare('INSERT OR REPLACE INTO doubtful VALUES (?, ?)');
    for (const hash of hashes) doubt.run(hash, now);
  }

  /**
   * Deletes the texts that no file has had for a while; `used` lists those that files have. Only those that were in
   * doubt are looked for, because a look at all takes as long as a start. Must be called in a transaction.
   */
  deleteUnused(used: () => ReadonlySet<string>, now: number): void {
    const old = this.#state.prepare('SELECT hash FROM doubtful WHERE since < ?').all(now - grace);
    if (old.length === 0) return;
    const kept = used();
    const remove = this.#state.prepare('DELETE FROM texts WHERE hash = ?');
    for (const { hash } of old) if (!kept.has(String(hash))) remove.run(String(hash));
    this.#state.prepare('DELETE FROM doubtful WHERE since < ?').run(now - grace);
  }
}

/** Returns half of the SHA-256 of a text in base64url. Half is enough, and every article in memory has one. */
export function hashText(text: string): string {
  return hash('sha256', text, 'buffer').toString('base64url', 0, 16);
}
