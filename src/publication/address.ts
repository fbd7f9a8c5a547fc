/** Which page of a publication is meant: the current one, or archive page `archive`, counted from 1, the oldest. */
export interface PageAddress {
  readonly archive?: number;
}

/** The path of a page for people, below the site's own address. */
export function pagePath({ archive }: PageAddress): string {
  return archive === undefined ? '' : `archive/${archive}`;
}

/** The path of an article's page, below the site's own address. */
export function articlePath(slug: string): string {
  return `articles/${encodeURIComponent(slug)}`;
}

/** Spells a path in one way, however it is encoded: `%c3%b6` and `%C3%B6` are one letter (RFC 3986 §6.2.2). */
export function spellPath(path: string): string {
  try {
    return encodeURI(decodeURI(path));
  } catch {
    return path;
  }
}
