import type { Instant } from '../article/article.ts';
import { type RenderedDocument, renderDelta, renderFeed } from '../feed/document.ts';
import { type Format, formats } from '../feed/formats.ts';
import { renderOpml } from '../feed/opml.ts';
import type { PageAddress } from '../publication/address.ts';
import type { Edition } from '../publication/publication.ts';
import { articleView } from './views/article-view.ts';
import { listView } from './views/list-view.ts';

type Params = Readonly<Record<string, string>>;

/** What a route answers with: the document at these parameters, in an edition, at a moment. */
type Render = (edition: Edition, params: Params, now: Instant) => Promise<RenderedDocument | undefined>;

/** An address, or a pattern of addresses, that answers with a document. */
export interface Route {
  readonly path: string;
  /** Other addresses that answer with the same document, for readers that guess. */
  readonly aliases?: readonly string[];
  readonly render: Render;
  /** The part of the document that is new to a reader with these entity-tags. */
  readonly delta?: (
    edition: Edition,
    now: Instant,
    ifNoneMatch: string,
  ) => Promise<RenderedDocument | undefined>;
  /** Whether there was a document once that has been withdrawn. */
  readonly isGone?: (edition: Edition, params: Params) => Promise<boolean>;
}

/** Every address that answers with a document. */
export const routes: readonly Route[] = [
  ...formats.map((format) => ({
    path: `/${format.file}`,
    aliases: format.aliases,
    render: feed(format),
    ...(format.delta !== undefined ? { delta: delta(format) } : {}),
  })),
  ...formats.map((format) => ({ path: `/archive/:archive/${format.file}`, render: feed(format) })),
  { path: '/feeds.opml', render: renderOpml },
  { path: '/', render: list },
  { path: '/archive/:archive', render: list },
  {
    path: '/articles/:slug',
    render: async (edition, { slug = '' }, now) => {
      const page = await edition.article(slug, now);
      return page === undefined ? undefined : articleView(page);
    },
    isGone: (edition, { slug = '' }) => edition.isGone(slug),
  },
];

function feed(format: Format): Render {
  return async (edition, params, now) => {
    const page = await pageAt(edition, params, now);
    return page === undefined ? undefined : renderFeed(page, format);
  };
}

function delta(format: Format): NonNullable<Route['delta']> {
  return async (edition, now, ifNoneMatch) => {
    const page = await edition.page({}, now);
    return page === undefined ? undefined : renderDelta(page, format, ifNoneMatch);
  };
}

async function list(...[edition, params, now]: Parameters<Render>): ReturnType<Render> {
  const page = await pageAt(edition, params, now);
  return page === undefined ? undefined : listView(page);
}

async function pageAt(...[edition, { archive }, now]: Parameters<Render>): ReturnType<Edition['page']> {
  // One spelling for each page: "01" and "1.0" are other addresses.
  if (archive !== undefined && !/^[1-9]\d{0,8}$/.test(archive)) return undefined;
  const address: PageAddress = archive === undefined ? {} : { archive: Number(archive) };
  return edition.page(address, now);
}
