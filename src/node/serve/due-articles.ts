import type { Instant } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Watch } from '../disk/watch-folder.ts';

/** Waits for the moments at which articles appear that lie ahead. */
export interface DueArticles extends Watch {
  /** Takes note that another edition is served. */
  follow(edition: Edition): void;
}

/** A machine that sleeps loses time, so the clock is looked at again; and no timer waits for a month. */
const longestSleep = 60_000;

/** Calls `onDue` when articles appear that are published later than `after` and not later than `until`. */
export function awaitDue(first: Edition, onDue: (after: Instant, until: Instant) => void): DueArticles {
  let edition = first;
  let seen = instantOf(Date.now()) ?? '';
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const after = seen;
    const next = edition.nextDue(after);
    if (next === undefined) return;
    const left = Date.parse(next) - Date.now();
    if (left > 0) {
      timer = setTimeout(look, Math.min(left, longestSleep)).unref();
      return;
    }
    seen = instantOf(Date.now()) ?? '';
    onDue(after, seen);
    look();
  };
  look();
  return {
    follow: (next) => {
      clearTimeout(timer);
      // What the edition before had to come may be due by now.
      look();
      clearTimeout(timer);
      edition = next;
      seen = instantOf(Date.now()) ?? '';
      look();
    },
    close: () => clearTimeout(timer),
  };
}
