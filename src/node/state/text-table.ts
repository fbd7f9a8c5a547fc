import { hash } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { StateFile } from './state-file.ts';

/** SQL for the table of {@link TextTable}. */
export const textTable = 'CREATE TABLE texts (hash TEXT PRIMARY KEY, text TEXT NOT NULL, unused INTEGER);';

/** Milliseconds to keep a text that no file has any more, because another process may still publish it. */
const grace = 24 * 60 * 60 * 1000;

/** Texts by their hashes. What is there never changes, so several processes can share it. */
export class TextTable {
  readonly #state: StateFile;
  readonly #one: StatementSync;
  readonly #after: StatementSync;

  constructor(state: StateFile) {
    this.#state = state;
    this.#one = state.prepare('SELECT text FROM texts WHERE hash = ?');
    this.#after = state.prepare('SELECT hash FROM texts WHERE hash > ? ORDER BY hash LIMIT ?');
  }

  /** Lists up to `limit` hashes that come after one. */
  hashesAfter(hash: string, limit: number): string[] {
    return this.#after.all(hash, limit).map((row) => String(row.hash));
  }

  get(hash: string): string | undefined {
    const text = this.#one.get(hash)?.text;
    return typeof text === 'string' && hashText(text) === hash ? text : undefined;
  }

  /** Adds texts by their hashes. Must be called in a transaction. */
  add(texts: Iterable<readonly [hash: string, text: string]>): void {
    const insert = this.#state.prepare('INSERT OR REPLACE INTO texts VALUES (?, ?, NULL)');
    for (const [hash, text] of texts) insert.run(hash, text);
  }

  /** Deletes the texts that no file has had for a while. Must be called in a transaction. */
  deleteUnused(now: number): void {
    const isUsed = 'hash IN (SELECT hash FROM files)';
    this.#state.exec(`UPDATE texts SET unused = NULL WHERE unused IS NOT NULL AND ${isUsed}`);
    this.#state.prepare('DELETE FROM texts WHERE unused < ?').run(now - grace);
    this.#state.prepare(`UPDATE texts SET unused = ? WHERE unused IS NULL AND NOT ${isUsed}`).run(now);
  }
}

/** Returns the SHA-256 of a text in base64url. */
export function hashText(text: string): string {
  return hash('sha256', text, 'base64url');
}
