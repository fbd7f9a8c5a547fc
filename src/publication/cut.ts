import type { Instant } from '../article/article.ts';
import type { ArticleRun } from './publication.ts';

/** What pages are cut by: all that is known of a run without its articles. */
export type RunFacts = Pick<ArticleRun, 'count' | 'upcoming' | 'expiring' | 'published'>;

/** What is cut out of a run for a page. */
export interface Cut {
  /** Where the articles stand that the page shows. */
  readonly positions: readonly number[];
  readonly archive: number | undefined;
  /** The number of archive pages before it. */
  readonly older: number;
  /** Whether the oldest of these articles is also on the archive page before it. */
  readonly overlaps: boolean;
  /** When an article of the page last expired. */
  readonly changed: Instant | undefined;
}

/**
 * Cuts a page out of a run; `undefined` if it has no such page.
 *
 * Archive page n holds the n-th `items` articles, counted from the oldest. It exists once it is full and an article
 * with a later date follows, so that adding an article never changes it (RFC 5005 §4). An article with the same date,
 * as on a day without times, could still be sorted before its last. An article that expires only leaves its page: no
 * other moves to another page, and an empty page still leads to the older ones. The current page holds the newest
 * `items` articles that have not expired, and all others that are in no archive page. A run that fits on its current
 * page has no archive.
 *
 * The archive page after the newest one is not full yet, and until then equals the current page. So the newest archive
 * page can name its successor from the first day, and that link always works.
 */
export async function cutOf(
  run: RunFacts,
  items: number,
  asked: number | undefined,
  now: Instant,
): Promise<Cut | undefined> {
  const due = countDue(run, now);
  const full = due > items ? Math.floor(due / items) : 0;
  // Older archive pages are followed by a full page, so they need no check.
  const isSettled = (asked ?? full) < full || full === 0 || (await isFollowedLater(run, full * items, due));
  const archives = isSettled ? full : full - 1;
  const filling = archives > 0 && asked === archives + 1;
  const archive = filling ? undefined : asked;
  if (archive !== undefined && !(Number.isInteger(archive) && archive >= 1 && archive <= archives)) {
    return undefined;
  }
  const end = archive === undefined ? due : archive * items;
  const older = archive === undefined ? archives : archive - 1;
  const positions: number[] = [];
  const expired: Instant[] = [];
  for (let i = end - 1; i >= older * items || (archive === undefined && i >= 0 && positions.length < items); i--) {
    const expires = run.expiring[i];
    if (expires !== undefined && expires <= now) expired.push(expires);
    else positions.push(i);
  }
  const overlaps = (positions.at(-1) ?? end) < older * items;
  return { positions: positions.reverse(), archive, older, overlaps, changed: expired.toSorted().at(-1) };
}

/** Counts the articles of a run that are published by `now`, expired ones included. */
export function countDue({ count, upcoming }: Pick<RunFacts, 'count' | 'upcoming'>, now: Instant): number {
  return count - upcoming.filter((instant) => instant > now).length;
}

/** Counts the articles of a run that were published and have expired by `now`. */
export function countExpired(run: Omit<RunFacts, 'published'>, now: Instant): number {
  const due = countDue(run, now);
  return Object.entries(run.expiring).filter(([i, expires]) => Number(i) < due && expires <= now).length;
}

/** Reports whether the last article before `due` has a later date than the last one before `end`. */
async function isFollowedLater(run: RunFacts, end: number, due: number): Promise<boolean> {
  if (due === end) return false;
  // In sequence, because at the edge both reads share objects.
  const last = await run.published(end - 1);
  const newest = await run.published(due - 1);
  return last !== undefined && newest !== undefined && last < newest;
}
