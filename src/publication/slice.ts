import type { ArticleHead } from '../article/article.ts';
import type { Site } from './site.ts';
import type { Words } from './words/en.ts';
import { wordsFor } from './words/words.ts';

/** What an article can share with others: a tag, an author, a language, or the top folder that its file stands in. */
export type SliceKind = 'tag' | 'author' | 'language' | 'section';

/** A part of a publication that has feeds and pages of its own. */
export interface Slice {
  readonly kind: SliceKind;
  /** One path segment, unique in its kind. */
  readonly slug: string;
  /** As the oldest article of the slice spells it, so that no later one gives it another name. */
  readonly label: string;
}

/** The first segment of the addresses of each kind, in the order in which slices are listed. */
export const sliceFolders = {
  tag: 'tags',
  author: 'authors',
  language: 'languages',
  section: 'sections',
} as const satisfies Readonly<Record<SliceKind, string>>;

export const sliceKinds = Object.keys(sliceFolders) as readonly SliceKind[];

/** The path of a slice, below the site's own address. */
export function slicePath({ kind, slug }: Pick<Slice, 'kind' | 'slug'>): string {
  return `${sliceFolders[kind]}/${encodeURIComponent(slug)}`;
}

/** Absolute URL below which each slice of a kind has its page: the scheme of its terms (RFC 4287 §4.2.2.2). */
export function schemeOf(kind: SliceKind, { url }: Pick<Site, 'url'>): string {
  return new URL(`${sliceFolders[kind]}/`, url).href;
}

/** Lists the labels that an article has, as they are spelled. */
export function labelsOf(
  head: ArticleHead,
  site: Pick<Site, 'authors' | 'language'>,
): readonly (readonly [SliceKind, string])[] {
  const authors = head.authors.length > 0 ? head.authors : site.authors;
  return [
    ...head.tags.map((tag) => ['tag', tag] as const),
    ...authors.map(({ name }) => ['author', name] as const),
    ['language', head.language ?? site.language],
    ...(head.section === undefined ? [] : [['section', head.section] as const]),
  ];
}

/** Lists the slices that an article belongs to, each once. */
export function slicesOf(head: ArticleHead, site: Pick<Site, 'authors' | 'language'>): Slice[] {
  const slices = new Map(
    labelsOf(head, site).map(([kind, label]) => {
      const slice = { kind, slug: sliceSlug(label), label };
      return [slicePath(slice), slice];
    }),
  );
  return [...slices.values()];
}

/**
 * Makes a path segment of a label: letters, digits and pictures of any script in lower case, so that `News` and `news`
 * are one slice; everything else as single hyphens, but for the signs that tell names such as C, C++ and C# apart.
 *
 * Letters keep their accents: `café` and `cafe` are two.
 */
export function sliceSlug(label: string): string {
  const slug = label
    .normalize('NFC')
    .toLowerCase()
    .replace(/\+/g, ' plus ')
    .replace(/(?<=[\p{L}\p{N}])#/gu, ' sharp ')
    // A dot inside a name is part of it, as in node.js.
    .replace(/(?<![\p{L}\p{N}])\.|\.(?![\p{L}\p{N}])/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}_.]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const named = slug === '' ? codePoints(label) : slug;
  return new TextEncoder().encode(named).byteLength <= longest ? named : `${cut(named)}-${sum(named)}`;
}

/** Bytes: a slug is the name of a folder on a static host, and 255 is what file systems take. */
const longest = 200;

/** A label of nothing but signs is named by them. */
function codePoints(label: string): string {
  return ['u', ...[...label].map((sign) => sign.codePointAt(0)?.toString(16))].join('-');
}

/** A fifth of the characters that would fit if each took four bytes, so that whatever they are they do. */
function cut(slug: string): string {
  return [...slug].slice(0, longest / 5).join('');
}

/** FNV-1a over UTF-16 code units. */
function sum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/**
 * Gives the facts that the documents of a slice state, from those of the whole publication.
 *
 * The feed's id hangs on the publication's own and on the slug (RFC 4287 §4.2.6), so it outlives a change of host.
 */
export function siteOfSlice(site: Site, { kind, slug, label }: Slice): Site {
  const base = site.feedId.endsWith('/') ? site.feedId : `${site.feedId}/`;
  const language = kind === 'language' ? label : site.language;
  return {
    ...site,
    title: `${site.title}: ${label}`,
    description: `${wordsFor(language).words[sliceWords[kind]]} ${label}`,
    feedId: `${base}${slicePath({ kind, slug })}`,
    language,
  };
}

/** Which words stand before a slice's label. */
export const sliceWords: Readonly<Record<SliceKind, keyof Words>> = {
  tag: 'articlesAbout',
  author: 'articlesBy',
  language: 'articlesIn',
  section: 'section',
};
