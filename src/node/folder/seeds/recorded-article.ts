import { hash as digest } from 'node:crypto';
import type { ArticleSource } from '../../../article/article.ts';
import type { Inherited } from '../../../article/front-matter/inherited.ts';
import type { RecordedArticle } from '../../../publication/ledger.ts';
import { LazyArticle } from '../render/lazy-article.ts';
import type { SeedArticle } from './seed-article.ts';

/** Returns what the ledger records of an article, whose file's name begins with `prefix`. */
export function recordedArticle({ file, source }: SeedArticle, prefix: string): RecordedArticle {
  return { head: source.head, file: file.slice(prefix.length), hash: contentHash(source) };
}

/**
 * Hashes what an article says: its text, and what it inherits. It stays the same on every machine and in every version,
 * whatever the dates of the files, and when the file is renamed.
 */
export function contentHash(source: ArticleSource): string {
  if (!(source instanceof LazyArticle)) return '';
  const { hash, inherited } = source.read;
  const text = hash.slice(0, 16);
  return inherited === undefined ? text : `${text}-${hashOf(inherited)}`;
}

/** Cached, since a whole folder inherits the same. */
const hashes = new WeakMap<Inherited, string>();

function hashOf(inherited: Inherited): string {
  const known = hashes.get(inherited) ?? digest('sha256', JSON.stringify(inherited), 'base64url').slice(0, 8);
  hashes.set(inherited, known);
  return known;
}
