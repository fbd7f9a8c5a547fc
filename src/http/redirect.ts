import type { Instant } from '../article/article.ts';
import { pageAddress, spellPath } from '../publication/address.ts';
import type { Edition } from '../publication/publication.ts';
import { goneTarget, type Site } from '../publication/site.ts';

/**
 * Finds where an old path has moved: an absolute URL, {@link goneTarget}, or `undefined` where nothing is known. What the
 * publication says counts before what its articles say of where they were.
 */
export async function findRedirect(
  edition: Edition,
  path: string,
  now: Instant,
): Promise<string | undefined> {
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
