import { LazyArticle } from '../render/lazy-article.ts';
import type { FolderState } from './folder-state.ts';
import type { SeedState } from './seed-reader.ts';

/** How many texts are copied at once, so that no request waits noticeably. */
const textsAtOnce = 50;

/** Copies the texts of published articles into the state, in parts. */
export class TextCopier {
  readonly #state: FolderState;
  #rest: Iterator<SeedState> | undefined;

  constructor(state: FolderState) {
    this.#state = state;
  }

  /** Notes that some or all seeds were read. The state may have had no room for the texts of many. */
  noteRead(read: ReadonlySet<string> | undefined, all: ReadonlyMap<string, SeedState>): void {
    if (read === undefined || read.size > textsAtOnce) this.#rest = all.values();
  }

  /** Copies some more texts. Returns whether there may be more. */
  copy(): boolean {
    for (let count = 0; count < textsAtOnce; count++) {
      const next = this.#rest?.next();
      if (next === undefined || next.done === true) {
        this.#rest = undefined;
        return false;
      }
      const source = next.value.article?.source;
      if (!(source instanceof LazyArticle) || this.#state.hasText(source.read.hash)) continue;
      const text = source.renderer.publishedText(source.read);
      if (text !== undefined) this.#state.keep(source.read.hash, text);
    }
    return true;
  }
}
