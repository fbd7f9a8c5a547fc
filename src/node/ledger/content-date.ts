import { hash } from 'node:crypto';
import { type ArticleSource, type Instant, instantAt } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import { fnv1a } from '../../publication/slice.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { contentHash } from '../folder/seeds/recorded-article.ts';

/** The articles that were removed from a publication and added to it. */
export interface ContentChange {
  readonly removed: Iterable<ArticleSource>;
  readonly added: Iterable<ArticleSource>;
}

/** What a publication consists of, and since when. */
export class ContentDate {
  /** The sum of the hashes of all articles, so that one change among thousands needs no look at the others. */
  #sum = 0n;
  /** Names the content, across processes and machines; empty if it is not known. */
  name: string;
  since: Instant;

  constructor(name = '', since: Instant = '') {
    this.name = name;
    this.since = since;
  }

  /**
   * Returns when the publication last changed. The date stays the same while the content does, and never moves back. If
   * nothing was known before, it is that of the files.
   */
  changed({ site, changed }: Pick<FolderSnapshot, 'site' | 'changed'>, { removed, added }: ContentChange): Instant {
    let sum = this.#sum;
    for (const source of removed) sum -= hashOf(source);
    for (const source of added) sum += hashOf(source);
    this.#sum = BigInt.asUintN(64, sum);
    const name = `${this.#sum.toString(16)} ${hash('sha256', JSON.stringify(site), 'hex').slice(0, 16)}`;
    if (this.name !== name) this.since = this.name === '' ? changed : laterThan(this.since);
    this.name = name;
    return this.since;
  }
}

function hashOf(source: ArticleSource): bigint {
  const { id, slug } = source.head;
  const text = `${contentHash(source)} ${slug} ${id}`;
  // A hundred thousand SHA-256 would take as long as the rest of a start.
  return (BigInt(fnv1a(text)) << 32n) | BigInt(fnv1a(`+${text}`));
}

/** Returns now, or the next second: readers that only know dates tell two changes apart by their seconds. */
function laterThan(before: Instant): Instant {
  const next = instantAt(Date.parse(before) + 1000);
  const now = instantOf(Date.now()) ?? '';
  return now > next ? now : next;
}
