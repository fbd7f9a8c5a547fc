import { type Article, type Instant, instantAt } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** An article that is gone, which Atom lists for a while (RFC 6721). */
export interface Tombstone {
  readonly id: string;
  readonly when: Instant;
  readonly reason?: string;
}

/** Milliseconds for which a feed lists an article that is gone. */
const duration = 30 * 86_400_000;

/** Returns when the tombstone of an article that left at `when` ends. */
export function tombstoneEnd(when: Instant): Instant {
  return instantAt(Date.parse(when) + duration);
}

/** Returns the earliest moment at which an article left whose tombstone has not ended. */
export function tombstonesSince(now: Instant): Instant {
  return instantAt(Date.parse(now) - duration);
}

/** The articles that a page is cut out of. */
interface Run {
  readonly expiring: Readonly<Record<number, Instant>>;
  articles(positions: readonly number[]): Promise<readonly Article[]>;
}

/** The tombstones of a page, and when they change by themselves. */
export interface Tombstones {
  readonly gone: readonly Tombstone[];
  /** When the last one ended, and when the next one ends. */
  readonly since?: Instant;
  readonly until?: Instant;
}

/**
 * Lists the articles of a run that the publisher withdrew in the last 30 days, and those of `deleted` from that time,
 * newest first. Articles that only expired are left out.
 */
export async function tombstonesOf(run: Run, deleted: readonly Tombstone[], now: Instant): Promise<Tombstones> {
  const since = tombstonesSince(now);
  const isRecent = (when: Instant): boolean => when > since && when <= now;
  const expired = Object.entries(run.expiring);
  const positions = expired.filter(([, expires]) => isRecent(expires)).map(([position]) => Number(position));
  const withdrawn = (positions.length === 0 ? [] : await run.articles(positions)).flatMap(
    ({ id, published, expires, withdrawal }) =>
      withdrawal === undefined || withdrawal.date !== expires || withdrawal.date < published
        ? []
        : [omitUndefined({ id, when: withdrawal.date, reason: withdrawal.reason })],
  );
  const gone = [...withdrawn, ...deleted.filter(({ when }) => isRecent(when))];
  const ends = [...expired.map(([, expires]) => expires), ...deleted.map(({ when }) => when)].map(tombstoneEnd);
  return omitUndefined({
    gone: gone.toSorted(newestFirst),
    since: ends
      .filter((end) => end <= now)
      .toSorted()
      .at(-1),
    until: ends.filter((end) => end > now).toSorted()[0],
  });
}

/** Lists the articles whose files were deleted, for as long as feeds show tombstones. */
export function deletedIn({ articles }: Pick<Ledger, 'articles'>, now: Instant): Tombstone[] {
  return [...articles].flatMap(([id, { withdrawn, ...entry }]) =>
    withdrawn === undefined ? [] : (tombstoneOf(id, { ...entry, withdrawn }, now) ?? []),
  );
}

/**
 * Makes the tombstone of an article that was found missing at `withdrawn`. If its file withdrew it before, that is when
 * and why it left. One that had expired has none.
 */
export function tombstoneOf(
  id: string,
  { withdrawn, expires, reason }: Pick<LedgerEntry, 'expires' | 'reason'> & { readonly withdrawn: Instant },
  now: Instant,
): Tombstone | undefined {
  const hadLeft = expires !== undefined && expires <= withdrawn;
  if (hadLeft && reason === undefined) return undefined;
  const tombstone = hadLeft ? { id, when: expires, ...(reason && { reason }) } : { id, when: withdrawn };
  return tombstone.when > tombstonesSince(now) ? tombstone : undefined;
}

function newestFirst(a: Tombstone, b: Tombstone): number {
  if (a.when !== b.when) return a.when > b.when ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
