import { goneTarget, type Site } from '../publication/site.ts';

/** Finds where an old path has moved: an absolute URL, {@link goneTarget}, or `undefined` where nothing is known. */
export function findRedirect({ redirects, url }: Site, path: string): string | undefined {
  const table = spelledAlike(redirects);
  const asked = spelled(path);
  const target = table.get(asked) ?? table.get(asked.endsWith('/') ? asked.slice(0, -1) : `${asked}/`);
  return target === undefined || target === goneTarget ? target : new URL(target, url).href;
}

const tables = new WeakMap<Site['redirects'], ReadonlyMap<string, string>>();

function spelledAlike(redirects: Site['redirects']): ReadonlyMap<string, string> {
  const known = tables.get(redirects);
  if (known !== undefined) return known;
  const table = new Map(Object.entries(redirects).map(([from, to]) => [spelled(from), to]));
  tables.set(redirects, table);
  return table;
}

/** Spells a path in one way, however it is encoded: `%c3%b6` and `%C3%B6` are one letter (RFC 3986 §6.2.2). */
function spelled(path: string): string {
  try {
    return encodeURI(decodeURI(path));
  } catch {
    return path;
  }
}
