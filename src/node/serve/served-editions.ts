import { setTimeout } from 'node:timers/promises';
import { type ArticleSource, oldestFirst } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import { formats } from '../../feed/formats.ts';
import type { Answerer } from '../../http/answer.ts';
import { routes } from '../../http/routes.ts';
import { articlePath } from '../../publication/address.ts';
import { formerPath } from '../../publication/former.ts';
import { publish, type RenderedArticles } from '../../publication/memory.ts';
import { type Edition, isDue } from '../../publication/publication.ts';
import { slicePath, slicesOf } from '../../publication/slice.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { lowerBound } from '../folder/ordered-articles.ts';

/** The editions that a server serves one after the other, each of which takes over what the one before has worked out. */
export class ServedEditions {
  /** The paths of all articles and slices that were served. */
  readonly #gone = new Set<string>();
  /** The paths at which all articles stood that were served, before the site came here. */
  readonly #formerGone = new Set<string>();
  #rendered: RenderedArticles = new Map();
  #sources: readonly ArticleSource[] = [];
  #ordered: readonly ArticleSource[] = [];

  /** Makes the edition that a folder has now. */
  next({ site, sources, changed }: FolderSnapshot): Edition {
    const now = instantOf(Date.now()) ?? '';
    const { gone, added } = differenceOf(this.#sources, sources);
    this.#sources = sources;
    // The edition before keeps what it rendered: it is still asked what it showed.
    this.#rendered = new Map(this.#rendered);
    for (const source of gone) {
      this.#rendered.delete(source);
      if (!isDue(source.head, now)) continue;
      this.#gone.add(articlePath(source.head.slug));
      const former = formerPath(source.head, site);
      if (former !== undefined) this.#formerGone.add(former);
      for (const slice of slicesOf(source.head, site)) this.#gone.add(slicePath(slice));
    }
    const stayed = gone.size === 0 ? this.#ordered : this.#ordered.filter((source) => !gone.has(source));
    this.#ordered = merged(stayed, added);
    const history = {
      gone: this.#gone,
      formerGone: this.#formerGone,
      changed,
      rendered: this.#rendered,
      isOrdered: true,
    };
    return publish(site, this.#ordered, now, history);
  }
}

/** What is in one list and not in another; both are mostly the same from both ends on. */
function differenceOf(before: readonly ArticleSource[], after: readonly ArticleSource[]) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const gone = new Set(before.slice(start, before.length - end));
  const added = after.slice(start, after.length - end).filter((source) => !gone.delete(source));
  return { gone, added };
}

/** Puts articles among others that are in order already, so that one among ten thousand takes no time to speak of. */
function merged(
  ordered: readonly ArticleSource[],
  added: readonly ArticleSource[],
): readonly ArticleSource[] {
  const inOrder = added.toSorted((a, b) => oldestFirst(a.head, b.head));
  if (ordered.length === 0 || inOrder.length === 0) return ordered.concat(inOrder);
  const parts: (readonly ArticleSource[])[] = [];
  let from = 0;
  for (const source of inOrder) {
    const isBefore = (index: number): boolean => {
      const other = ordered[index];
      return other !== undefined && oldestFirst(other.head, source.head) <= 0;
    };
    const to = lowerBound(ordered.length, isBefore, from);
    parts.push(ordered.slice(from, to), [source]);
    from = to;
  }
  return [...parts, ordered.slice(from)].flat();
}

/** How long between two formats those are answered who wait for the one that is made, in milliseconds. */
const pause = 20;

/** Has the publication's feeds at hand before they are asked for, the first format first. */
export async function prepareFeeds(answerer: Answerer, editionOf: () => Edition): Promise<void> {
  const edition = editionOf();
  for (const { file } of formats) {
    const route = routes.find(({ path }) => path === `/${file}`);
    // Whoever asks for one that can't be made is told.
    if (route !== undefined) await answerer.prepare(edition, route, Date.now()).catch(() => {});
    await setTimeout(pause, undefined, { ref: false });
    if (editionOf() !== edition) return;
  }
}
