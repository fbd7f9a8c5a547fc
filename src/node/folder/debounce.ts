import type { Debounce } from './changes/pending-files.ts';
import type { PublicationState } from './publication-state.ts';
import { LazyArticle } from './render/lazy-article.ts';
import type { SeedArticle, SeedState } from './seeds/seed-article.ts';

const none: Debounce = { milliseconds: 0 };

const debounce = {
  /** For a text that may be a beginning. Short, because some editors do not end the last line. */
  beginning: 60,
  /** For a new article without a written id, whose end may still set one. It shows within a tenth of a second. */
  newArticle: 50,
  /** For a changed id or address: a reader that sees a wrong one keeps a second article forever. */
  changedId: 1000,
};

/** Returns the text with a hash; `undefined` if it is lost. */
type TextOf = (hash: string) => string | undefined;

/** Returns how long an article that was written in place must stay unchanged. */
export function articleDebounce(before: SeedState | undefined, after: SeedState | undefined, textOf: TextOf): Debounce {
  const [old, article] = [before?.article, after?.article];
  const text = article && seedText(article, textOf);
  if (article === undefined || text === undefined || article.isStale) return none;
  if (old !== undefined && hasOtherId(old, article)) return { milliseconds: debounce.changedId, text };
  if (old === undefined && !article.isIdWritten) return { milliseconds: debounce.newArticle, text };
  return { milliseconds: isBeginning(old && seedText(old, textOf), text) ? debounce.beginning : 0, text };
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
function isBeginning(before: string | undefined, text: string): boolean {
  if (before === undefined) return !endsLine(text);
  if (text === before) return false;
  return (endsLine(before) && !endsLine(text)) || before.startsWith(text);
}

function endsLine(text: string): boolean {
  return /[\r\n]$/.test(text);
}

function seedText({ source }: SeedArticle, textOf: TextOf): string | undefined {
  return source instanceof LazyArticle ? (source.read.text ?? textOf(source.read.hash)) : undefined;
}
