import { hash } from 'node:crypto';
import { type ArticleSource, type Instant, instantAt } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { contentHash } from '../folder/seeds/recorded-article.ts';
import { HashSum } from './hash-sum.ts';

/** The articles that were removed from a publication and added to it. */
export interface ContentChange {
  readonly removed: Iterable<ArticleSource>;
  readonly added: Iterable<ArticleSource>;
}

/** What a publication consists of, and since when. */
export class ContentDate {
  /** The sum of all articles. */
  readonly #sum = new HashSum();
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
    for (const source of removed) this.#sum.remove(textOf(source));
    for (const source of added) this.#sum.add(textOf(source));
    const name = `${this.#sum} ${hash('sha256', JSON.stringify(site), 'hex').slice(0, 16)}`;
    if (this.name !== name) this.since = this.name === '' ? changed : laterThan(this.since);
    this.name = name;
    return this.since;
  }
}

function textOf(source: ArticleSource): string {
  const { id, slug } = source.head;
  return `${contentHash(source)} ${slug} ${id}`;
}

/** Returns now, or the next second: readers that only know dates tell two changes apart by their seconds. */
function laterThan(before: Instant): Instant {
  const next = instantAt(Date.parse(before) + 1000);
  const now = instantOf(Date.now()) ?? '';
  return now > next ? now : next;
}
