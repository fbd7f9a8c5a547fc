import { hash } from 'node:crypto';
import type { ArticleSource, Instant } from '../../../article/article.ts';
import { hasExpired, isDue, isShown } from '../../../publication/publication.ts';

/** Names articles by everything that they are made of, for the keys of what is made of them. */
export class ArticleNames {
  readonly #now: Instant;
  readonly #facts = new Map<ArticleSource, string>();
  readonly #names = new Map<ArticleSource, string>();

  constructor(now: Instant) {
    this.#now = now;
  }

  /** Names an article; `undefined` while it is unknown what it is made of. */
  of(source: ArticleSource): string | undefined {
    const known = this.#names.get(source);
    if (known !== undefined) return known;
    const facts = this.#factsOf(source);
    if (facts === undefined) return undefined;
    const name = digest(facts);
    this.#names.set(source, name);
    return name;
  }

  /** Names articles as they are stored; `undefined` while one has no name. */
  stored(sources: readonly ArticleSource[]): string | undefined {
    const names = sources.map((source) => this.of(source));
    return names.includes(undefined) ? undefined : names.join();
  }

  /** Names articles as they appear now. */
  shown(sources: readonly ArticleSource[]): string | undefined {
    const stored = this.stored(sources);
    return stored && `${stored} ${this.#appearances(sources)}`;
  }

  /** Names all articles at once as they appear now, faster than each by itself. */
  all(sources: readonly ArticleSource[]): string | undefined {
    const facts: string[] = [];
    for (const source of sources) {
      const one = this.#factsOf(source);
      if (one === undefined) return undefined;
      facts.push(one);
    }
    return `${digest(facts.join())} ${digest(this.#appearances(sources))}`;
  }

  #factsOf(source: ArticleSource): string | undefined {
    const known = this.#facts.get(source);
    if (known !== undefined) return known;
    const { version } = source;
    if (version === undefined) return undefined;
    const { id, slug, permalink } = source.head;
    // The version does not depend on what was published before, as these do.
    const facts = JSON.stringify([version, id, slug, permalink]);
    this.#facts.set(source, facts);
    return facts;
  }

  #appearances(sources: readonly ArticleSource[]): string {
    return sources.map((source) => appearance(source, this.#now)).join('');
  }
}

/** Tells apart how an article appears before it is due, then, while its update lies ahead, and once it has expired. */
function appearance({ head }: ArticleSource, now: Instant): string {
  if (!isDue(head, now)) return '-';
  if (hasExpired(head, now)) return '!';
  const others = (head.translations ?? []).map((one) => (isShown(one, now) ? '+' : '-'));
  return (head.updated > now ? '?' : '.') + others.join('');
}

/** Returns a short name for a text. */
export function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}
