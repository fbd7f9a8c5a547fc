import type { Article } from '../../../article/article.ts';

/** An article that was rendered, with its version. */
export type Rendering = readonly [version: string, article: Article];

/** Characters of an article that is too long to be kept. */
const longest = 1_000_000;

/** The newest articles that a process has rendered, so that the next one need not render them again. */
export class NewestRenderings {
  #versions = new Set<string>();
  readonly #unwritten = new Map<string, string>();

  /** Notes that a rendering is written already. */
  noteWritten(version: string): void {
    this.#versions.add(version);
  }

  /** Keeps these renderings, and no others. */
  replace(renderings: readonly Rendering[]): void {
    const before = this.#versions;
    this.#versions = new Set(renderings.map(([version]) => version));
    for (const version of this.#unwritten.keys()) if (!this.#versions.has(version)) this.#unwritten.delete(version);
    for (const [version, article] of renderings) {
      if (before.has(version)) continue;
      const text = JSON.stringify(article);
      if (text.length <= longest) this.#unwritten.set(version, text);
    }
  }

  /** The versions to keep. */
  get versions(): Iterable<string> {
    return this.#versions;
  }

  /** Returns what is to be written, in JSON. */
  unwritten(): readonly (readonly [version: string, article: string])[] {
    return [...this.#unwritten];
  }

  /** Forgets what was written. */
  forget(written: readonly (readonly [version: string, article: string])[]): void {
    for (const [version] of written) this.#unwritten.delete(version);
  }
}
