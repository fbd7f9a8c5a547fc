import { setImmediate } from 'node:timers/promises';
import { type LedgerEntry, reasonIn } from '../../publication/ledger.ts';
import { recordedArticle } from '../folder/seeds/recorded-article.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';
import type { LedgerFile } from './ledger-file.ts';

/** What a ledger still has to record. */
export interface Unrecorded {
  /** The ids of articles that are gone. */
  readonly gone: readonly string[];
  /** The articles that are published and not recorded as they are. */
  readonly fresh: readonly SeedArticle[];
}

/** The entries that are compared at once. */
const atOnce = 500;

/** Compares every entry of a ledger with the articles that are published. The files' names begin with `prefix`. */
export async function compareLedger(
  file: LedgerFile,
  articles: readonly SeedArticle[],
  prefix: string,
): Promise<Unrecorded> {
  const left = new Map(articles.map((article) => [article.source.head.id, article]));
  const gone: string[] = [];
  const fresh: SeedArticle[] = [];
  for (let last = ''; ; ) {
    // Waiting requests come first.
    await setImmediate();
    const page = file.entriesAfter(last, atOnce);
    for (const [id, entry] of page) {
      const article = left.get(id);
      left.delete(id);
      if (article === undefined) gone.push(id);
      else if (!isRecorded(entry, article, prefix)) fresh.push(article);
    }
    last = page.at(-1)?.[0] ?? '';
    if (page.length < atOnce) return { gone, fresh: [...fresh, ...left.values()] };
  }
}

function isRecorded(entry: LedgerEntry, article: SeedArticle, prefix: string): boolean {
  const { slug, title, expires } = article.source.head;
  const { file, hash } = recordedArticle(article, prefix);
  return (
    entry.withdrawn === undefined &&
    entry.hash === hash &&
    entry.file === file &&
    entry.slug === slug &&
    entry.title === title &&
    entry.expires === expires &&
    entry.reason === reasonIn(article.source.head)
  );
}
