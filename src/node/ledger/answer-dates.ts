import type { LastAnswer, LastAnswers } from '../../http/cache/document-cache.ts';
import type { LedgerFile } from './ledger-file.ts';

/** How many addresses keep their date, at least; twice as many are stored. */
const limit = 10_000;

/** The validators of last answers in a ledger, so that Last-Modified survives a restart. */
export class AnswerDates implements LastAnswers {
  readonly #file: LedgerFile;
  readonly #onError: (error: unknown) => void;
  readonly #unwritten = new Map<string, LastAnswer>();
  #isClosed = false;

  constructor(file: LedgerFile, onError: (error: unknown) => void) {
    this.#file = file;
    this.#onError = onError;
  }

  find(path: string): LastAnswer | undefined {
    if (this.#isClosed) return undefined;
    const row = this.#file.query('SELECT etag, modified FROM answers WHERE path = ?').get(path);
    return this.#unwritten.get(path) ?? (row && { etag: String(row.etag), modified: String(row.modified) });
  }

  keep(path: string, answer: LastAnswer): void {
    // Feeds may still be prepared when the last request is answered.
    if (this.#isClosed) return;
    // Written together, once the waiting requests are answered.
    if (this.#unwritten.size === 0) setImmediate(() => this.#write());
    this.#unwritten.set(path, answer);
  }

  /** Writes what is not written yet, and stops. */
  close(): void {
    this.#write();
    this.#isClosed = true;
  }

  #write(): void {
    if (this.#unwritten.size === 0) return;
    const answers = [...this.#unwritten];
    this.#unwritten.clear();
    try {
      this.#file.transaction(() => {
        const put = this.#file.query('REPLACE INTO answers (path, etag, modified) VALUES (?, ?, ?)');
        for (const [path, { etag, modified }] of answers) put.run(path, etag, modified);
        // A replaced row gets a new number, so that the lowest numbers are the oldest answers.
        this.#file.query('DELETE FROM answers WHERE rowid <= (SELECT max(rowid) FROM answers) - ?').run(2 * limit);
      });
    } catch (error) {
      this.#onError(error);
    }
  }
}
