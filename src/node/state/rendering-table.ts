import { crc32 } from 'node:zlib';
import type { StateFile } from './state-file.ts';

/** SQL for the table of {@link RenderingTable}. */
export const renderingTable = `
  CREATE TABLE renderings (version TEXT PRIMARY KEY, article TEXT NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Rendered articles by their versions. One that is damaged counts as missing. */
export class RenderingTable {
  readonly #state: StateFile;

  constructor(state: StateFile) {
    this.#state = state;
  }

  /** Returns the JSON of an article. */
  get(version: string): string | undefined {
    return whole(this.#state.prepare('SELECT article, sum FROM renderings WHERE version = ?').get(version));
  }

  /** Returns the JSON of all articles by their versions. */
  all(): ReadonlyMap<string, string> {
    const rows = this.#state.prepare('SELECT * FROM renderings').all();
    const articles = rows.map((row) => [String(row.version), whole(row)] as const);
    return new Map(articles.flatMap(([version, article]) => (article === undefined ? [] : [[version, article]])));
  }

  /** Adds articles, and deletes all but those of the versions `kept`. Must be called in a transaction. */
  replace(added: Iterable<readonly [version: string, article: string]>, kept: Iterable<string>): void {
    const insert = this.#state.prepare('INSERT OR REPLACE INTO renderings VALUES (?, ?, ?)');
    for (const [version, article] of added) insert.run(version, article, crc32(article));
    this.#state
      .prepare('DELETE FROM renderings WHERE version NOT IN (SELECT value FROM json_each(?))')
      .run(JSON.stringify([...kept]));
  }
}

/** Returns the article of a row, unless the row is damaged. */
function whole(row: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return typeof row?.article === 'string' && row.sum === crc32(row.article) ? row.article : undefined;
}
