import { type FileChange, identityOf, isFresh } from '../disk/listed-file.ts';
import type { ChangedPaths } from '../disk/watch-folder.ts';
import type { KeptText } from './kept-texts.ts';
import type { KnownPublication } from './known-publication.ts';
import { type KnownSeed, textOf } from './read-seed.ts';
import type { Candidate } from './unique-articles.ts';

/** A file of which what it says does not count yet. */
interface Unfinished {
  readonly text: KeptText;
  /** Until when it must say nothing else. */
  readonly until: number;
  /** Since when it has been waited for, but for the time in which it only grew. */
  readonly since: number;
  /** What became of it since it last counted. */
  readonly change: FileChange;
}

/** Files that are to be looked at again. */
export interface NextLook {
  readonly paths: readonly string[];
  /** In so many milliseconds. */
  readonly wait: number;
}

const nothing: ReadonlyMap<string, Unfinished> = new Map();

/**
 * The files of a folder that may be half written, which count as they were until they have rested for a while. A file that
 * took another's place was whole when it did so, and never waits.
 */
export class UnfinishedFiles {
  readonly #files = new Map<string, Unfinished>();
  /** Those whose time is up. */
  #due: ReadonlyMap<string, Unfinished> = nothing;
  #found: readonly FileChange[] = [];
  #foundAt: ReadonlyMap<string, FileChange> | undefined;
  #named: ChangedPaths;
  /** When that was found; a file has rested from then on, whenever it is read. */
  #now = 0;

  /** The files that count next, if they say nothing else until then. */
  get next(): NextLook | undefined {
    if (this.#files.size === 0) return undefined;
    const at = Math.min(...[...this.#files.values()].map(({ until }) => until));
    const paths = [...this.#files].filter(([, { until }]) => until <= at).map(([path]) => path);
    return { paths, wait: Math.max(0, at - performance.now()) };
  }

  /** Takes what a look at the files that are `named` found; gives what is to be read, with what was put off until now. */
  take(found: readonly FileChange[], named: ChangedPaths): readonly FileChange[] {
    this.#named = named;
    this.#found = found;
    this.#foundAt = undefined;
    this.#due = nothing;
    this.#now = performance.now();
    if (this.#files.size === 0) return found;
    this.#due = new Map(
      [...this.#files].filter(([path, { until }]) => {
        const change = this.#change(path);
        return change === undefined ? until <= this.#now : change.after === undefined;
      }),
    );
    const unchanged = [...this.#due].filter(([path]) => this.#change(path) === undefined);
    const changes = found
      .map((change) => this.#since(change))
      .concat(unchanged.map(([, { change }]) => change));
    // Those that are no articles any more are not asked for.
    for (const path of this.#due.keys()) this.#files.delete(path);
    return changes;
  }

  /** Tells whether what a file says does not count until the file has rested, for as long as is `needed`. */
  waits(path: string, needed: () => NeededRest): boolean {
    const before = this.#at(path);
    const { rest, text } = this.#isWrittenInPlace(path) ? needed() : none;
    const change = this.#change(path);
    const all = change === undefined ? before?.change : this.#since(change);
    if (text !== undefined && all !== undefined) {
      const time = before?.text.equals(text) ? before : this.#timeFor(text, rest, before);
      if (time.until > this.#now) {
        this.#files.set(path, { text, since: time.since, until: time.until, change: all });
        return true;
      }
    }
    this.#files.delete(path);
    return false;
  }

  /** Whoever only adds to a file is still writing it. */
  #timeFor(
    text: KeptText,
    rest: number,
    before: Unfinished | undefined,
  ): Pick<Unfinished, 'since' | 'until'> {
    if (before?.text.isBeginningOf(text))
      return { since: this.#now, until: this.#now + Math.max(rest, patience.growing) };
    const since = before?.since ?? this.#now;
    return { since, until: Math.min(this.#now + rest, since + patience.most) };
  }

  /** Of some changes, those that count; a file that came and went meanwhile has no part in it. */
  counted(changes: readonly FileChange[]): readonly FileChange[] {
    return changes.filter(
      ({ path, before, after }) => !this.#files.has(path) && (before !== undefined || after !== undefined),
    );
  }

  #at(path: string): Unfinished | undefined {
    return this.#files.get(path) ?? this.#due.get(path);
  }

  #change(path: string): FileChange | undefined {
    this.#foundAt ??= new Map(this.#found.map((change) => [change.path, change]));
    return this.#foundAt.get(path);
  }

  /** What became of a file since it last counted. */
  #since(change: FileChange): FileChange {
    const { change: earlier } = this.#at(change.path) ?? {};
    return earlier === undefined ? change : { ...change, before: earlier.before };
  }

  #isWrittenInPlace(path: string): boolean {
    const how = this.#named?.get(path);
    if (how !== undefined) return how !== 'moved';
    const { before, after } = this.#change(path) ?? {};
    // Nothing was found of one that waits, or is read again for the sake of what it shows.
    if (after === undefined) return this.#at(path) !== undefined;
    return before === undefined ? isFresh(after, Date.now()) : identityOf(before) === identityOf(after);
  }
}

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
const patience = { growing: 300, most: 3000 };

/** For how many milliseconds a file must say a text until that counts. */
interface NeededRest {
  readonly rest: number;
  readonly text?: KeptText;
}

/** None at all. */
const none: NeededRest = { rest: 0 };

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
