import type { Author } from './author.ts';
import type { Episode } from './media/episode.ts';
import type { PlaceOf } from './place.ts';

/** A UTC time in RFC 3339 format with whole seconds: `2025-02-25T00:00:00Z`. Instants sort as text. */
export type Instant = string;

/** Formats a time in milliseconds since 1970, between the years 0 and 9999, as an {@link Instant}. */
export function instantAt(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** A file that belongs to an article: RSS `enclosure`, Atom `link rel="enclosure"`, JSON Feed attachment. */
export interface Enclosure {
  /** Absolute, http or https. */
  readonly url: string;
  /** Media type. */
  readonly type: string;
  /** Bytes; absent when unknown. */
  readonly length?: number;
  readonly title?: string;
  /** Playing time in seconds. */
  readonly duration?: number;
  /** Bits per second. */
  readonly bitrate?: number;
  /** Pixels, of a video. */
  readonly width?: number;
  /** Pixels, of a video. */
  readonly height?: number;
  readonly language?: string;
  /** RFC 6381. */
  readonly codecs?: string;
}

/** The picture of an article. */
export interface Picture {
  /** Absolute, http or https. */
  readonly url: string;
  /** Media type. */
  readonly type?: string;
  /** Pixels. */
  readonly width?: number;
  /** Pixels. */
  readonly height?: number;
  /** Alternative text, as plain text on one line. */
  readonly alt?: string;
  /** Plain text on one line. */
  readonly caption?: string;
}

/** A corrected error in an article. */
export interface Correction {
  readonly date: Instant;
  /** Plain text on one line. */
  readonly note: string;
}

/** The withdrawal of an article by its publisher, which an expiry is not. */
export interface Withdrawal {
  readonly date: Instant;
  /** Plain text on one line. */
  readonly reason?: string;
}

/** What is known about an article without rendering its body: enough to sort, count and address it. */
export interface ArticleHead {
  /** Absolute IRI, compared byte by byte, never changed once published (RFC 4287 §4.2.6). */
  readonly id: string;
  /** The id in the file if it is no IRI: RSS and JSON Feed show it, and `id` is derived from it for Atom. */
  readonly plainId?: string;
  /** The last segment of the article's URL on this site: one path segment, unique in the publication. */
  readonly slug: string;
  /** Absolute URL of the article: on the site that first published it, or else its page on this site. */
  readonly permalink: string;
  /** Old paths of the article, below the site's address; they redirect to it. */
  readonly aliases?: readonly string[];
  /** Plain text on one line. */
  readonly title: string;
  readonly published: Instant;
  /** The last significant change; never before `published` (RFC 4287 §4.2.15). */
  readonly updated: Instant;
  /** The update that the file states, if a correction is later. */
  readonly edited?: Instant;
  /** When the article is withdrawn; not before `published`, and at the same moment if it was withdrawn that day. */
  readonly expires?: Instant;
  /** Oldest first. */
  readonly corrections?: readonly Correction[];
  readonly withdrawal?: Withdrawal;
  /** Empty if the article names no authors; the publication's authors then apply. */
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  /** The name of the top folder that contains the file. */
  readonly section?: string;
  /** BCP 47 tag, if it differs from the publication's. */
  readonly language?: string;
  /** The key that its translations share. */
  readonly translationKey?: string;
  /** The same article in other languages, sorted by language; scheduled ones too. */
  readonly translations?: readonly Translation[];
  /** How much of it feeds contain, if that differs from the publication's `content`. */
  readonly extent?: 'full' | 'summary';
  /** Set if it has audio or video and is an episode if the publication is a podcast. */
  readonly hasRecording?: true;
  /** Set if it lists chapters, which have a document of their own. */
  readonly hasChapters?: true;
}

/** An article in another language. */
export interface Translation extends Pick<ArticleHead, 'title' | 'published' | 'expires'> {
  readonly language: string;
  /** Absent in an edition that an earlier version stored. */
  readonly slug?: string;
  /** Absolute URL of its page. */
  readonly url: string;
}

/** An article as feeds contain it. */
export interface Article extends ArticleHead {
  /** The lede as plain text on one line; empty when the body has no text. */
  readonly summary: string;
  /** The whole body as safe HTML with absolute URLs only. */
  readonly content: string;
  /** The body as Markdown with absolute URLs only; absent unless the publication asks for it. */
  readonly markdown?: string;
  readonly enclosures: readonly Enclosure[];
  readonly image?: Picture;
  readonly episode?: Episode;
}

/** An article whose body is rendered only when a page needs it. */
export interface ArticleSource {
  readonly head: ArticleHead;
  /** Renders the body. The result never changes, so it can be cached. */
  article(): Article;
  /**
   * Names everything that the article is made from, across processes and machines: two articles with the same version
   * are the same. Only articles from files have it, and only once it is known to which files they refer, at the latest
   * when they have been rendered.
   */
  readonly version?: string | undefined;
  /** Does the same elsewhere; only articles that take long have it. */
  readonly render?: (() => Promise<Article>) | undefined;
  /** Returns what the file says, with positions, for checks. Only articles from files have it. */
  sourceText?(): SourceText;
}

/**
 * Compares two articles for sorting, oldest first: by `published`, then by `slug` in code units.
 *
 * The order is total because slugs are unique: articles with the same date are sorted by their slugs.
 */
export function oldestFirst(a: ArticleHead, b: ArticleHead): number {
  if (a.published !== b.published) return a.published < b.published ? -1 : 1;
  if (a.slug !== b.slug) return a.slug < b.slug ? -1 : 1;
  return 0;
}

/** A position in a file: line and column, both counted from 1. */
export type Place = ReturnType<PlaceOf>;

/** What the file of an article says, with positions in the file. */
export interface SourceText {
  /** The body in Markdown, without headline, dateline, original URL and id. */
  readonly body: string;
  /** Converts an offset in the body, in UTF-16 code units, to a position in the file. */
  readonly bodyPlace: PlaceOf;
  /** The start of the file if the title, or the date, comes from the path. */
  readonly titlePlace: Place;
  readonly datePlace: Place;
  /** Where front matter states the expiry. */
  readonly expiryPlace?: Place | undefined;
  /** Whether the summary comes from front matter. */
  readonly hasSummary: boolean;
  /** The files named in front matter. */
  readonly files: readonly NamedFile[];
  /** The same files, and the episode, as feeds have them. */
  readonly media: Pick<Article, 'enclosures' | 'image' | 'episode'>;
}

/** The address of a picture or an enclosure in front matter. */
export interface NamedFile {
  readonly kind: 'image' | 'enclosure';
  readonly address: string;
  /** Absolute URL; absent if the address is wrong. */
  readonly url?: string;
  /** Whether it has alternative text. */
  readonly hasAlt: boolean;
  readonly place: Place;
}
