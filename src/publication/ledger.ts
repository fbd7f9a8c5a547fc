import type { ArticleHead, Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { articlePath, articleSlug, canonicalAddress } from './address.ts';
import { oldPathOf } from './old-addresses.ts';
import type { Site } from './site.ts';
import { slicePath, slicesOf } from './slice.ts';

/** What has been published, which stays true: ids and addresses keep their meaning, and what is gone is known. */
export interface Ledger {
  /** By id. */
  readonly articles: ReadonlyMap<string, LedgerEntry>;
  /** Paths of slices, and paths that articles had before, each with when it was first visible. */
  readonly paths: ReadonlyMap<string, Instant>;
  /** Old paths of articles, from before the site moved here, each with when it first led to an article. */
  readonly oldPaths: ReadonlyMap<string, Instant>;
}

/** What has been published of an article. */
export interface LedgerEntry {
  /** The path in the folder of the file that holds it; empty if that is unknown. */
  readonly file: string;
  readonly slug: string;
  /** Absolute URL. */
  readonly address: string;
  readonly title: string;
  /** The date that the article states. */
  readonly published: Instant;
  /** When it was first visible; in the future for a scheduled article. */
  readonly shown: Instant;
  /** Hash of what the article says; empty if that is unknown. */
  readonly hash: string;
  /** When it last changed. */
  readonly changed: Instant;
  readonly expires?: Instant;
  /** When it was last found missing. */
  readonly withdrawn?: Instant;
}

/** An article as its folder has it. */
export interface RecordedArticle extends Pick<LedgerEntry, 'file' | 'hash'> {
  readonly head: ArticleHead;
}

export const emptyLedger: Ledger = { articles: new Map(), paths: new Map(), oldPaths: new Map() };

/** Returns the ledger after an edition with these articles, scheduled ones included, became visible at `now`. */
export function recordEdition(before: Ledger, articles: Iterable<RecordedArticle>, site: Site, now: Instant): Ledger {
  // What was only scheduled and is scheduled no more has never been published.
  const entries = new Map([...before.articles].filter(([, entry]) => wasVisible(entry, now)));
  const [paths, oldPaths] = [new Map(before.paths), new Map(before.oldPaths)];
  const next = new Map<string, LedgerEntry>();
  const since = entries.size === 0 ? '' : now;
  for (const article of articles) {
    const { head } = article;
    const entry = recordArticle(entries.get(head.id), article, site, since, now);
    next.set(head.id, entry);
    const known = pathsOf(entries.get(head.id), head, site);
    for (const path of known.paths) setFirst(paths, path, entry.shown);
    for (const path of known.oldPaths) setFirst(oldPaths, path, entry.shown);
  }
  for (const [id, entry] of entries) if (!next.has(id)) next.set(id, { withdrawn: now, ...entry });
  return { articles: next, paths, oldPaths };
}

/** Reports whether an article was visible by `now`. On a machine whose clock is behind, only its date can be later. */
function wasVisible({ shown, published }: LedgerEntry, now: Instant): boolean {
  return shown <= now || shown !== published;
}

/** Lists what was published by `now`: the slugs of articles, the paths of slices and old paths. */
export function publishedBy({ articles, paths, oldPaths }: Ledger, now: Instant) {
  const visible = (all: ReadonlyMap<string, Instant>): string[] =>
    [...all].flatMap(([path, shown]) => (shown <= now ? [path] : []));
  const pages = visible(paths);
  return {
    slugs: [...articles.values()]
      .flatMap((entry) => (wasVisible(entry, now) ? [entry.slug] : []))
      .concat(pages.flatMap((path) => articleSlug(path) ?? [])),
    slices: pages.filter((path) => articleSlug(path) === undefined),
    oldPaths: visible(oldPaths),
  };
}

/**
 * Returns the entry of an article that is published at `now`, or at its date if that is later. An article that the
 * ledger did not know is visible from `since` on, or from its date.
 */
export function recordArticle(
  before: LedgerEntry | undefined,
  { head, file, hash }: RecordedArticle,
  site: Pick<Site, 'url'>,
  since: Instant,
  now: Instant,
): LedgerEntry {
  const { slug, title, published, expires } = head;
  const shown = before?.shown ?? (published > since ? published : since);
  const isSame = before?.withdrawn === undefined && (before?.hash === hash || before?.hash === '');
  const changed = before === undefined ? shown : isSame ? before.changed : now;
  const address = canonicalAddress(head, site);
  return omitUndefined({ file, slug, address, title, published, shown, hash, changed, expires });
}

/** Lists the paths that stay known once an article leaves: of its slices, its old address, and its former page. */
export function pathsOf(
  before: Pick<LedgerEntry, 'slug'> | undefined,
  head: ArticleHead,
  site: Site,
): { readonly paths: readonly string[]; readonly oldPaths: readonly string[] } {
  const oldPath = oldPathOf(head, site);
  const former = before === undefined || before.slug === head.slug ? [] : [articlePath(before.slug)];
  return {
    paths: slicesOf(head, site).map(slicePath).concat(former),
    oldPaths: oldPath === undefined ? [] : [oldPath],
  };
}

function setFirst(paths: Map<string, Instant>, path: string, shown: Instant): void {
  const known = paths.get(path);
  if (known === undefined || shown < known) paths.set(path, shown);
}

/** What a file was last published as. */
export interface PublishedName extends Pick<LedgerEntry, 'file' | 'slug'> {
  readonly id: string;
}

/** Lists what files were published as; of a file with several articles over time, the published one comes last. */
export function namesIn({ articles }: Ledger): PublishedName[] {
  const all = [...articles];
  return [
    ...all.filter(([, one]) => one.withdrawn !== undefined),
    ...all.filter(([, one]) => one.withdrawn === undefined),
  ].map(([id, { file, slug }]) => ({ id, file, slug }));
}
