import { hash } from 'node:crypto';
import type { ArticleSource } from '../../article/article.ts';
import type { RecordedArticle } from '../../publication/ledger.ts';
import { LazyArticle } from './lazy-article.ts';
import type { SeedArticle } from './seed-article.ts';

/** Returns what the ledger records of an article, whose file's name begins with `prefix`. */
export function recordedArticle(article: SeedArticle, prefix: string): RecordedArticle {
  const { file, source } = article;
  return { head: source.head, file: file.slice(prefix.length), hash: contentHash(source) };
}

/**
 * Hashes what an article says: its text, and what it inherits. It stays the same on every machine, whatever the dates of
 * the files, and when the file is renamed.
 */
export function contentHash(source: ArticleSource): string {
  const known = hashes.get(source);
  if (known !== undefined) return known;
  const { id: _, plainId: __, slug: ___, permalink: ____, section: _____, ...stated } = source.head;
  const text = `${JSON.stringify(stated)}\n${source instanceof LazyArticle ? source.read.hash : undefined}`;
  const made = hash('sha256', text, 'base64url').slice(0, 12);
  hashes.set(source, made);
  return made;
}

/** Cached, because each edition asks for all of them. */
const hashes = new WeakMap<ArticleSource, string>();
