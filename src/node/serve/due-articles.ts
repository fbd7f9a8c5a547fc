import type { Instant } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Watch } from '../disk/watch-folder.ts';

/** Waits for the moments at which articles appear or expire. */
export interface DueArticles extends Watch {
  /** Waits for the articles of a new edition instead. */
  follow(edition: Edition): void;
}

/**
 * Milliseconds until the clock is checked again: a timer loses the time in which the machine sleeps, and can't last a
 * month.
 */
const longestSleep = 60_000;

/** Calls `onDue` when there are articles that appear or expire after `after` and not after `until`. */
export function awaitDueArticles(first: Edition, onDue: (after: Instant, until: Instant) => void): DueArticles {
  let edition = first;
  let seen = instantOf(Date.now()) ?? '';
  let timer: NodeJS.Timeout | undefined;
  const check = (): void => {
    const after = seen;
    const next = edition.nextDue(after);
    if (next === undefined) return;
    const left = Date.parse(next) - Date.now();
    if (left > 0) {
      timer = setTimeout(check, Math.min(left, longestSleep)).unref();
      return;
    }
    seen = instantOf(Date.now()) ?? '';
    onDue(after, seen);
    check();
  };
  check();
  return {
    follow: (next) => {
      clearTimeout(timer);
      // Articles of the previous edition may be due by now.
      check();
      clearTimeout(timer);
      edition = next;
      seen = instantOf(Date.now()) ?? '';
      check();
    },
    close: () => clearTimeout(timer),
  };
}
