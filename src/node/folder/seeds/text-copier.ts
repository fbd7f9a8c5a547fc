import { LazyArticle } from '../render/lazy-article.ts';
import type { FolderState } from './folder-state.ts';
import type { SeedArticle, SeedStates } from './seed-article.ts';

/** Texts copied, and hashes listed or checked, in one turn, so that no request waits noticeably. */
const atOnce = { texts: 50, hashes: 2000 };

/** Copies the texts of published articles into the state, in parts. */
export class TextCopier {
  readonly #state: FolderState;
  #rest: Iterator<SeedArticle> | undefined;
  /** The hashes of the texts in the state, which are listed first: a query for each would take longer than a start. */
  #known: Set<string> | undefined;
  #lastListed = '';

  constructor(state: FolderState) {
    this.#state = state;
  }

  /** Notes that some or all seeds were read. The state may have had no room for the texts of many. */
  noteRead(read: ReadonlySet<string> | undefined, all: SeedStates): void {
    if (read === undefined || read.size > atOnce.texts) this.#rest = all.articles();
  }

  /** Copies some more texts. Returns whether there may be more. */
  copy(): boolean {
    const rest = this.#rest;
    if (rest === undefined) return false;
    if (this.#known === undefined || this.#lastListed !== '') {
      this.#list();
      return true;
    }
    for (let looked = 0, copied = 0; looked < atOnce.hashes && copied < atOnce.texts; looked++) {
      const next = rest.next();
      if (next.done === true) {
        this.#rest = undefined;
        this.#known = undefined;
        return false;
      }
      const { source } = next.value;
      if (!(source instanceof LazyArticle) || this.#known.has(source.read.hash)) continue;
      this.#known.add(source.read.hash);
      const text = source.renderer.publishedText(source.read);
      if (text !== undefined) this.#state.keep(source.read.hash, text);
      copied++;
    }
    return true;
  }

  #list(): void {
    this.#known ??= new Set();
    const hashes = this.#state.textsAfter(this.#lastListed, atOnce.hashes);
    for (const hash of hashes) this.#known.add(hash);
    this.#lastListed = hashes.length < atOnce.hashes ? '' : (hashes.at(-1) ?? '');
  }
}
