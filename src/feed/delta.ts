import type { Article } from '../article/article.ts';
import type { Page } from '../publication/page.ts';
import { authorsOf } from '../publication/slices/slice.ts';
import { itemCache } from './item-cache.ts';
import { mainEnclosure, recording } from './media.ts';

/** The articles of a feed, and the site, whose facts fill in what an article leaves out. */
type ShownArticles = Pick<Page, 'site' | 'articles'>;

/** The formats that RFC 3229's `feed` is defined for. */
export type DeltaFormat = 'rss' | 'atom';

/**
 * Appends a short fingerprint of each article to the hash in an entity-tag. So any server, on any runtime and after any
 * restart, can see in the tag which articles a reader has (RFC 3229, instance-manipulation `feed`), without
 * remembering readers or documents.
 */
export function tagWithArticles(etag: string, { site, articles }: ShownArticles, format: DeltaFormat): string {
  if (articles.length === 0 || articles.length > articleLimit) return etag;
  return etag.replace(/"$/, `.${fingerprints[format](articles, site).join('')}"`);
}

/**
 * Returns the indices of the entries of a document, which `etag` identifies, that a reader with the tag `held` lacks or
 * has in another version; `undefined` if they share no entry. A list of tags comes from a cache, not a reader, and gets
 * `undefined` too.
 */
export function missingEntries(etag: string, held: string): readonly number[] | undefined {
  const own = fingerprintsIn(etag);
  const known = new Set(fingerprintsIn(held));
  const missing = [...own.keys()].filter((i) => !known.has(own[i] ?? ''));
  return missing.length < own.length ? missing : undefined;
}

/** Reads the fingerprints in a tag; weakness doesn't matter, because some readers drop `W/`. */
function fingerprintsIn(tag: string): readonly string[] {
  return /^(?:W\/)?"[\w-]{16}\.((?:[\w-]{4})+)"$/.exec(tag.trim())?.[1]?.match(/.{4}/g) ?? [];
}

/** Articles up to which a tag has at most 255 characters. CommaFeed has no place for more, and NewsBlur cuts it off. */
const articleLimit = 58;
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Hashes an article to 24 bits, written as four characters.
 *
 * A reader misses one in 300,000 changes on a page of 50, until that article changes again or the reader sends an
 * unconditional request.
 */
function fingerprint(article: Article, site: Page['site'], format: DeltaFormat): string {
  const sum = mix(JSON.stringify(entryParts(article, site, format)));
  return [0, 6, 12, 18].map((shift) => digits[(sum >>> shift) & 63]).join('');
}

const fingerprints = {
  rss: itemCache((articles, site) => articles.map((article) => fingerprint(article, site, 'rss'))),
  atom: itemCache((articles, site) => articles.map((article) => fingerprint(article, site, 'atom'))),
} as const satisfies Record<DeltaFormat, unknown>;

/**
 * Lists everything that an entry shows, in a fixed order; RSS shows no addresses of people, and one enclosure. Rare
 * parts add nothing to articles without them, so that the fingerprints of those stay the same across versions.
 */
function entryParts(article: Article, site: Page['site'], format: DeltaFormat): readonly unknown[] {
  const { permalink, title, published, updated, tags, summary, content, enclosures, language } = article;
  const authors = authorsOf(article, site);
  const id = format === 'rss' ? (article.plainId ?? article.id) : article.id;
  const common = [id, permalink, title, published, updated, tags, summary, content];
  if (format === 'rss') {
    const first = mainEnclosure(enclosures);
    return [
      ...common,
      authors.map(({ name, email }) => [name, email]),
      first?.url,
      first?.type,
      first?.length,
      ...rareParts({
        language: language === site.language ? undefined : language,
        duration: recording(article)?.duration,
        image: pictureParts(article),
        episode: episodeParts(article),
      }),
    ];
  }
  const people = authors.map(({ name, email, url }) => [name, email, url]);
  const files = enclosures.map(({ url, type, length, title }) => [url, type, length, title]);
  return [...common, people, files, language ?? site.language, ...rareParts({ image: pictureParts(article) })];
}

function rareParts(parts: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.values(parts).some((part) => part !== undefined) ? [parts] : [];
}

function pictureParts({ image }: Article): unknown {
  return image && [image.url, image.type, image.width, image.height, image.alt, image.caption];
}

function episodeParts({ episode }: Article): unknown {
  if (episode === undefined) return undefined;
  const { number, season, kind, explicit, participants = [], transcripts = [] } = episode;
  return [
    [number, season, kind, explicit],
    participants.map(({ name, role, group, image, url }) => [name, role, group, image, url]),
    transcripts.map(({ url, type, language }) => [url, type, language]),
  ];
}

/** Hashes UTF-16 code units by the steps of MurmurHash3: cheap, evenly distributed, and the same on every runtime. */
function mix(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) {
    let unit = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    unit = (unit << 15) | (unit >>> 17);
    hash ^= Math.imul(unit, 0x1b873593);
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
