import type { KeptText } from './folder/kept-texts.ts';
import type { KnownPublication } from './folder/known-publication.ts';
import { type KnownSeed, textOf } from './folder/read-seed.ts';
import type { Candidate } from './folder/unique-articles.ts';

/** How long a file must say the same until that counts, in milliseconds. */
const rest = {
  /** For a text that may be the beginning of one; short enough for an editor that ends no last line. */
  ofBeginning: 60,
  /** For a new article without an id of its own, whose end may say another; with all else within a tenth of a second. */
  ofNew: 50,
  /** For other ids and addresses: readers that saw a wrong one for a moment keep a second article for ever. */
  ofOtherId: 1000,
};

/** For how long a text must rest that was longer at each look, and how long one may wait at most that is another each time. */
export const patience = { growing: 300, most: 3000 };

/** For how many milliseconds a file must say a text until that counts. */
export interface NeededRest {
  readonly rest: number;
  readonly text?: KeptText;
}

/** None at all. */
export const none: NeededRest = { rest: 0 };

/** How long an article must rest that may be half written; `before` is what was known of its file. */
export function restOfArticle(before: KnownSeed | undefined, after: KnownSeed | undefined): NeededRest {
  const [known, candidate] = [before?.candidate, after?.candidate];
  const text = candidate && textOf(candidate);
  if (candidate === undefined || text === undefined || candidate.kept) return none;
  if (known !== undefined && isAnother(known, candidate)) return { rest: rest.ofOtherId, text };
  if (known === undefined && !candidate.isIdWritten) return { rest: rest.ofNew, text };
  return { rest: isBeginning(known && textOf(known), text) ? rest.ofBeginning : 0, text };
}

/** Likewise a publication file, on which the ids and addresses of all articles hang. */
export function restOfPublication(before: KnownPublication, after: KnownPublication): NeededRest {
  const [{ site }, { site: other, text }] = [before, after];
  if (!after.isSound || text === undefined) return none;
  if (site.id !== other.id || site.feedId !== other.feedId || site.url !== other.url)
    return { rest: rest.ofOtherId, text };
  return { rest: isBeginning(before.text, text) ? rest.ofBeginning : 0, text };
}

function isAnother(before: Candidate, after: Candidate): boolean {
  const [known, head] = [before.source.head, after.source.head];
  return (
    head.id !== known.id || head.permalink !== known.permalink || (before.isIdWritten && !after.isIdWritten)
  );
}

/** Tells whether a text stops where the one before went on, or in the middle of a line where that did not. */
function isBeginning(before: KeptText | undefined, text: KeptText): boolean {
  if (before === undefined) return !text.endsLine;
  if (text.equals(before)) return false;
  return (before.endsLine && !text.endsLine) || text.isBeginningOf(before);
}
