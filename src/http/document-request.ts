import type { HonoRequest } from 'hono';
import type { RenderedDocument } from '../feed/document.ts';
import type { Edition } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import { answerTags } from './cache-fields.ts';
import type { Encoder, RespondOptions } from './respond.ts';
import type { Route } from './route.ts';

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

/** Returns the path under which the document of a request is cached: aliases share one. */
export function keyOf({ route, alias, req, query }: DocumentRequest): string {
  const path = alias ? route.path : req.path;
  return query === undefined ? path : `${path}?${query}`;
}

/**
 * Returns the options of the answer with the document that is cached under `key`. `alias` is its canonical path if an
 * alias was requested.
 */
export function optionsFor(
  site: Site,
  key: string,
  document: RenderedDocument,
  now: number,
  encoder: Encoder | undefined,
  alias?: string,
): RespondOptions {
  const path = document.path ?? alias;
  const location = path === undefined ? undefined : new URL(path, site.url).href;
  return { site, ttl: site.ttl, now, encoder, location, answerTags: answerTags(site, key, document) };
}
