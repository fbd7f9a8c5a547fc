import type { ArticleSource, Instant } from '../article/article.ts';
import { type ArticleRun, isDue, type ListedSlice } from './publication.ts';

/** Lists when the scheduled articles of a run, which are its last, become due. */
export function upcomingOf(run: readonly ArticleSource[], now: Instant): Instant[] {
  const due = run.findLastIndex(({ head }) => isDue(head, now)) + 1;
  return run.slice(due).map(({ head }) => head.published);
}

/** Finds when the articles of a run expire. */
export function expiringOf(run: readonly ArticleSource[]): ArticleRun['expiring'] {
  const expiring: Record<number, Instant> = {};
  run.forEach(({ head: { expires } }, position) => {
    if (expires !== undefined) expiring[position] = expires;
  });
  return expiring;
}

/** Lists when a slice of these articles, oldest first, appears and disappears. */
export function turnsOf(sources: readonly ArticleSource[]): ListedSlice['turns'] {
  const turns: Instant[] = [];
  for (const { head } of sources) {
    const { published, expires } = head;
    if (expires !== undefined && expires <= published) continue;
    const end = turns.at(-1);
    if (end === undefined || published > end) turns.push(published);
    else if (expires === undefined || expires > end) turns.pop();
    else continue;
    // It never disappears again.
    if (expires === undefined) break;
    turns.push(expires);
  }
  return turns;
}
