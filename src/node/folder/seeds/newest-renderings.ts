import type { Article } from '../../../article/article.ts';

/** How many renderings are kept: those of the current page, and of some pages beside it. */
const most = 200;
/** Characters of an article that is too long to be kept. */
const longest = 1_000_000;

/** The newest articles that a process has rendered, by version. The next process need not render them again. */
export class NewestRenderings {
  readonly #published = new Map<string, string>();
  readonly #unwritten = new Map<string, string>();

  /** Notes a rendering that is written already. */
  noteWritten(version: string, { published }: Article): void {
    this.#published.set(version, published);
  }

  add(version: string, article: Article): void {
    if (this.#published.has(version)) return;
    if (this.#published.size >= 2 * most) this.#dropOld();
    this.#published.set(version, article.published);
    const text = JSON.stringify(article);
    if (text.length <= longest) this.#unwritten.set(version, text);
  }

  /** The versions to keep. */
  get versions(): Iterable<string> {
    return this.#published.keys();
  }

  /** Returns what is to be written. */
  unwritten(): readonly (readonly [version: string, article: string])[] {
    if (this.#unwritten.size > 0) this.#dropOld();
    return [...this.#unwritten];
  }

  /** Forgets what was written. */
  forget(written: readonly (readonly [version: string, article: string])[]): void {
    for (const [version] of written) this.#unwritten.delete(version);
  }

  #dropOld(): void {
    const sorted = [...this.#published].toSorted(([, a], [, b]) => (a < b ? 1 : -1));
    for (const [version] of sorted.slice(most)) {
      this.#published.delete(version);
      this.#unwritten.delete(version);
    }
  }
}
