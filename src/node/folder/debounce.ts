import type { OffHeapText } from './off-heap-text.ts';
import type { PublicationState } from './publication-state.ts';
import type { SeedArticle } from './seed-article.ts';
import { type SeedState, seedText } from './seed-reader.ts';

/** How long a text must stay unchanged before it is published. Without a text nothing waits. */
export interface Debounce {
  readonly milliseconds: number;
  readonly text?: OffHeapText;
}

const none: Debounce = { milliseconds: 0 };

const debounce = {
  /** For a text that may be a beginning. Short, because some editors do not end the last line. */
  beginning: 60,
  /** For a new article without a written id, whose end may still set one. It shows within a tenth of a second. */
  newArticle: 50,
  /** For a changed id or address: a reader that sees a wrong one keeps a second article forever. */
  changedId: 1000,
};

/** Returns how long an article that was written in place must stay unchanged. */
export function articleDebounce(before: SeedState | undefined, after: SeedState | undefined): Debounce {
  const [old, article] = [before?.article, after?.article];
  const text = article && seedText(article);
  if (article === undefined || text === undefined || article.isStale) return none;
  if (old !== undefined && hasOtherId(old, article)) return { milliseconds: debounce.changedId, text };
  if (old === undefined && !article.isIdWritten) return { milliseconds: debounce.newArticle, text };
  return { milliseconds: isBeginning(old && seedText(old), text) ? debounce.beginning : 0, text };
}

/** Returns the same for the publication file, which determines the ids and addresses of all articles. */
export function publicationDebounce(before: PublicationState, after: PublicationState): Debounce {
  const [{ site: old }, { site, text }] = [before, after];
  if (!after.isSound || text === undefined) return none;
  if (old.id !== site.id || old.feedId !== site.feedId || old.url !== site.url)
    return { milliseconds: debounce.changedId, text };
  return { milliseconds: isBeginning(before.text, text) ? debounce.beginning : 0, text };
}

function hasOtherId(before: SeedArticle, after: SeedArticle): boolean {
  const [old, head] = [before.source.head, after.source.head];
  return head.id !== old.id || head.permalink !== old.permalink || (before.isIdWritten && !after.isIdWritten);
}

/** Reports whether a text is a beginning of the previous one, or stops within a line although that did not. */
function isBeginning(before: OffHeapText | undefined, text: OffHeapText): boolean {
  if (before === undefined) return !text.endsLine;
  if (text.equals(before)) return false;
  return (before.endsLine && !text.endsLine) || text.isBeginningOf(before);
}
