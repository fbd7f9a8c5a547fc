import type { PlaceOf } from './place.ts';

/** A moment in UTC as RFC 3339 writes it, with whole seconds: `2025-02-25T00:00:00Z`. Sorts as text. */
export type Instant = string;

/** A person who wrote something; at least the name is known. */
export interface Author {
  readonly name: string;
  /** An address for RSS's `author`, which takes nothing else (RSS 2.0, `<author>`). */
  readonly email?: string;
  readonly url?: string;
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
  /** Seconds that it plays. */
  readonly duration?: number;
}

/** The picture that stands for an article. */
export interface Picture {
  /** Absolute, http or https. */
  readonly url: string;
  /** Media type. */
  readonly type?: string;
  /** Pixels. */
  readonly width?: number;
  /** Pixels. */
  readonly height?: number;
  /** What it shows, for those who don't see it: plain text on one line. */
  readonly alt?: string;
  /** Plain text on one line. */
  readonly caption?: string;
}

/** A file that lies beside articles and that the site serves. */
export interface LocalFile {
  /** Absolute URL at which the site serves it. */
  readonly url: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** Pixels, of a picture. */
  readonly width?: number;
  /** Pixels, of a picture. */
  readonly height?: number;
}

/** Finds the file that an article means by an address without a host: from its own folder, or from the publication's for one that begins with `/`. */
export type FindFile = (written: string) => LocalFile | undefined;

/** Someone who takes part in an episode (Podcasting 2.0, `podcast:person`). */
export interface Participant {
  readonly name: string;
  readonly role?: string;
  readonly group?: string;
  /** Absolute URL of a portrait. */
  readonly image?: string;
  /** Absolute URL of a page about the person. */
  readonly url?: string;
}

/** The text of an episode (Podcasting 2.0, `podcast:transcript`). */
export interface Transcript {
  /** Absolute, http or https. */
  readonly url: string;
  /** Media type. */
  readonly type: string;
  readonly language?: string;
}

/** What makes an article with a recording an episode of a podcast. */
export interface Episode {
  readonly number?: number;
  readonly season?: number;
  readonly kind?: 'full' | 'trailer' | 'bonus';
  readonly explicit?: boolean;
  readonly participants?: readonly Participant[];
  readonly transcripts?: readonly Transcript[];
}

/** What is known of an article without rendering its body: enough to order, count and address it. */
export interface ArticleHead {
  /** Absolute IRI, compared byte by byte, never changed once published (RFC 4287 §4.2.6). */
  readonly id: string;
  /**
   * The id that its file says, where that is no IRI: any text, under which RSS and JSON Feed show the article. `id` is then
   * made of it, since Atom takes nothing else.
   */
  readonly plainId?: string;
  /** The last segment of the article's page on this site: one path segment, unique in the publication. */
  readonly slug: string;
  /** Absolute URL of the article: the original publication's, else its page on this site. */
  readonly permalink: string;
  /** Plain text on one line. */
  readonly title: string;
  readonly published: Instant;
  /** The last change that the publisher calls significant; never before `published` (RFC 4287 §4.2.15). */
  readonly updated: Instant;
  /** When it is withdrawn by itself; always after `published`. */
  readonly expires?: Instant;
  /** Empty when the article names nobody; the publication's authors then stand for it. */
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  /** The top folder that its file stands in, as it is named. */
  readonly section?: string;
  /** BCP 47 tag, where it differs from the publication's. */
  readonly language?: string;
  /** How much of it feeds carry, where that differs from the publication's `content`. */
  readonly extent?: 'full' | 'summary';
}

/** An article as a feed carries it. */
export interface Article extends ArticleHead {
  /** The lede as plain text on one line; empty when the body has no text. */
  readonly summary: string;
  /** The whole body as safe HTML in which every URL is absolute. */
  readonly content: string;
  readonly enclosures: readonly Enclosure[];
  readonly image?: Picture;
  readonly episode?: Episode;
}

/** An article whose body is rendered only when a page needs it. */
export interface ArticleSource {
  readonly head: ArticleHead;
  /** Renders the body: pure, and worth keeping. */
  article(): Article;
  /** What its file says, with places, for who looks for faults in it; only where there is a file. */
  written?(): WrittenArticle;
}

/**
 * Orders articles oldest first: by `published`, then by `slug` in code units.
 *
 * The order is total because slugs are unique, so files that share a date appear in the order of their names.
 */
export function oldestFirst(a: ArticleHead, b: ArticleHead): number {
  if (a.published !== b.published) return a.published < b.published ? -1 : 1;
  if (a.slug !== b.slug) return a.slug < b.slug ? -1 : 1;
  return 0;
}

/** A line and a column of a file, both counted from 1. */
export type Place = ReturnType<PlaceOf>;

/** What the file of an article says, with the places in the file at which it does. */
export interface WrittenArticle {
  /** The body in Markdown, without headline, dateline, original URL and id. */
  readonly body: string;
  /** Where an offset of the body, in UTF-16 code units, stands in the file. */
  readonly bodyPlace: PlaceOf;
  /** The start of the file where its path says it; likewise the date. */
  readonly titlePlace: Place;
  readonly datePlace: Place;
  /** Where front matter says when the article expires. */
  readonly expiryPlace?: Place;
  /** Whether front matter says the summary. */
  readonly hasSummary: boolean;
  /** The files that front matter names. */
  readonly files: readonly WrittenFile[];
}

/** An address that front matter gives to a picture or an enclosure. */
export interface WrittenFile {
  readonly kind: 'image' | 'enclosure';
  readonly address: string;
  /** Whether it says what the picture shows. */
  readonly hasAlt: boolean;
  readonly place: Place;
}
