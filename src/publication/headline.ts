import { type ArticleHead, type Instant, oldestFirst } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { localMonth } from './words/local-time.ts';

/** What a list of links says about an article. */
export type Headline = Pick<ArticleHead, 'slug' | 'title' | 'published' | 'expires' | 'section' | 'language'>;

/** The headline of an article in a group, whose page does not link to its translations as to other articles. */
export interface OwnHeadline extends Headline {
  /** The slugs of its translations; absent without any. */
  readonly translations?: readonly string[];
}

/** The headlines of some successive articles of a publication, oldest first, and those that their pages link to. */
export interface HeadlineGroup {
  /** The last article before the group, and the last three of each section. None of them expires. */
  readonly before: readonly Headline[];
  readonly own: readonly OwnHeadline[];
  /** The first article after the group that does not expire. */
  readonly after?: Headline;
}

/** What the page of an article links to. */
export interface Neighbors {
  readonly older?: Headline;
  readonly newer?: Headline;
  /** The articles of the same section before it, the newest first. */
  readonly more: readonly Headline[];
}

/** The number of earlier articles of the section that a page links to. */
export const moreLimit = 3;

/** The most headlines before a group, since a folder for each article makes each a section. */
const beforeLimit = 64;

/** Returns how many articles a group has: about 256, so that blocks of `items` articles fit in. */
export function groupSize(items: number): number {
  return Math.max(1, Math.floor(256 / items)) * items;
}

/** Returns what a list of headlines shows of an article. */
export function headlineOf({ slug, title, published, expires, section, language }: ArticleHead): Headline {
  return omitUndefined({ slug, title, published, expires, section, language });
}

function ownHeadlineOf(head: ArticleHead): OwnHeadline {
  const others = head.translations?.flatMap(({ slug }) => slug ?? []) ?? [];
  return others.length === 0 ? headlineOf(head) : { ...headlineOf(head), translations: others };
}

/**
 * Divides the articles of a publication, oldest first, into groups of `size`. One more article changes only the last
 * group and makes at most one new one.
 */
export function headlineGroups(heads: readonly ArticleHead[], size: number): HeadlineGroup[] {
  const groups: HeadlineGroup[] = [];
  const lasting = heads.map(({ expires }) => expires === undefined);
  const lastOf = new Map<string, ArticleHead[]>();
  let last: ArticleHead | undefined;
  for (let start = 0; start < heads.length; start += size) {
    const end = Math.min(start + size, heads.length);
    const kept = new Set([...lastOf.values()].flat());
    if (last !== undefined) kept.add(last);
    const before = [...kept].sort(oldestFirst);
    const following = lasting.indexOf(true, end);
    const after = following === -1 ? undefined : heads[following];
    groups.push(
      omitUndefined({
        before: before.slice(-beforeLimit).map(headlineOf),
        own: heads.slice(start, end).map(ownHeadlineOf),
        after: after && headlineOf(after),
      }),
    );
    for (const head of heads.slice(start, end)) {
      if (head.expires !== undefined) continue;
      last = head;
      if (head.section !== undefined)
        lastOf.set(head.section, [...(lastOf.get(head.section) ?? []), head].slice(-moreLimit));
    }
  }
  return groups;
}

/**
 * Finds what the page of an article links to: only articles that are published at `now` and never expire, and none that
 * are its translations, which it links to by their languages. `index` is its place among the group's own.
 */
export function neighborsOf(
  { before, own, after }: HeadlineGroup,
  slug: string,
  now: Instant,
  index = own.findIndex((headline) => headline.slug === slug),
): Neighbors {
  const { section, translations = [] } = own[index] ?? {};
  const isOther = (headline: Headline): boolean =>
    headline.expires === undefined && !translations.includes(headline.slug);
  let older: Headline | undefined;
  const more: Headline[] = [];
  const isFull = (): boolean => older !== undefined && (section === undefined || more.length === moreLimit);
  // Backwards, because a page links to the nearest ones.
  for (let i = before.length + Math.max(0, index) - 1; i >= 0 && !isFull(); i--) {
    const headline = before[i] ?? own[i - before.length];
    if (headline === undefined || !isOther(headline)) continue;
    older ??= headline;
    if (section !== undefined && headline.section === section) more.push(plain(headline));
  }
  let newer: Headline | undefined;
  for (let i = index + 1; i <= own.length && newer === undefined; i++) {
    const headline = own[i] ?? after;
    if (headline !== undefined && isOther(headline)) newer = headline;
  }
  return omitUndefined({
    older: older && plain(older),
    newer: newer !== undefined && newer.published <= now ? plain(newer) : undefined,
    more,
  });
}

/** Leaves out what only the group needs. */
function plain(headline: OwnHeadline): Headline {
  if (headline.translations === undefined) return headline;
  const { translations: _, ...rest } = headline;
  return rest;
}

/** Returns when the article after this one will be published, if it is scheduled. */
export function nextNeighbor(group: HeadlineGroup, slug: string, now: Instant): Instant | undefined {
  const { newer } = neighborsOf(group, slug, '9999-12-31T23:59:59Z');
  return newer !== undefined && newer.published > now ? newer.published : undefined;
}

/** The headlines of all articles of a publication, oldest first. */
export interface HeadlineStore {
  /** How many articles a group has. */
  readonly size: number;
  /** Returns the group with this index. */
  group(index: number): Promise<HeadlineGroup>;
  /** Lists the months with articles, oldest first, and the position at which each begins. */
  months(): Promise<readonly MonthStart[]>;
}

/** A month in the publication's time zone, `2026-11`, and the position of its first article. */
export type MonthStart = readonly [month: string, start: number];

/** Finds the months of articles, oldest first. */
export function monthStarts(heads: readonly Pick<ArticleHead, 'published'>[], timezone: string): MonthStart[] {
  const starts: MonthStart[] = [];
  for (const [position, { published }] of heads.entries()) {
    const month = localMonth(published, timezone);
    if (month !== starts.at(-1)?.[0]) starts.push([month, position]);
  }
  return starts;
}
