import type { Instant } from '../../article/article.ts';
import type { LedgerFile } from './ledger-file.ts';

/** A feed document as it was when it was last compared. */
export interface RecordedTopic {
  readonly url: string;
  /** Hash of its bytes. */
  readonly hash: string;
  /** Whether the hub has accepted it. */
  readonly isTold: boolean;
}

/** What the hub of a served folder was told, in its ledger. */
export class HubRecord {
  readonly #file: LedgerFile;

  constructor(file: LedgerFile) {
    this.#file = file;
  }

  /** The content whose topics were all recorded last, and when. */
  get compared(): { readonly content: string; readonly at: Instant } | undefined {
    const [content, at] = [this.#file.fact('hubContent'), this.#file.fact('hubComparedAt')];
    return content === undefined || at === undefined ? undefined : { content, at };
  }

  hashOf(url: string): string | undefined {
    const row = this.#file.query('SELECT hash FROM topics WHERE url = ?').get(url);
    return row && String(row.hash);
  }

  /** Lists the topics that the hub has not accepted as they are. */
  untold(): string[] {
    const rows = this.#file.query('SELECT url FROM topics WHERE told = 0').all();
    return rows.map(({ url }) => String(url));
  }

  /** Records changed topics, or all topics of the publication, as of the moment `at`. */
  keep(topics: readonly RecordedTopic[], isAll: boolean, content: string, at: Instant): void {
    const put = this.#file.query('REPLACE INTO topics (url, hash, told) VALUES (?, ?, ?)');
    const set = this.#file.query('REPLACE INTO facts VALUES (?, ?)');
    this.#file.transaction(() => {
      if (isAll) this.#file.query('DELETE FROM topics').run();
      for (const { url, hash, isTold } of topics) put.run(url, hash, Number(isTold));
      set.run('hubContent', content);
      set.run('hubComparedAt', at);
    });
  }

  /** Notes that the hub has accepted a topic. */
  tell(url: string): void {
    this.#file.query('UPDATE topics SET told = 1 WHERE url = ?').run(url);
  }
}
