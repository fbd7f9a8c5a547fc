import { spellPath } from '../publication/address.ts';
import { goneTarget, type Site } from '../publication/site.ts';

/** Finds where an old path has moved: an absolute URL, {@link goneTarget}, or `undefined` where nothing is known. */
export function findRedirect({ redirects, url }: Site, path: string): string | undefined {
  const table = spelledAlike(redirects);
  const asked = spellPath(path);
  const target = table.get(asked) ?? table.get(asked.endsWith('/') ? asked.slice(0, -1) : `${asked}/`);
  return target === undefined || target === goneTarget ? target : new URL(target, url).href;
}

const tables = new WeakMap<Site['redirects'], ReadonlyMap<string, string>>();

function spelledAlike(redirects: Site['redirects']): ReadonlyMap<string, string> {
  const known = tables.get(redirects);
  if (known !== undefined) return known;
  const table = new Map(Object.entries(redirects).map(([from, to]) => [spellPath(from), to]));
  tables.set(redirects, table);
  return table;
}
