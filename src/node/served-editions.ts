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

  /** Makes the edition that a folder has now. */
  next({ site, sources, changed }: FolderReading): Edition {
    const now = instantOf(Date.now()) ?? '';
    const still = new Set(sources);
    const kept: ArticleSource[] = [];
    // The edition before keeps what it rendered: it is still asked what it showed.
    this.#rendered = new Map(this.#rendered);
    for (const source of this.#ordered) {
      if (still.delete(source)) {
        kept.push(source);
        continue;
      }
      this.#rendered.delete(source);
      if (!isDue(source.head, now)) continue;
      this.#gone.add(articlePath(source.head.slug));
      for (const slice of slicesOf(source.head, site)) this.#gone.add(slicePath(slice));
    }
    // Those that stay are in order, so that to sort them with the others takes no time to speak of.
    this.#ordered = [...kept, ...still].sort((a, b) => oldestFirst(a.head, b.head));
    return publish(site, this.#ordered, now, { gone: this.#gone, changed, rendered: this.#rendered });
  }
}
