import { setImmediate } from 'node:timers/promises';
import { recordedArticle } from '../folder/seeds/recorded-article.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';
import { codeVersion } from '../state/code-version.ts';
import { HashSum } from './hash-sum.ts';

/** Articles added in one turn, so that requests don't wait. */
const atOnce = 2000;

/**
 * Names the published articles as a ledger records them: if the ledger has the same stamp, a start compares nothing.
 * The title and the dates follow from the text, the code and the time zone.
 */
export class LedgerStamp {
  readonly #prefix: string;
  readonly #sum: HashSum;

  /** The names of the articles' files begin with `prefix`. The stamp begins as a copy of another. */
  constructor(prefix: string, from?: LedgerStamp) {
    this.#prefix = prefix;
    this.#sum = new HashSum(from === undefined ? undefined : from.#sum);
  }

  add(article: SeedArticle): void {
    this.#sum.add(this.#textOf(article));
  }

  remove(article: SeedArticle): void {
    this.#sum.remove(this.#textOf(article));
  }

  /** Adds all articles of a folder. */
  async addAll(articles: readonly SeedArticle[]): Promise<void> {
    for (const [index, article] of articles.entries()) {
      if (index % atOnce === 0) await setImmediate();
      this.add(article);
    }
  }

  /** Returns the stamp. Articles whose files are `broken` stay recorded as published. */
  with(broken: ReadonlySet<string>, timezone: string): string {
    return [this.#sum, codeVersion(), timezone, ...[...broken].sort()].join(' ');
  }

  #textOf(article: SeedArticle): string {
    const { hash, file } = recordedArticle(article, this.#prefix);
    const { id, slug } = article.source.head;
    return `${hash} ${slug} ${id} ${file}`;
  }
}
