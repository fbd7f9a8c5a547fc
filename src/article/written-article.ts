import type { PlaceOf } from './place.ts';

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
