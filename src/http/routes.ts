import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { writeMarkdown } from '../feed/article-markdown.ts';
import { writeChapters } from '../feed/chapters.ts';
import { renderDelta, writeFeed } from '../feed/document.ts';
import { type Format, formats } from '../feed/formats.ts';
import { feedPath } from '../feed/links.ts';
import { writeSitemap } from '../feed/site/sitemap.ts';
import { archivePath, articlePath, decodePart, monthPath, type PageAddress } from '../publication/addresses/address.ts';
import { type NoticesLink, noticesLink } from '../publication/notices.ts';
import type { Edition } from '../publication/publication.ts';
import { hasTwins } from '../publication/site/markdown-uses.ts';
import { homeOf } from '../publication/site/site.ts';
import { type SliceKind, sliceFolders, sliceKinds, slicePath } from '../publication/slices/slice.ts';
import type { Term } from '../publication/slices/term.ts';
import { combinedRoute } from './combination.ts';
import { slugOfTwin } from './markdown-twin.ts';
import { findCurrent, listVersion, newerPage } from './newer-page.ts';
import { publicationRoutes } from './publication-routes.ts';
import { type Params, type Route, type Write, withPages } from './route.ts';
import { articleView } from './views/article/article-view.ts';
import { listView } from './views/lists/list-view.ts';
import { monthsView, monthView } from './views/lists/months-view.ts';

export type { Route } from './route.ts';

/** Names of feeds have no dot, because a site may still serve other programs' files such as `/feeds/all.atom.xml`. */
const slugs: Readonly<Partial<Record<SliceKind, string>>> = { feed: ':slug{[^/.]+}' };

/** Every address that has a document. */
export const routes: readonly Route[] = [
  ...pageRoutes('', undefined),
  ...publicationRoutes,
  {
    path: `/${archivePath}`,
    write: withPages(async (edition, _, now) => {
      const list = await edition.months?.(now);
      return list && monthsView(list, await edition.menu?.(now));
    }),
  },
  {
    path: `/${monthPath(':month')}`,
    write: withPages(async (edition, { month = '' }, now) => {
      const page = await edition.month?.(month, now);
      return page && monthView(page, await edition.menu?.(now));
    }),
  },
  {
    path: '/articles/:slug',
    write: withPages(async (edition, { slug = '' }, now) => {
      const page = await edition.article(slug, now);
      return page === undefined ? writeTwin(edition, slug, now) : articleView(page, await edition.menu?.(now));
    }),
    elsewhere: async (edition, { slug = '' }, now) => (await edition.article(slug, now))?.article.permalink,
    version: async (edition, { slug = '' }, now) => withMenuVersion(edition, now, await edition.version?.(slug, now)),
    past: ({ slug = '' }) => articlePath(slugOfTwin(slug) ?? slug),
  },
  {
    path: '/articles/:slug/chapters.json',
    write: async (edition, { slug = '' }, now) => {
      const page = await edition.article(slug, now);
      return page && writeChapters(page);
    },
    version: async (edition, { slug = '' }, now) => edition.version?.(slug, now),
  },
  ...sliceKinds.flatMap((kind) => pageRoutes(`/${sliceFolders[kind]}/${slugs[kind] ?? ':slug'}`, kind)),
];

/** Finds the route of a path such as `/tags/harbour/rss.xml`, and its parameters. */
export function findRoute(pathname: string): { readonly route: Route; readonly params: Params } | undefined {
  for (const [route, beginning, pattern] of patterns) {
    const found = pathname.startsWith(beginning) ? pattern.exec(pathname) : null;
    if (found === null) continue;
    const params = Object.entries(found.groups ?? {}).map(([name, part]) => [name, decodePart(part) ?? part]);
    return { route, params: Object.fromEntries(params) };
  }
  return undefined;
}

const patterns = routes.map((route) => [route, route.path.replace(/:.*$/, ''), patternOf(route.path)] as const);

/** Makes the pattern of the paths of a route. */
export function patternOf(path: string): RegExp {
  const source = path
    .replace(/\.(?!\]\+\})/g, '\\.')
    .replace(/:(\w+)(?:\{([^}]+)\})?/g, (_, name: string, part = '[^/]+') => `(?<${name}>${part})`);
  return new RegExp(`^${source}$`);
}

/** The routes of feeds, archives and HTML pages: of the whole publication, or of every slice of a kind. */
function pageRoutes(folder: string, kind: SliceKind | undefined): Route[] {
  const past: Route['past'] = kind && (({ slug = '' }) => slicePath({ kind, slug }));
  const archive = `${folder}/archive/:archive`;
  const version: Route['version'] = (edition, params, now) => {
    const address = addressOf(kind, params);
    return address && edition.version?.(address, now);
  };
  const page = (path: string): Route => ({
    path,
    write: withPages((edition, params, now) => writePage(edition, addressOf(kind, params), now)),
    elsewhere: path === '/' ? async ({ site }) => (homeOf(site) === site.url ? undefined : homeOf(site)) : undefined,
    version: async (edition, params, now) => {
      const address = addressOf(kind, params);
      const version = address && (await listVersion(edition, address, now));
      const { isListed } = await correctionsOn(edition, address, now);
      return withMenuVersion(edition, now, version && `${version} ${isListed}`);
    },
    meanwhile: (edition, params, now) => findCurrent(edition, addressOf(kind, params), now),
    past,
  });
  const feed = (path: string, format: Format): Route => ({
    path: `${path}/${format.file}`,
    write: (edition, params, now) => writeFeedAt(format, edition, addressOf(kind, params), now),
    version,
    // Without `past`: a tag can return, but readers end a subscription for good at 410.
  });
  const delta = (format: Format): Route['delta'] =>
    format.delta &&
    (async (edition, params, now, entries) => {
      const page = await edition.page(addressOf(kind, params) ?? {}, now);
      return page && renderDelta(page, format, entries);
    });
  return [
    ...formats.map((format) => ({
      ...feed(folder, format),
      aliases: kind === undefined ? format.aliases : undefined,
      delta: delta(format),
      combined: kind === undefined ? (terms: readonly Term[]) => combinedRoute(format, terms) : undefined,
    })),
    ...formats.map((format) => feed(archive, format)),
    page(folder === '' ? '/' : folder),
    page(archive),
    ...(kind === undefined
      ? [
          {
            path: `${archive}/sitemap.xml`,
            write: withPages((edition, params, now) => writeSitemap(edition, addressOf(kind, params), now)),
          },
        ]
      : []),
  ];
}

/** Returns the page that parameters identify; `undefined` if they are invalid. */
function addressOf(kind: SliceKind | undefined, { slug = '', archive }: Params): PageAddress | undefined {
  // Each page has one address: "01" and "1.0" are invalid. Seconds since 1970 number the pages of a database.
  if (archive !== undefined && !/^[1-9]\d{0,10}$/.test(archive)) return undefined;
  return omitUndefined({
    slice: kind === undefined ? undefined : { kind, slug },
    archive: archive === undefined ? undefined : Number(archive),
  });
}

async function writeFeedAt(
  format: Format,
  edition: Edition,
  address: PageAddress | undefined,
  now: Instant,
): ReturnType<Write> {
  const page = address && (await edition.page(address, now));
  if (page === undefined) return undefined;
  const document = writeFeed(page, format);
  if (address?.archive === page.address.archive) return document;
  // The archive page is not full yet, and its feeds are those of the current page.
  return { ...document, path: feedPath(page.address, format.file) };
}

/** Writes an article in Markdown, if the publication has that and this is the name of one. */
async function writeTwin(edition: Edition, name: string, now: Instant): ReturnType<Write> {
  const slug = hasTwins(edition.site) ? slugOfTwin(name) : undefined;
  const page = slug === undefined ? undefined : await edition.article(slug, now);
  return page && writeMarkdown(page);
}

/** Writes an HTML page. An archive page has none until it is full. */
async function writePage(edition: Edition, address: PageAddress | undefined, now: Instant): ReturnType<Write> {
  const page = address && (await edition.page(address, now));
  if (page === undefined || page.address.archive !== address?.archive) return undefined;
  const corrections = await correctionsOn(edition, address, now);
  return listView(page, await newerPage(edition, page, now), await edition.menu?.(now), corrections);
}

/** Reports whether a page links the feed of corrections: only the front page. */
async function correctionsOn(
  edition: Edition,
  address: PageAddress | undefined,
  now: Instant,
): Promise<Partial<NoticesLink>> {
  if (address?.slice !== undefined || address?.archive !== undefined) return {};
  return noticesLink(await edition.notices?.(now));
}

/** Adds the menu, which every page shows, to the version of a page. */
async function withMenuVersion(
  edition: Edition,
  now: Instant,
  version: string | undefined,
): Promise<string | undefined> {
  return version && `${version} ${JSON.stringify((await edition.menu?.(now))?.sections)}`;
}
