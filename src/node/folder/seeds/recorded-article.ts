import { hash as digest } from 'node:crypto';
import type { ArticleSource } from '../../../article/article.ts';
import { inheritsNothing } from '../../../article/front-matter/inherited.ts';
import type { RecordedArticle } from '../../../publication/ledger.ts';
import { LazyArticle } from '../render/lazy-article.ts';
import type { SeedArticle } from './seed-article.ts';

/** Returns what the ledger records of an article, whose file's name begins with `prefix`. */
export function recordedArticle({ file, source }: SeedArticle, prefix: string): RecordedArticle {
  return { head: source.head, file: file.slice(prefix.length), hash: contentHash(source) };
}

/**
 * Hashes what an article says: its text, and what it inherits. It stays the same on every machine and in every version,
 * whatever the dates of the files, and when the file is renamed. Of the authors in data files, only its own count.
 */
export function contentHash(source: ArticleSource): string {
  if (!(source instanceof LazyArticle)) return '';
  const { hash, inherited } = source.read;
  const text = hash.slice(0, 16);
  if (inherited === undefined) return text;
  const { authors, ...rules } = inherited;
  return [text, ...hashOf(inherited, rules), ...(authors === undefined ? [] : hashOf(source.head.authors))].join('-');
}

/** Cached, since a whole folder inherits the same, and many articles have the same authors. */
const hashes = new WeakMap<object, readonly string[]>();
const nothing: readonly string[] = ['[]', JSON.stringify(inheritsNothing, withEntries)];

/** Returns the hash of a value, none if the value says nothing, and remembers it by `key`. */
function hashOf(key: object, value: unknown = key): readonly string[] {
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(value, withEntries);
  const hash = nothing.includes(text) ? [] : [digest('sha256', text, 'base64url').slice(0, 8)];
  hashes.set(key, hash);
  return hash;
}

function withEntries(_: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
