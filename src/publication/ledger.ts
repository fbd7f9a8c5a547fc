import type { ArticleHead, ArticleSource, Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { articlePath, articleSlug, pageAddress } from './addresses/address.ts';
import type { Site } from './site/site.ts';
import { slicesOf } from './slices/membership.ts';
import { slicePath } from './slices/slice.ts';

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
  /** Absolute URL of its page on another site; empty if it is on this one. */
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
  /** Why its file withdraws it at `expires`; empty without a reason, absent if it only expires. */
  readonly reason?: string;
}

/** An article as its folder has it. */
export interface RecordedArticle extends Pick<LedgerEntry, 'file' | 'hash'> {
  readonly head: ArticleHead;
}

export const emptyLedger: Ledger = { articles: new Map(), paths: new Map(), oldPaths: new Map() };

/** Where an edition shows articles, besides their own pages. */
export interface EditionPaths {
  /** The slices, by their paths. */
  readonly slices: ReadonlyMap<string, { readonly sources: readonly Pick<ArticleSource, 'head'>[] }>;
  /** The articles with an old path, by it. */
  readonly oldPaths: ReadonlyMap<string, Pick<ArticleSource, 'head'>>;
}

/** Returns the ledger after an edition with these articles, scheduled ones included, became visible at `now`. */
export function recordEdition(
  before: Ledger,
  articles: Iterable<RecordedArticle>,
  edition: EditionPaths,
  site: Pick<Site, 'url' | 'permalink'>,
  now: Instant,
): Ledger {
  const [paths, oldPaths] = [new Map(before.paths), new Map(before.oldPaths)];
  const next = new Map<string, LedgerEntry>();
  const since = before.articles.size === 0 ? '' : now;
  for (const article of articles) {
    const { id, slug } = article.head;
    const known = before.articles.get(id);
    const entry = recordArticle(known && wasVisible(known, now) ? known : undefined, article, site, since, now);
    next.set(id, entry);
    if (known !== undefined && known.slug !== slug) setFirst(paths, articlePath(known.slug), known.shown);
  }
  const shownOf = ({ head }: Pick<ArticleSource, 'head'>): Instant => next.get(head.id)?.shown ?? now;
  for (const [path, { sources }] of edition.slices) {
    let first: Instant | undefined;
    for (const source of sources) {
      const shown = shownOf(source);
      if (first === undefined || shown < first) first = shown;
    }
    if (first !== undefined) setFirst(paths, path, first);
  }
  for (const [path, source] of edition.oldPaths) setFirst(oldPaths, path, shownOf(source));
  // An article that was only ever scheduled, and no longer is, was never published.
  for (const [id, entry] of before.articles)
    if (!next.has(id) && wasVisible(entry, now))
      next.set(id, entry.withdrawn === undefined ? { ...entry, withdrawn: now } : entry);
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
  site: Pick<Site, 'url' | 'permalink'>,
  since: Instant,
  now: Instant,
): LedgerEntry {
  const { slug, permalink, title, published, expires } = head;
  const address = site.permalink === undefined && permalink.startsWith(site.url) ? '' : permalink;
  const shown = before?.shown ?? (published > since ? published : since);
  const isSame = before?.withdrawn === undefined && (before?.hash === hash || before?.hash === '');
  // The clock may have been turned back.
  const changed = before === undefined ? shown : isSame || before.changed > now ? before.changed : now;
  const reason = reasonIn(head);
  const facts = { file, slug, address, title, published, shown, hash, changed };
  const entry: LedgerEntry =
    expires === undefined && reason === undefined ? facts : { ...facts, ...omitUndefined({ expires, reason }) };
  return before !== undefined && isEqual(before, entry) ? before : entry;
}

function isEqual(a: LedgerEntry, b: LedgerEntry): boolean {
  return (
    a.hash === b.hash &&
    a.file === b.file &&
    a.slug === b.slug &&
    a.address === b.address &&
    a.title === b.title &&
    a.published === b.published &&
    a.changed === b.changed &&
    a.expires === b.expires &&
    a.withdrawn === b.withdrawn &&
    a.reason === b.reason
  );
}

/** Returns why an article is withdrawn when it expires, as the ledger has it. */
export function reasonIn({ withdrawal, expires }: ArticleHead): string | undefined {
  return withdrawal === undefined || withdrawal.date !== expires ? undefined : (withdrawal.reason ?? '');
}

/** Lists the paths that stay known once an article leaves: of its slices, and its former page. */
export function pathsOf(before: Pick<LedgerEntry, 'slug'> | undefined, head: ArticleHead, site: Site): string[] {
  const former = before === undefined || before.slug === head.slug ? [] : [articlePath(before.slug)];
  return slicesOf(head, site).map(slicePath).concat(former);
}

/** Returns the absolute URL of an article. */
export function addressOf({ address, slug }: Pick<LedgerEntry, 'address' | 'slug'>, site: Pick<Site, 'url'>): string {
  return address === '' ? pageAddress(slug, site) : address;
}

function setFirst(paths: Map<string, Instant>, path: string, shown: Instant): void {
  const known = paths.get(path);
  if (known === undefined || shown < known) paths.set(path, shown);
}

/** What a file was last published as. */
export interface PublishedName extends Pick<LedgerEntry, 'file' | 'slug'> {
  readonly id: string;
}

/**
 * Lists what files were published as. If the articles of the folder share no name (`isUnique`), those that have their
 * first name may be left out.
 */
export type PublishedNames = (isUnique: boolean) => Iterable<PublishedName>;

/** Lists what files were published as; of a file with several articles over time, the published one comes last. */
export function namesIn({ articles }: Ledger): PublishedName[] {
  const all = [...articles];
  return [
    ...all.filter(([, one]) => one.withdrawn !== undefined),
    ...all.filter(([, one]) => one.withdrawn === undefined),
  ].map(([id, { file, slug }]) => ({ id, file, slug }));
}
