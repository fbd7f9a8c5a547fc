import { type ArticleSource, oldestFirst } from '../article/article.ts';
import { instantOf } from '../article/date.ts';
import { articlePath } from '../publication/address.ts';
import { publish, type RenderedArticles } from '../publication/memory.ts';
import { type Edition, isDue } from '../publication/publication.ts';
import { slicePath, slicesOf } from '../publication/slice.ts';
import type { FolderReading } from './seed-folder.ts';

/** The editions that a server serves one after the other, each of which takes over what the one before has worked out. */
export class ServedEditions {
  /** The paths of all articles and slices that were served. */
  readonly #gone = new Set<string>();
  #rendered: RenderedArticles = new Map();
  #ordered: readonly ArticleSource[] = [];
  #known: ReadonlySet<ArticleSource> = new Set();

  /** Makes the edition that a folder has now. */
  next({ site, sources, changed }: FolderReading): Edition {
    const now = instantOf(Date.now()) ?? '';
    const known = this.#known;
    this.#known = new Set(sources);
    const still = this.#known;
    // The edition before keeps what it rendered: it is still asked what it showed.
    this.#rendered = new Map(this.#rendered);
    for (const source of this.#ordered) {
      if (still.has(source)) continue;
      this.#rendered.delete(source);
      if (!isDue(source.head, now)) continue;
      this.#gone.add(articlePath(source.head.slug));
      for (const slice of slicesOf(source.head, site)) this.#gone.add(slicePath(slice));
    }
    const stayed = this.#ordered.filter((source) => still.has(source));
    this.#ordered = merged(
      stayed,
      sources.filter((source) => !known.has(source)),
    );
    return publish(site, this.#ordered, now, { gone: this.#gone, changed, rendered: this.#rendered });
  }
}

/** Puts articles among others that are in order already, so that one among ten thousand takes no time to speak of. */
function merged(ordered: readonly ArticleSource[], added: readonly ArticleSource[]): ArticleSource[] {
  const all: ArticleSource[] = [];
  let index = 0;
  for (const source of added.toSorted((a, b) => oldestFirst(a.head, b.head))) {
    for (let next = ordered[index]; next !== undefined; next = ordered[++index]) {
      if (oldestFirst(next.head, source.head) > 0) break;
      all.push(next);
    }
    all.push(source);
  }
  return all.concat(ordered.slice(index));
}
