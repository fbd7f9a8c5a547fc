import type { Enclosure, Picture } from '../article/article.ts';
import type { Author } from '../article/author.ts';
import type { Chapter, Participant, Transcript } from '../article/media/episode.ts';

/**
 * An article from a program or a database. Names and meaning are those of JSON Feed where both have them. `null` counts
 * as missing.
 */
export interface Item {
  /**
   * Identifies the article for readers, so it never changes. If it is not an absolute IRI, such as a database key, Atom
   * gets a `tag:` URI made of it; RSS and JSON Feed have it unchanged. A whole number counts as text; one above 2^53
   * must be a BigInt.
   */
  readonly id: string | number | bigint;
  /** Absolute URL of the article. */
  readonly url: string;
  /** Plain text. */
  readonly title: string;
  /** A `Date`, or a text with time and zone (RFC 3339): `2026-01-02T03:04:05Z`. */
  readonly published: Date | string;
  /** The last significant change. One before `published` counts as `published`. */
  readonly updated?: Date | string | null | undefined;
  /** When the article disappears. */
  readonly expires?: Date | string | null | undefined;
  /** Corrected errors in the article. */
  readonly corrections?: readonly { readonly date: Date | string; readonly note: string }[] | null | undefined;
  /** When and why the article disappears, if its publisher withdraws it. */
  readonly withdrawal?: { readonly date: Date | string; readonly reason?: string | null } | null | undefined;
  /** HTML. It is sanitized, and its addresses are resolved against `url`. */
  readonly content?: string | null | undefined;
  /** Markdown, in place of `content`. */
  readonly markdown?: string | null | undefined;
  /** Plain text; by default the beginning of the content. */
  readonly summary?: string | null | undefined;
  /** By default the authors of the site. */
  readonly authors?: readonly (Author | string)[] | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly section?: string | null | undefined;
  /** BCP 47 tag, if it differs from the site's. */
  readonly language?: string | null | undefined;
  /** Items with the same key are translations of each other, one in each language. Items from a loader have none. */
  readonly translationKey?: string | null | undefined;
  /** A picture, or its absolute URL; by default the first of the content. */
  readonly image?: Picture | string | null | undefined;
  readonly enclosures?: readonly ItemEnclosure[] | null | undefined;
  /** The playing time of the first enclosure, if that has none: seconds, or `1:02:03`. */
  readonly duration?: number | string | null | undefined;
  /** The number of the episode that the item is. */
  readonly episode?: number | null | undefined;
  /** What apps show in place of that number. */
  readonly episodeDisplay?: string | null | undefined;
  readonly season?: number | null | undefined;
  readonly seasonName?: string | null | undefined;
  readonly episodeType?: 'full' | 'trailer' | 'bonus' | null | undefined;
  /** Whether the episode is unsuitable for children. */
  readonly explicit?: boolean | null | undefined;
  /** Who takes part in the episode. */
  readonly people?: readonly (Participant | string)[] | null | undefined;
  /** Transcripts of the episode, or their absolute URLs. */
  readonly transcripts?: readonly (ItemTranscript | string)[] | null | undefined;
  /** The chapters of the episode, or the address of a file with them (JSON Chapters Format). */
  readonly chapters?: readonly ItemChapter[] | string | null | undefined;
  /**
   * Further elements of Podcasting 2.0, with the keys that `podcast` has in front matter: `soundbite`, `location`,
   * `license`, `funding`, `value`, `txt`, `contentLink` and `social`.
   */
  readonly podcast?: Readonly<Record<string, unknown>> | null | undefined;
  /** How much of it feeds contain, if that differs from the site's `content`. */
  readonly extent?: 'full' | 'summary' | null | undefined;
  /** Old paths of the article, which redirect to it: `/2019/hello/`. Not with a loader. */
  readonly aliases?: readonly string[] | null | undefined;
  /** The last segment of the page's address here, unique; by default made of the whole path of `url`. */
  readonly slug?: string | null | undefined;
}

/**
 * An enclosure; without `type`, its media type follows from the ending of its address. `duration` is in seconds, or a
 * text such as `1:02:03`.
 */
export type ItemEnclosure = Omit<Enclosure, 'type' | 'duration'> &
  Partial<Pick<Enclosure, 'type'>> & { readonly duration?: number | string };

/** A transcript; without `type`, its media type follows from the ending of its address. */
export type ItemTranscript = Omit<Transcript, 'type'> & Partial<Pick<Transcript, 'type'>>;

/** A chapter; `start` is in seconds, or a text such as `1:02:03`. */
export type ItemChapter = Omit<Chapter, 'start'> & { readonly start: number | string };
