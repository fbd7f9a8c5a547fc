import type { ArticleHead } from '../article/article.ts';
import type { Site } from './site.ts';
import { type Slice, slicePath } from './slice.ts';

/**
 * Which page is meant: of the whole publication or of a slice; the current one, or archive page `archive`, counted from
 * 1, the oldest.
 */
export interface PageAddress {
  readonly slice?: Pick<Slice, 'kind' | 'slug'> | undefined;
  readonly archive?: number;
}

/** The path of a page for people, below the site's own address: empty for the home page. */
export function pagePath({ slice, archive }: PageAddress): string {
  const folders = [
    ...(slice === undefined ? [] : [slicePath(slice)]),
    ...(archive === undefined ? [] : [`archive/${archive}`]),
  ];
  return folders.join('/');
}

const articleFolder = 'articles';

/** The path of an article's page, below the site's own address. */
export function articlePath(slug: string): string {
  return `${articleFolder}/${encodeURIComponent(slug)}`;
}

/** The address of an article's page on this site. */
export function pageAddress(slug: string, { url }: Pick<Site, 'url'>): string {
  return new URL(articlePath(slug), url).href;
}

/**
 * The address that stands for an article's page among all that show the article: its original URL, but its own where that
 * is on this very site, because it only leads here.
 */
export function canonicalAddress(
  { permalink, slug }: Pick<ArticleHead, 'permalink' | 'slug'>,
  site: Pick<Site, 'url'>,
): string {
  return permalink.startsWith(site.url) ? pageAddress(slug, site) : permalink;
}

/** The slug in the path of an article's page; `undefined` for any other path. */
export function articleSlug(path: string): string | undefined {
  const [folder, slug = ''] = path.split('/');
  if (folder !== articleFolder) return undefined;
  try {
    return decodeURIComponent(slug);
  } catch {
    return undefined;
  }
}

/** The path of a file that lies beside articles, by its path in their folder, below the site's own address. */
export function mediaPath(path: string): string {
  return `${mediaFolder}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The path in the articles' folder of the file that an address such as `/media/a%20b.png` means. */
export function readMediaPath(pathname: string): string | undefined {
  const prefix = `/${mediaFolder}/`;
  return pathname.startsWith(prefix) ? readFilePath(pathname.slice(prefix.length)) : undefined;
}

/** The path in a folder of the file that an address means of which the path below the folder's own is `a%20b.png`. */
export function readFilePath(path: string): string | undefined {
  try {
    const parts = path.split('/').map(decodeURIComponent);
    // A slash that was encoded is no slash.
    return parts.some((part) => part.includes('/')) ? undefined : parts.join('/');
  } catch {
    return undefined;
  }
}

/** Under it stand the files that lie beside articles. */
export const mediaFolder = 'media';

/**
 * Spells a path in one way, however it is encoded: `%c3%b6` and `%C3%B6` are one letter (RFC 3986 §6.2.2). What would mean
 * something else without its encoding keeps it.
 */
export function spellPath(path: string): string {
  try {
    return path
      .split(/(%(?:2[3-6BCF]|3[ABDF]|40))/i)
      .map((part, i) => (i % 2 === 1 ? part.toUpperCase() : encodeURI(decodeURI(part))))
      .join('');
  } catch {
    return path;
  }
}

/** Where the page is that lists every feed, below the site's own address. */
export const subscribePath = 'subscribe';
