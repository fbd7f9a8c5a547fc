import type { Instant } from '../article/article.ts';
import { normalizePath, pageAddress } from '../publication/addresses/address.ts';
import type { Edition } from '../publication/publication.ts';
import { goneTarget, hasPages, homeOf, type Site } from '../publication/site/site.ts';
import { errorPage, isForPeople } from './error-pages.ts';
import { withEditionTag } from './response/cache-fields.ts';
import type { Route } from './route.ts';
import { foundElsewhere, gone, movedPermanently, notFound, notFoundBecause, preflight } from './simple-responses.ts';

/** A request for a route that has no document with these parameters. */
interface Missing {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly edition: Edition;
  readonly request: Request;
  readonly now: number;
}

/**
 * Answers a request for a route without a document: with a redirect to the page to read meanwhile, or else like an
 * unknown path.
 */
export async function answerMissing({ route, params, edition, request, now }: Missing): Promise<Response> {
  const elsewhere = hasPages(edition.site) ? route.meanwhile : route.elsewhere;
  const meanwhile = await elsewhere?.(edition, params, instantAt(now));
  if (meanwhile !== undefined) {
    const found = foundElsewhere(meanwhile + new URL(request.url).search, untilDue(edition, now));
    return withEditionTag(found, edition.site);
  }
  const advice = await route.reason?.(edition, instantAt(now));
  if (advice !== undefined) return withEditionTag(notFoundBecause(advice, untilDue(edition, now)), edition.site);
  const path = route.past?.(params);
  const isGone = path !== undefined && (await edition.isGone(path, instantAt(now)));
  const reason = isGone ? (await edition.withdrawal?.(path, instantAt(now)))?.reason : undefined;
  return answerNotFound(edition, request, now, route.path, { isGone, reason });
}

/**
 * Answers a request that has no document: with a redirect of the publication or of an article's old address, with 410
 * for what was withdrawn, or with 404. `path` is the route's pattern, or the request's path if no route matches.
 */
export async function answerNotFound(
  edition: Edition,
  request: Request,
  now: number,
  path: string,
  { isGone = false, reason }: { readonly isGone?: boolean; readonly reason?: string | undefined } = {},
): Promise<Response> {
  const { site } = edition;
  const { pathname } = new URL(request.url);
  const moved = await findRedirect(edition, pathname, instantAt(now));
  // The answer may change when an article appears or expires.
  const seconds = untilDue(edition, now);
  if (moved !== undefined && request.method === 'OPTIONS') return preflight();
  if (moved !== undefined && moved !== goneTarget) return withEditionTag(movedPermanently(moved, seconds), site);
  const status = isGone || moved === goneTarget ? 410 : 404;
  const place = { edition, now: instantAt(now), pathname, reason };
  const page = isForPeople(path) ? await errorPage(status, place) : undefined;
  return withEditionTag(status === 410 ? gone(page, seconds) : notFound(page, seconds), site);
}

/** Returns the seconds until the next article appears or expires; `undefined` if none does. */
function untilDue(edition: Edition, now: number): number | undefined {
  const due = edition.nextDue(instantAt(now));
  return due === undefined ? undefined : Math.ceil((Date.parse(due) - now) / 1000);
}

/** Converts milliseconds since 1970 to an {@link Instant}. */
export function instantAt(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/**
 * Finds where an old path has moved: an absolute URL, {@link goneTarget}, or `undefined` if unknown. The publication's
 * own redirects take precedence over old addresses of articles.
 */
async function findRedirect(edition: Edition, path: string, now: Instant): Promise<string | undefined> {
  const { site } = edition;
  const target = targetOf(site, path);
  if (target !== undefined) return target === goneTarget ? target : new URL(target, homeOf(site)).href;
  const found = await edition.findByOldPath(path.slice(1), now);
  if (found === 'gone') return goneTarget;
  return found && (await canonicalOf(found.slug, edition, now));
}

/** Returns the canonical URL of an article. Only a rule for permalinks makes it depend on more than the slug. */
async function canonicalOf(slug: string, edition: Edition, now: Instant): Promise<string | undefined> {
  const { site } = edition;
  if (site.permalink === undefined) return pageAddress(slug, site);
  return (await edition.article(slug, now))?.article.permalink;
}

/** Looks up a path in the publication's redirects, with or without a slash at its end. */
function targetOf({ redirects }: Site, path: string): string | undefined {
  const table = normalizedTable(redirects);
  const asked = normalizePath(path);
  return table.get(asked) ?? table.get(asked.endsWith('/') ? asked.slice(0, -1) : `${asked}/`);
}

const tables = new WeakMap<Site['redirects'], ReadonlyMap<string, string>>();

/** Normalizes the paths of the redirects, once per table. */
function normalizedTable(redirects: Site['redirects']): ReadonlyMap<string, string> {
  const known = tables.get(redirects);
  if (known !== undefined) return known;
  const table = new Map(Object.entries(redirects).map(([from, to]) => [normalizePath(from), to]));
  tables.set(redirects, table);
  return table;
}
