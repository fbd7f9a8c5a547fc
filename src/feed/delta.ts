import type { Article } from '../article/article.ts';
import type { Page } from '../publication/page.ts';
import { mainEnclosure, recording } from './media.ts';

/** What an entry is made of: articles, and what stands for all that they don't say. */
type Shown = Pick<Page, 'site' | 'articles'>;

/** The formats for which RFC 3229's `feed` is defined. */
export type DeltaFormat = 'rss' | 'atom';

/**
 * Makes an entity-tag know what it stands for: after the hash of the document comes a short fingerprint of each of its
 * articles. Any server, on any runtime and after any restart, can so tell which articles a reader that shows the tag
 * has (RFC 3229 with the instance-manipulation `feed`), without remembering readers or documents.
 */
export function tagWithArticles(etag: string, { site, articles }: Shown, format: DeltaFormat): string {
  // A header field should stay small; a page this long is no feed that is polled.
  if (articles.length === 0 || articles.length > articleLimit) return etag;
  return etag.replace(/"$/, `.${articles.map((article) => fingerprint(article, site, format)).join('')}"`);
}

/**
 * Tells the indices of the entries of a document, by its own entity-tag, that are new or changed for a reader that
 * shows these tags in If-None-Match, by the first that tells; `undefined` where none does, because it is of no document
 * that shares an entry with this one.
 */
export function missingEntries(etag: string, ifNoneMatch: string): readonly number[] | undefined {
  const [own] = fingerprintsIn(etag);
  if (own === undefined) return undefined;
  for (const known of fingerprintsIn(ifNoneMatch)) {
    const held = new Set(known);
    const lacking = [...own.keys()].filter((i) => !held.has(own[i] ?? ''));
    if (lacking.length < own.length) return lacking;
  }
  return undefined;
}

/** Reads the fingerprints out of each tag that has some. */
function fingerprintsIn(tags: string): string[][] {
  return [...tags.matchAll(/"[\w-]{16}\.((?:[\w-]{4})+)"/g)].map(
    ([, known = '']) => known.match(/.{4}/g) ?? [],
  );
}

const articleLimit = 100;
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Sums an article up in 24 bits, written as four characters.
 *
 * A reader misses a change once in 300,000 changes on a page of 50; the next change of that article, or an
 * unconditional request, mends it.
 */
function fingerprint(article: Article, site: Page['site'], format: DeltaFormat): string {
  // Nearly all articles of a document are those of the one before.
  const before = known[format].get(article);
  if (before?.site === site) return before.print;
  const sum = mix(JSON.stringify(entryParts(article, site, format)));
  const print = [0, 6, 12, 18].map((shift) => digits[(sum >>> shift) & 63]).join('');
  known[format].set(article, { site, print });
  return print;
}

type Known = WeakMap<Article, { readonly site: Page['site']; readonly print: string }>;
const known: Readonly<Record<DeltaFormat, Known>> = { rss: new WeakMap(), atom: new WeakMap() };

/**
 * All that an entry shows, in a fixed order; RSS shows no people's addresses and one enclosure. What few articles have
 * adds nothing to the others, whose sums so stay as they were.
 */
function entryParts(article: Article, site: Page['site'], format: DeltaFormat): readonly unknown[] {
  const { permalink, title, published, updated, tags, summary, content, enclosures, language } = article;
  const authors = article.authors.length > 0 ? article.authors : site.authors;
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
  return [
    ...common,
    people,
    files,
    language ?? site.language,
    ...rareParts({ image: pictureParts(article) }),
  ];
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

/** MurmurHash3's steps over UTF-16 code units: cheap, well spread, and the same on every runtime. */
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
