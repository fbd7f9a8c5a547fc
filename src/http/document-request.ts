import type { HonoRequest } from 'hono';
import type { Edition } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import type { Route } from './routes.ts';

/** A GET or HEAD request for the document of a route. */
export interface DocumentRequest {
  readonly route: Route;
  /** Whether one of the route's aliases was requested. */
  readonly alias: boolean;
  readonly req: HonoRequest;
  readonly edition: Edition;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Returns the canonical URL of a path below the site's address. */
export function locationOf({ url }: Site, path: string | undefined): string | undefined {
  return path === undefined ? undefined : new URL(path, url).href;
}

/** Returns the path under which the document of a request is cached: aliases share one. */
export function keyOf({ route, alias, req }: DocumentRequest): string {
  return alias ? route.path : req.path;
}
