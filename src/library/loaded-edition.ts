import { type ArticleSource, type Instant, oldestFirst } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { byKindAndSlug } from '../publication/edition.ts';
import { articleAt, firstAfter, momentsOf } from '../publication/moments.ts';
import type { Page } from '../publication/page.ts';
import { type Edition, isShown } from '../publication/publication.ts';
import type { Renderer } from '../publication/rendered.ts';
import type { LabelKind } from '../publication/site/query.ts';
import type { Site } from '../publication/site/site.ts';
import { slicesOf } from '../publication/slices/membership.ts';
import { type Slice, siteOfSlice, slicePath } from '../publication/slices/slice.ts';

/** What a page needs of the items in a database. */
export interface ItemQuery {
  /** Only items published before this moment. */
  readonly before: Date;
  /** At most this many items, the newest ones. */
  readonly limit: number;
  /** Only items with this tag, author, language or section; `slug` is the label as addresses have it: `new-york`. */
  readonly slice?: { readonly kind: LabelKind; readonly slug: string };
  /** Only the item with this slug. */
  readonly slug?: string;
}

/** Reads the items that a query asks for, each checked, in any order. */
export type ReadItems = (query: ItemQuery) => Promise<readonly ArticleSource[]>;

/**
 * Makes an edition of items in a database. Its archive pages are numbered by the second before which their items were
 * published, because counting a million rows from the oldest would take a query as long as the archive. Items of one
 * second are always on one page.
 */
export function loadedEdition(site: Site, read: ReadItems, render: Renderer): Edition {
  /** Reads the items of a page, newest first, and the second before which the next older ones were published. */
  const readPage = async (end: number, slice: ItemQuery['slice'], limit = site.items + 1): Promise<Part> => {
    const query = omitUndefined({ before: new Date(end * 1000), limit, slice });
    const found = newestFirst(await read(query)).filter(({ head }) => secondsOf(head.published) < end);
    const last = found[Math.min(site.items, found.length) - 1]?.head.published;
    const rest = found.findIndex(({ head }) => last !== undefined && head.published < last);
    if (rest !== -1) return { items: found.slice(0, rest), older: secondsOf(last ?? '') };
    if (found.length < limit || limit > mostInOneSecond) return { items: found, older: undefined };
    return readPage(end, slice, limit * 4);
  };

  const pageAt = async ({ slice: asked, archive }: Page['address'], now: Instant): Promise<Page | undefined> => {
    // A loader chooses by one label, so there are no named feeds, and no feed of episodes alone.
    if (asked?.kind === 'feed' || asked?.kind === 'podcast') return undefined;
    const slice = asked && { kind: asked.kind, slug: asked.slug };
    const end = archive ?? secondsOf(now) + 1;
    if (end > secondsOf(now) + 1) return undefined;
    const { items, older } = await readPage(end, slice);
    const shown = items.filter(({ head }) => isShown(head, now));
    // A loader may ignore the slice.
    const inSlice = slice === undefined ? shown : shown.filter(({ head }) => sliceOf(head, site, slice) !== undefined);
    const whole = sliceOf(inSlice.at(-1)?.head, site, slice);
    if (inSlice.length === 0 && (slice !== undefined || archive !== undefined)) return undefined;
    const articles = await render(inSlice);
    return {
      address: omitUndefined({ slice, archive }),
      site: whole === undefined ? site : siteOfSlice(site, whole),
      ...(whole === undefined ? {} : { whole: site, slice: whole }),
      articles: articles.map((article) => articleAt(article, now)),
      ...omitUndefined({ olderArchive: older, until: firstAfter(now, articles.flatMap(momentsOf)) }),
    };
  };

  return {
    site,
    page: pageAt,
    article: async (slug, now) => {
      const found = await read({ before: new Date((secondsOf(now) + 1) * 1000), limit: site.items, slug });
      const source = found.find(({ head }) => head.slug === slug && isShown(head, now));
      const [article] = source === undefined ? [] : await render([source]);
      if (article === undefined) return undefined;
      const until = firstAfter(now, momentsOf(article));
      return omitUndefined({ site, article: articleAt(article, now), until });
    },
    // The slices of the newest items, which are those in use.
    slices: async (now) => {
      const page = await pageAt({}, now);
      const { podcast: _, ...labelled } = site;
      const all = page?.articles.flatMap((article) => slicesOf(article, labelled)) ?? [];
      const slices = [...new Map(all.map((slice) => [slicePath(slice), slice])).values()];
      return { slices: slices.sort(byKindAndSlug) };
    },
    findByOldPath: async () => undefined,
    isGone: async () => false,
    nextDue: () => undefined,
  };
}

interface Part {
  readonly items: readonly ArticleSource[];
  readonly older: number | undefined;
}

/** The most items of one second on a page: an import may give thousands the same date. */
const mostInOneSecond = 10_000;

function newestFirst(items: readonly ArticleSource[]): ArticleSource[] {
  return items.toSorted((a, b) => oldestFirst(b.head, a.head));
}

function secondsOf(instant: Instant): number {
  return Date.parse(instant) / 1000;
}

/** Returns the slice of an item that a query asks for, with its label. */
function sliceOf(head: ArticleSource['head'] | undefined, site: Site, asked: ItemQuery['slice']): Slice | undefined {
  if (head === undefined || asked === undefined) return undefined;
  return slicesOf(head, site).find(({ kind, slug }) => kind === asked.kind && slug === asked.slug);
}
