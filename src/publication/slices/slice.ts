import type { ArticleHead } from '../../article/article.ts';
import type { Author } from '../../article/author.ts';
import type { LabelKind, NamedFeed } from '../site/query.ts';
import type { Site } from '../site/site.ts';
import { describedSlice, sliceTitle } from '../site/slice-title.ts';
import type { Words } from '../words/en.ts';
import { wordsFor } from '../words/words.ts';

/**
 * What the articles of a slice share: a tag, an author, a language, a section (the top folder of their files), the
 * query of a named feed, or being episodes of the podcast.
 */
export type SliceKind = 'feed' | 'podcast' | LabelKind;

/** A part of a publication with its own feeds and pages. */
export interface Slice {
  readonly kind: SliceKind;
  /** One path segment, unique within its kind. */
  readonly slug: string;
  /**
   * As the oldest article of the slice spells it, so that a later one cannot rename the slice; for a named feed, its
   * title or else its name.
   */
  readonly label: string;
}

/** The first path segment of each kind, in the order in which slices are listed. */
export const sliceFolders = {
  feed: 'feeds',
  tag: 'tags',
  author: 'authors',
  language: 'languages',
  section: 'sections',
  podcast: 'podcast',
} as const satisfies Readonly<Record<SliceKind, string>>;

export const sliceKinds = Object.keys(sliceFolders) as readonly SliceKind[];

/** The path of a slice, below the site's address. */
export function slicePath({ kind, slug }: Pick<Slice, 'kind' | 'slug'>): string {
  return `${sliceFolders[kind]}/${encodeURIComponent(slug)}`;
}

/** The absolute URL that the pages of a kind are below: the scheme of its terms (RFC 4287 §4.2.2.2). */
export function schemeOf(kind: SliceKind, { url }: Pick<Site, 'url'>): string {
  // A feed has a hundred tags, and parsing the address for each would be a twentieth of the time to write it.
  if (lastScheme.kind !== kind || lastScheme.url !== url)
    lastScheme = { kind, url, scheme: new URL(`${sliceFolders[kind]}/`, url).href };
  return lastScheme.scheme;
}

let lastScheme: { readonly kind?: SliceKind; readonly url?: string; readonly scheme: string } = { scheme: '' };

/** Returns the authors of an article, by default the publication's. */
export function authorsOf({ authors }: Pick<ArticleHead, 'authors'>, site: Pick<Site, 'authors'>): readonly Author[] {
  return authors.length > 0 ? authors : site.authors;
}

/** The slice of the podcast, whose feed is for directories. Its label is never shown. */
export const podcastSlice: Slice = { kind: 'podcast', slug: 'episodes', label: 'episodes' };

/**
 * Makes a path segment of a label: lower-case letters, digits and emoji of any script, so that `News` and `news` are
 * one slice. Everything else becomes single hyphens, except the signs that distinguish names such as C, C++ and C#.
 *
 * Accents stay: `café` and `cafe` are two slices.
 */
export function sliceSlug(label: string): string {
  const known = slugs.get(label);
  if (known !== undefined) return known;
  const slug = makeSlug(label);
  if (slugs.size >= slugLimit) slugs.clear();
  slugs.set(label, slug);
  return slug;
}

/** Cached, because the articles of a page have the same few tags and authors. */
const slugs = new Map<string, string>();
const slugLimit = 1000;

function makeSlug(label: string): string {
  const slug = label
    .normalize('NFC')
    .toLowerCase()
    .replace(/\+/g, ' plus ')
    .replace(/(?<=[\p{L}\p{N}])#/gu, ' sharp ')
    // A dot inside a name stays, as in node.js.
    .replace(/(?<![\p{L}\p{N}])\.|\.(?![\p{L}\p{N}])/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}_.]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const named = slug === '' ? codePoints(label) : slug;
  return new TextEncoder().encode(named).byteLength <= longest ? named : `${cut(named)}-${fnv1a(named).toString(36)}`;
}

/** Bytes. On a static host a slug is the name of a folder, and file systems allow 255. */
const longest = 200;

/** Makes a slug of a label without letters and digits, from its code points. */
function codePoints(label: string): string {
  return ['u', ...[...label].map((sign) => sign.codePointAt(0)?.toString(16))].join('-');
}

/** Shortens a slug to characters that fit even if each takes four bytes. */
function cut(slug: string): string {
  return [...slug].slice(0, longest / 5).join('');
}

/** Returns the 32-bit hash FNV-1a, over UTF-16 code units. `hash` is that of what precedes the text. */
export function fnv1a(text: string, hash = 0x811c9dc5): number {
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Returns the facts that the documents of a slice state, based on those of the whole publication.
 *
 * The id of its feed is made of the publication's and the slug (RFC 4287 §4.2.6), so it survives a change of host. Only
 * the podcast's slice keeps the podcast's settings, because directories want a feed of episodes.
 */
export function siteOfSlice(site: Site, slice: Slice): Site {
  const { kind, slug, label } = slice;
  const title = sliceTitle(slice, site);
  const base = site.feedId.endsWith('/') ? site.feedId : `${site.feedId}/`;
  const feedId = `${base}${slicePath({ kind, slug })}`;
  const { podcast, ...facts } = site;
  if (kind === 'podcast') {
    const { title = site.title, description = site.description } = podcast ?? {};
    return { ...site, title, description, feedId };
  }
  const language = kind === 'language' ? label : site.language;
  return {
    ...facts,
    title: `${site.title}: ${title}`,
    description:
      kind === 'feed'
        ? site.description
        : (describedSlice(slice, site)?.description ?? `${wordsFor(language).words[sliceWords[kind]]} ${title}`),
    feedId,
    language,
    ...(kind === 'feed' ? ownFacts(findFeed(site, slug)) : {}),
  };
}

/** Returns what a named feed states in place of the publication. */
function ownFacts({ name: _, query: __, ...facts }: Partial<NamedFeed> = {}): Partial<Site> {
  return facts;
}

function findFeed({ feeds }: Pick<Site, 'feeds'>, slug: string): NamedFeed | undefined {
  return feeds?.find(({ name }) => name === slug);
}

/** Returns the number of articles on a page of a slice, or of the whole publication. */
export function itemsOf(site: Pick<Site, 'items' | 'feeds'>, slice?: Pick<Slice, 'kind' | 'slug'>): number {
  return (slice?.kind === 'feed' ? findFeed(site, slice.slug)?.items : undefined) ?? site.items;
}

/** The words before a slice's label, by kind. */
export const sliceWords: Readonly<Record<SliceKind, keyof Words>> = {
  feed: 'selected',
  tag: 'articlesAbout',
  author: 'articlesBy',
  language: 'articlesIn',
  section: 'section',
  podcast: 'podcast',
};
