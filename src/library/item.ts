import type { Author, Enclosure, Picture } from '../article/article.ts';

/**
 * An article from a program or a database. Names and meaning are those of JSON Feed where both have them. `null` counts
 * as missing.
 */
export interface Item {
  /**
   * Identifies the article for readers, so it never changes. A text that is no absolute IRI, such as a key of a
   * database, is what RSS and JSON Feed show; Atom gets a `tag:` URI that is made of it.
   */
  readonly id: string;
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
  /** HTML. It is sanitised, and its addresses are resolved against `url`. */
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
  /** A picture, or its absolute URL; by default the first of the content. */
  readonly image?: Picture | string | null | undefined;
  readonly enclosures?: readonly ItemEnclosure[] | null | undefined;
  /** The last segment of the address of the article's page here, unique; by default made of `url`. */
  readonly slug?: string | null | undefined;
}

/** An enclosure whose media type may be left to the ending of its address. */
export type ItemEnclosure = Omit<Enclosure, 'type'> & Partial<Pick<Enclosure, 'type'>>;
