import type { RenderedDocument } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { archivePath, decodePart, llmsPath, monthPath } from '../../publication/addresses/address.ts';
import { type CacheTag, editionTag, siteTag } from '../../publication/addresses/cache-tags.ts';
import type { CacheInFront, Site } from '../../publication/site/site.ts';

/** The tags of an answer for the cache in front of the site. */
export interface AnswerTags {
  readonly kind: CacheInFront['kind'];
  /** The value of the header field. */
  readonly tags: string;
}

/** Returns the tags of the answer with the document at a path; `undefined` without a cache. */
export function answerTags(site: Site, path: string, document: RenderedDocument): AnswerTags | undefined {
  if (site.purge === undefined) return undefined;
  const known = cached.get(document);
  if (known?.site === site) return known;
  const { kind } = site.purge;
  const shown = document.path === undefined ? [] : [tagOf(site, `/${document.path}`)];
  const tags = [...new Set([siteTag(site), tagOf(site, path), ...shown])].join(separators[kind]);
  const made = { site, kind, tags };
  cached.set(document, made);
  return made;
}

const cached = new WeakMap<RenderedDocument, AnswerTags & { readonly site: Site }>();

/** Seconds that a cache may answer with an outdated document while it gets the new one. */
const whileRevalidating = 60;

/** Seconds that a cache may do so while the server fails. */
const whileFailing = 86_400;

/**
 * Returns the header fields for the cache (RFC 9213 for `CDN-Cache-Control`, RFC 5861 for the times after `maxAge`).
 * `untilChange` is in how many seconds the document changes by itself: from then on nobody may get it, since an article
 * that has expired must not be shown.
 */
export function cacheFields(
  { kind, tags }: AnswerTags,
  maxAge: number,
  untilChange: number,
): Readonly<Record<string, string>> {
  const rest = Math.max(0, Math.floor(untilChange - maxAge));
  const times = [
    `max-age=${maxAge}`,
    `stale-while-revalidate=${Math.min(whileRevalidating, rest)}`,
    `stale-if-error=${Math.min(whileFailing, rest)}`,
  ].join(', ');
  return { [controlFields[kind]]: times, [tagFields[kind]]: tags };
}

/** Tags an answer without a document, which may change with every edition, for the site's cache. */
export function withEditionTag(response: Response, site: Site): Response {
  if (site.purge === undefined) return response;
  const { kind } = site.purge;
  response.headers.set(tagFields[kind], [siteTag(site), editionTag(site)].join(separators[kind]));
  return response;
}

/** Cloudflare and Fastly remove these fields and those of the tags from what readers get. */
const controlFields = {
  cloudflare: 'Cloudflare-CDN-Cache-Control',
  fastly: 'Surrogate-Control',
  other: 'CDN-Cache-Control',
} as const;

const tagFields = { cloudflare: 'Cache-Tag', fastly: 'Surrogate-Key', other: 'Surrogate-Key' } as const;
const separators = { cloudflare: ',', fastly: ' ', other: ' ' } as const;

/**
 * The tag of the document at a path: that of its page or article, in one spelling. Combinations and sitemaps depend on
 * any change.
 */
function tagOf(site: Site, path: string): CacheTag {
  if (lists.has(path) || path.startsWith(months) || path.includes('?') || path.endsWith('/sitemap.xml'))
    return editionTag(site);
  const parts = path
    .replace(/(?<=^\/articles\/[^/]+)\.md$/, '')
    .split('/')
    .filter((part) => part !== '' && !pageFiles.has(part));
  const names = parts.map((part) => encodeURIComponent(decodePart(part) ?? part));
  return `${siteTag(site)}/${names.join('/') || 'current'}`;
}

const lists: ReadonlySet<string> = new Set(['/feeds.opml', '/subscribe', `/${archivePath}`, `/${llmsPath}`]);
/** A month depends on when each of its articles is shown. */
const months = `/${monthPath('')}`;
const pageFiles: ReadonlySet<string> = new Set(formats.map(({ file }) => file));
