import { Hono } from 'hono';
import type { Instant } from '../article/article.ts';
import { type RenderedDocument, renderFeed } from '../feed/document.ts';
import { formats } from '../feed/formats.ts';
import type { PageAddress } from '../publication/address.ts';
import type { Edition, Publication } from '../publication/publication.ts';
import { DocumentCache } from './document-cache.ts';
import { healthy, methodNotAllowed, notFound, preflight, respond, serverError } from './respond.ts';
import { articleView } from './views/article-view.ts';
import { listView } from './views/list-view.ts';

export interface AppOptions {
  /** The clock, in milliseconds since 1970; the runtime's own where none is given. */
  readonly now?: () => number;
  /** Answers for addresses that the app has no route for: files that are served as they are. */
  readonly files?: (request: Request) => Promise<Response | undefined>;
  /** Is told of an error that the app answered with 500. */
  readonly onError?: (error: Error) => void;
}

/** What a route answers with: the document at these parameters, in an edition, at a moment. */
type Render = (
  edition: Edition,
  params: Readonly<Record<string, string>>,
  now: Instant,
) => Promise<RenderedDocument | undefined>;

export interface Route {
  readonly path: string;
  /** One line for the documentation. */
  readonly about: string;
  readonly render: Render;
}

/** Every address that answers with a document. */
export const routes: readonly Route[] = [
  ...formats.map((format) => ({
    path: `/${format.file}`,
    about: `the newest articles as ${format.label}`,
    render: feed(format),
  })),
  ...formats.map((format) => ({
    path: `/archive/:archive/${format.file}`,
    about: `an archive page as ${format.label}`,
    render: feed(format),
  })),
  { path: '/', about: 'the newest articles for people', render: list },
  { path: '/archive/:archive', about: 'an archive page for people', render: list },
  {
    path: '/articles/:slug',
    about: 'an article for people',
    render: async (edition, { slug = '' }, now) => {
      const page = await edition.article(slug, now);
      return page === undefined ? undefined : articleView(page);
    },
  },
];

/**
 * Makes the web app of a publication: the same on every runtime that speaks fetch.
 *
 * @example serve({ fetch: createApp(publication).fetch })
 */
export function createApp(publication: Publication, options: AppOptions = {}): Hono {
  const { now = Date.now, files, onError } = options;
  const documents = new DocumentCache();
  const app = new Hono();

  for (const { path, render } of routes) {
    app.get(path, async (context) => {
      const edition = await publication.edition();
      const milliseconds = now();
      const instant = `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
      const document = await documents.get(edition, context.req.path, instant, () =>
        render(edition, context.req.param(), instant),
      );
      return document === undefined
        ? notFound()
        : respond(context.req.raw, document, edition.site.ttl, milliseconds);
    });
    app.options(path, preflight);
    app.all(path, methodNotAllowed);
  }
  app.get('/healthz', async () => {
    await publication.edition();
    return healthy();
  });
  app.all('/healthz', methodNotAllowed);
  app.all('*', async ({ req }) => {
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    const file = await files?.(isRead ? req.raw : new Request(req.url));
    if (file === undefined) return notFound();
    if (isRead) return file;
    return req.method === 'OPTIONS' ? preflight() : methodNotAllowed();
  });
  app.onError((error) => {
    onError?.(error);
    return serverError();
  });
  return app;
}

function feed(format: (typeof formats)[number]): Render {
  return async (edition, params, now) => {
    const page = await pageAt(edition, params, now);
    return page === undefined ? undefined : renderFeed(page, format);
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
