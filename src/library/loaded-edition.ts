import { type ArticleHead, type ArticleSource, type Instant, oldestFirst } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { byKindAndSlug } from '../publication/edition.ts';
import { type Headline, headlineOf, moreLimit, type Neighbors } from '../publication/headline.ts';
import { articleAt, firstAfter, momentsOf } from '../publication/moments.ts';
import type { Page } from '../publication/page.ts';
import { type Edition, isShown } from '../publication/publication.ts';
import type { Renderer } from '../publication/rendered.ts';
import type { LabelKind } from '../publication/site/query.ts';
import { hasPages, type Site } from '../publication/site/site.ts';
import { slicesOf } from '../publication/slices/membership.ts';
import { type Menu, menuSections } from '../publication/slices/menu.ts';
import { type Slice, siteOfSlice, slicePath, sliceSlug } from '../publication/slices/slice.ts';

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
    // A loader chooses by one label: there are no named feeds, and only the newest items are searched for episodes.
    if (asked?.kind === 'feed' || (asked?.kind === 'podcast' && archive !== undefined)) return undefined;
    const slice = asked && { kind: asked.kind, slug: asked.slug };
    const label = asked === undefined || asked.kind === 'podcast' ? undefined : { kind: asked.kind, slug: asked.slug };
    const end = archive ?? secondsOf(now) + 1;
    if (end > secondsOf(now) + 1) return undefined;
    const { items, older } = await readPage(end, label);
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
      ...omitUndefined({
        olderArchive: slice?.kind === 'podcast' ? undefined : older,
        until: firstAfter(now, articles.flatMap(momentsOf)),
      }),
    };
  };

  /** Lists the slices of the newest items, which are those in use. */
  const newestSlices = async (now: Instant): Promise<readonly Slice[]> => {
    const { items } = await readPage(secondsOf(now) + 1, undefined);
    const all = items.flatMap(({ head }) => (isShown(head, now) ? slicesOf(head, site) : []));
    return [...new Map(all.map((slice) => [slicePath(slice), slice])).values()];
  };

  /** Returns the menu. Asks for those of the publisher's own sections that no newest item has. */
  const menuAt = async (now: Instant): Promise<Menu> => {
    const found = (await newestSlices(now)).filter(({ kind }) => kind === 'section');
    const rare = (site.described?.section ?? []).filter(({ slug }) => !found.some((one) => one.slug === slug));
    const before = new Date((secondsOf(now) + 1) * 1000);
    const others = rare.map(async ({ slug }) => {
      const slice = { kind: 'section', slug } as const;
      const items = await read({ before, limit: 1, slice });
      return items.flatMap(({ head }) => (isShown(head, now) ? (sliceOf(head, site, slice) ?? []) : [])).slice(0, 1);
    });
    return { sections: menuSections([...found, ...(await Promise.all(others)).flat()], site) };
  };
  let menu: Promise<Menu> | undefined;

  /** Finds the articles before one. A loader cannot be asked for the next one. */
  const neighborsOf = async ({ published, section }: ArticleHead): Promise<Neighbors> => {
    const before = new Date(published);
    const lastBefore = async (limit: number, slice?: NonNullable<ItemQuery['slice']>): Promise<readonly Headline[]> =>
      newestFirst(await read(omitUndefined({ before, limit, slice })))
        .filter(({ head }) => head.published < published && head.expires === undefined)
        .filter(({ head }) => slice === undefined || sliceOf(head, site, slice) !== undefined)
        .slice(0, limit)
        .map(({ head }) => headlineOf(head));
    const [[older], more] = await Promise.all([
      lastBefore(1),
      section === undefined ? [] : lastBefore(moreLimit, { kind: 'section', slug: sliceSlug(section) }),
    ]);
    return omitUndefined({ older, more });
  };

  return {
    site,
    page: pageAt,
    menu: (now) => {
      menu ??= menuAt(now).catch((error: unknown) => {
        menu = undefined;
        throw error;
      });
      return menu;
    },
    article: async (slug, now) => {
      const found = await read({ before: new Date((secondsOf(now) + 1) * 1000), limit: site.items, slug });
      const source = found.find(({ head }) => head.slug === slug && isShown(head, now));
      const [article] = source === undefined ? [] : await render([source]);
      if (article === undefined) return undefined;
      const until = firstAfter(now, momentsOf(article));
      const neighbors = hasPages(site) ? await neighborsOf(article) : undefined;
      return omitUndefined({ site, article: articleAt(article, now), neighbors, until });
    },
    slices: async (now) => ({ slices: (await newestSlices(now)).toSorted(byKindAndSlug) }),
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
function sliceOf(
  head: ArticleHead | undefined,
  site: Site,
  asked: Pick<Slice, 'kind' | 'slug'> | undefined,
): Slice | undefined {
  if (head === undefined || asked === undefined) return undefined;
  return slicesOf(head, site).find(({ kind, slug }) => kind === asked.kind && slug === asked.slug);
}
