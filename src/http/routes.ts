import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { type RenderedDocument, renderDelta, renderFeed } from '../feed/document.ts';
import { type Format, formats } from '../feed/formats.ts';
import { feedPath } from '../feed/links.ts';
import { renderOpml } from '../feed/opml.ts';
import { renderRobots, renderSitemap, renderSitemapIndex } from '../feed/sitemap.ts';
import { articlePath, type PageAddress, pagePath, subscribePath } from '../publication/address.ts';
import type { Page } from '../publication/page.ts';
import type { Edition } from '../publication/publication.ts';
import { type SliceKind, sliceFolders, sliceKinds, slicePath } from '../publication/slice.ts';
import { articleView } from './views/article-view.ts';
import { listView } from './views/list-view.ts';
import { renderSubscribe } from './views/subscribe-view.ts';
import { renderTheme } from './views/theme-view.ts';

type Params = Readonly<Record<string, string>>;

/** What a route answers with: the document at these parameters, in an edition, at a moment. */
type Render = (edition: Edition, params: Params, now: Instant) => Promise<RenderedDocument | undefined>;

/** An address, or a pattern of addresses, that answers with a document. */
export interface Route {
  readonly path: string;
  /** Other addresses that answer with the same document, for readers that guess. */
  readonly aliases?: readonly string[];
  readonly render: Render;
  /** Tells whether the document is that of an earlier edition, where only one page makes it ({@link Edition.version}). */
  readonly version?: (
    edition: Edition,
    params: Params,
    now: Instant,
  ) => Promise<string | undefined> | undefined;
  /** The part of the document with the entries at these indices alone. */
  readonly delta?: (
    edition: Edition,
    params: Params,
    now: Instant,
    entries: readonly number[],
  ) => Promise<RenderedDocument | undefined>;
  /** The path under which an edition knows whether there was a document once. */
  readonly past?: (params: Params) => string;
}

/** Every address that answers with a document. */
export const routes: readonly Route[] = [
  ...pageRoutes('', undefined),
  { path: '/feeds.opml', render: renderOpml },
  { path: '/sitemap.xml', render: renderSitemapIndex },
  { path: '/robots.txt', render: renderRobots },
  { path: `/${subscribePath}`, render: renderSubscribe },
  { path: '/theme.css', render: renderTheme },
  {
    path: '/articles/:slug',
    render: async (edition, { slug = '' }, now) => {
      const page = await edition.article(slug, now);
      return page === undefined ? undefined : articleView(page);
    },
    version: (edition, { slug = '' }, now) => edition.version?.(slug, now),
    past: ({ slug = '' }) => articlePath(slug),
  },
  ...sliceKinds.flatMap((kind) => pageRoutes(`/${sliceFolders[kind]}/:slug`, kind)),
];

/** The feeds, archives and pages for people of the whole publication or of every slice of a kind. */
function pageRoutes(folder: string, kind: SliceKind | undefined): Route[] {
  const past =
    kind === undefined ? {} : { past: ({ slug = '' }: Params): string => slicePath({ kind, slug }) };
  const archive = `${folder}/archive/:archive`;
  const page: Route['render'] = (edition, params, now) => renderPage(edition, addressOf(kind, params), now);
  const version: Route['version'] = (edition, params, now) => {
    const address = addressOf(kind, params);
    return address && edition.version?.(address, now);
  };
  return [
    ...formats.map((format): Route => {
      const { file, aliases } = format;
      const render: Render = (edition, params, now) =>
        renderFeedAt(format, edition, addressOf(kind, params), now);
      const delta: NonNullable<Route['delta']> = async (edition, params, now, entries) => {
        const page = await edition.page(addressOf(kind, params) ?? {}, now);
        return page === undefined ? undefined : renderDelta(page, format, entries);
      };
      return {
        path: `${folder}/${file}`,
        ...(kind === undefined ? { aliases } : past),
        render,
        version,
        ...(format.delta === undefined ? {} : { delta }),
      };
    }),
    ...formats.map(
      (format): Route => ({
        path: `${archive}/${format.file}`,
        render: (edition, params, now) => renderFeedAt(format, edition, addressOf(kind, params), now),
        version,
        ...past,
      }),
    ),
    { path: folder === '' ? '/' : folder, render: page, version, ...past },
    { path: archive, render: page, version, ...past },
    ...(kind === undefined
      ? [
          {
            path: `${archive}/sitemap.xml`,
            render: async (edition: Edition, params: Params, now: Instant) =>
              renderSitemap(edition, addressOf(kind, params), now),
          },
        ]
      : []),
  ];
}

/** Reads which page parameters mean; `undefined` where they can mean none. */
function addressOf(kind: SliceKind | undefined, { slug = '', archive }: Params): PageAddress | undefined {
  // One spelling for each page: "01" and "1.0" are other addresses.
  if (archive !== undefined && !/^[1-9]\d{0,8}$/.test(archive)) return undefined;
  return omitUndefined({
    slice: kind === undefined ? undefined : { kind, slug },
    archive: archive === undefined ? undefined : Number(archive),
  });
}

async function renderFeedAt(
  format: Format,
  edition: Edition,
  address: PageAddress | undefined,
  now: Instant,
): ReturnType<Render> {
  const page = address && (await edition.page(address, now));
  if (page === undefined) return undefined;
  return located(await renderFeed(page, format), address, page, feedPath(page.address, format.file));
}

async function renderPage(
  edition: Edition,
  address: PageAddress | undefined,
  now: Instant,
): ReturnType<Render> {
  const page = address && (await edition.page(address, now));
  return page && located(await listView(page), address, page, pagePath(page.address));
}

/** Says where a document stands in truth, if an archive page that is still filling was asked for. */
function located(
  document: RenderedDocument,
  asked: PageAddress | undefined,
  { address }: Page,
  path: string,
): RenderedDocument {
  return asked?.archive === address.archive ? document : { ...document, path };
}
