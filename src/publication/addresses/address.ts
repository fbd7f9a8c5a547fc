import type { ArticleHead } from '../../article/article.ts';
import type { Site } from '../site/site.ts';
import { type Slice, sliceFolders, sliceKinds, slicePath } from '../slices/slice.ts';
import type { Term } from '../slices/term.ts';

/**
 * Identifies a page: of the whole publication or of a slice; the current page, or the archive page with the number
 * `archive`, counted from 1, the oldest.
 */
export interface PageAddress {
  readonly slice?: Pick<Slice, 'kind' | 'slug'> | undefined;
  readonly archive?: number;
  /** Set on a page of a combination that a reader asks for. */
  readonly terms?: readonly Term[];
  /** Set on a page of all articles, those outside the main feed included. Only sitemaps show such pages. */
  readonly all?: true;
}

/** The path of an HTML page, below the site's address; empty for the home page. */
export function pagePath({ slice, archive }: PageAddress): string {
  const folders = [
    ...(slice === undefined ? [] : [slicePath(slice)]),
    ...(archive === undefined ? [] : [`archive/${archive}`]),
  ];
  return folders.join('/');
}

/** Returns the relative URL of the site's root from a path below the site's address. */
export function rootFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 1) || './';
}

/** The path of the page that lists every feed, below the site's address. */
export const subscribePath = 'subscribe';

/** The path of the page that lists the months with articles, below the site's address. */
export const archivePath = 'archive';

/** The path of the page of a month, `2026-11`, below the site's address. */
export function monthPath(month: string): string {
  return `months/${month}`;
}

/** The path of the manifest for phones, below the site's address. */
export const manifestPath = 'app.webmanifest';

/** The path of the sitemap of the last two days, below the site's address. */
export const newsPath = 'news-sitemap.xml';

/** The path of the publication's table of contents for language models, below the site's address. */
export const llmsPath = 'llms.txt';

/** The path of the license for machines, below the site's address. */
export const licensePath = 'license.xml';

/** The path of the reservation of text and data mining, below the site's address. */
export const tdmPath = '.well-known/tdmrep.json';

/** The path of the page that lists corrections, and the folder of its feeds, below the site's address. */
export const correctionsPath = 'corrections';

/** The path of the page on which people search, below the site's address. */
export const searchPath = 'search';

/** The folder of the files in which it searches. */
export const searchFolder = 'search-index';

const articleFolder = 'articles';

/** The path of an article's page, below the site's address. */
export function articlePath(slug: string): string {
  return `${articleFolder}/${encodeURIComponent(slug)}`;
}

/** The path of an article's chapters. */
export function chaptersPath(slug: string): string {
  return `${articlePath(slug)}/chapters.json`;
}

/** The absolute URL of an article's page on this site. */
export function pageAddress(slug: string, { url }: Pick<Site, 'url'>): string {
  return new URL(articlePath(slug), url).href;
}

/**
 * The canonical URL of an article: its permalink, or the URL of its page if the permalink is on this site, where it
 * only redirects to the page. With a rule for permalinks, the pages there are another program's.
 */
export function canonicalAddress(
  { permalink, slug }: Pick<ArticleHead, 'permalink' | 'slug'>,
  site: Pick<Site, 'url' | 'permalink'>,
): string {
  return site.permalink === undefined && permalink.startsWith(site.url) ? pageAddress(slug, site) : permalink;
}

/** The slug in the path of an article's page; `undefined` for any other path. */
export function articleSlug(path: string): string | undefined {
  const [folder, slug = ''] = path.split('/');
  return folder === articleFolder ? decodePart(slug) : undefined;
}

/** The slice in the path of its page; `undefined` for any other path. */
export function sliceAt(path: string): Pick<Slice, 'kind' | 'slug'> | undefined {
  const [folder, slug = ''] = path.split('/');
  const kind = sliceKinds.find((kind) => sliceFolders[kind] === folder);
  const decoded = decodePart(slug);
  return kind === undefined || decoded === undefined ? undefined : { kind, slug: decoded };
}

/** The folder of the addresses of media files. */
export const mediaFolder = 'media';

/** The path of a media file's address, below the site's address; `path` is its path in the articles' folder. */
export function mediaPath(path: string): string {
  return `${mediaFolder}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The path in the articles' folder of the media file at an address such as `/media/a%20b.png`. */
export function readMediaPath(pathname: string): string | undefined {
  const prefix = `/${mediaFolder}/`;
  return pathname.startsWith(prefix) ? readFilePath(pathname.slice(prefix.length)) : undefined;
}

/** Finds the addresses of media files anywhere in a text, and returns the files' paths. */
export function mediaPathsIn(text: string, siteUrl: string): string[] {
  return text
    .split(`${siteUrl}${mediaFolder}/`)
    .slice(1)
    .flatMap((rest) => readMediaPath(`/${mediaFolder}/${/^[^\s"<>&#?\\]*/.exec(rest)?.[0]}`) ?? []);
}

/** Decodes the path of a file; `undefined` if it is malformed, or if a decoded part contains a slash. */
export function readFilePath(path: string): string | undefined {
  const parts = path.split('/').map(decodePart);
  return parts.some((part) => part === undefined || part.includes('/')) ? undefined : parts.join('/');
}

/** Decodes a part of a URL; `undefined` if it is malformed. */
export function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/**
 * Normalizes the percent-encoding of a path, so that `%c3%b6` and `%C3%B6` are equal (RFC 3986 §6.2.2). Reserved
 * characters stay encoded.
 */
export function normalizePath(path: string): string {
  try {
    return path
      .split(/(%(?:2[3-6BCF]|3[ABDF]|40))/i)
      .map((part, i) => (i % 2 === 1 ? part.toUpperCase() : encodeURI(decodeURI(part))))
      .join('');
  } catch {
    return path;
  }
}
