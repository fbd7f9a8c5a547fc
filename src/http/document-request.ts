import type { HonoRequest } from 'hono';
import type { RenderedDocument } from '../feed/document.ts';
import type { Edition } from '../publication/publication.ts';
import { miningFields } from '../publication/site/machine-policy.ts';
import type { Site } from '../publication/site/site.ts';
import { negotiatedPath, slugOfTwin, twinEnding } from './markdown-twin.ts';
import { answerTags } from './response/cache-fields.ts';
import type { Encoder, RespondOptions } from './response/respond.ts';
import type { Params, Route } from './route.ts';

/** A GET or HEAD request for the document of a route. */
export interface DocumentRequest {
  readonly route: Route;
  /** Whether one of the route's aliases was requested. */
  readonly alias: boolean;
  readonly req: HonoRequest;
  readonly edition: Edition;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The conditions of a combination, in their canonical form. */
  readonly query?: string | undefined;
}

/** Returns the path under which the document of a request is cached: aliases share one, and a twin has its own. */
export function keyOf({ route, alias, req, query, edition }: DocumentRequest): string {
  const path = alias ? route.path : negotiatedPath(edition.site, req.path, req.raw.headers);
  return query === undefined ? path : `${path}?${query}`;
}

/** Returns the parameters of the document of a request: those of its path, or of the twin that it asks for. */
export function paramsOf(request: DocumentRequest): Params {
  const params: Params = request.req.param();
  return isNegotiated(request) ? { ...params, slug: `${params.slug}${twinEnding}` } : params;
}

/** Returns the canonical path of the document of a request if that is another than the path requested. */
export function canonicalPath(request: DocumentRequest): string | undefined {
  if (request.alias) return request.route.path.slice(1);
  return isNegotiated(request) ? keyOf(request).slice(1) : undefined;
}

/** Reports whether a request gets a twin because of its header fields. */
function isNegotiated(request: DocumentRequest): boolean {
  return slugOfTwin(keyOf(request)) === request.req.path;
}

/**
 * Returns the options of the answer with the document that is cached under `key`. `canonical` is its canonical path
 * if another was requested.
 */
export function optionsFor(
  site: Site,
  key: string,
  document: RenderedDocument,
  now: number,
  encoder: Encoder | undefined,
  canonical?: string,
): RespondOptions {
  const path = document.path ?? canonical;
  const location = path === undefined ? undefined : new URL(path, site.url).href;
  return {
    site,
    mining: site.machines && miningFields(site),
    ttl: site.ttl,
    now,
    encoder,
    location,
    answerTags: answerTags(site, key, document),
  };
}
