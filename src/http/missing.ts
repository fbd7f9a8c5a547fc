import { type Instant, instantAt } from '../article/article.ts';
import { pageAddress, spellPath } from '../publication/address.ts';
import type { Edition } from '../publication/publication.ts';
import { goneTarget, type Site } from '../publication/site.ts';
import { errorPage, isForPeople } from './error-pages.ts';
import { failed, movedPermanently, notFound, preflight } from './plain-answers.ts';

/**
 * Answers where no document is: by the publication's own redirects, by where its articles were and what else it knows of its
 * past, or with 404. `path` is the route's where there is one.
 */
export async function missing(
  edition: Edition,
  request: Request,
  now: number,
  path: string,
  isGone = false,
): Promise<Response> {
  const { site } = edition;
  const { pathname } = new URL(request.url);
  const moved = await findRedirect(edition, pathname, instantAt(now));
  if (moved !== undefined && request.method === 'OPTIONS') return preflight();
  if (moved !== undefined && moved !== goneTarget) return movedPermanently(moved);
  const status = isGone || moved === goneTarget ? 410 : 404;
  const page = isForPeople(path) ? await errorPage(status, site, pathname) : undefined;
  if (status === 410) return failed(410, page);
  const due = edition.nextDue(instantAt(now));
  return notFound(page, due === undefined ? undefined : Math.ceil((Date.parse(due) - now) / 1000));
}

/**
 * Finds where an old path has moved: an absolute URL, {@link goneTarget}, or `undefined` where nothing is known. What the
 * publication says counts before what its articles say of where they were.
 */
async function findRedirect(edition: Edition, path: string, now: Instant): Promise<string | undefined> {
  const { site } = edition;
  const target = targetOf(site, path);
  if (target !== undefined) return target === goneTarget ? target : new URL(target, site.url).href;
  const found = await edition.formerlyAt(path.slice(1), now);
  if (found === 'gone') return goneTarget;
  return found && pageAddress(found.slug, site);
}

function targetOf({ redirects }: Site, path: string): string | undefined {
  const table = spelledAlike(redirects);
  const asked = spellPath(path);
  return table.get(asked) ?? table.get(asked.endsWith('/') ? asked.slice(0, -1) : `${asked}/`);
}

const tables = new WeakMap<Site['redirects'], ReadonlyMap<string, string>>();

function spelledAlike(redirects: Site['redirects']): ReadonlyMap<string, string> {
  const known = tables.get(redirects);
  if (known !== undefined) return known;
  const table = new Map(Object.entries(redirects).map(([from, to]) => [spellPath(from), to]));
  tables.set(redirects, table);
  return table;
}
