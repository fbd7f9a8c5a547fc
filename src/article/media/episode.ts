/** A person who takes part in an episode (Podcasting 2.0, `podcast:person`). */
export interface Participant {
  readonly name: string;
  readonly role?: string;
  readonly group?: string;
  /** Absolute URL of a portrait. */
  readonly image?: string;
  /** Absolute URL of a page about the person. */
  readonly url?: string;
}

/** A transcript of an episode (Podcasting 2.0, `podcast:transcript`). */
export interface Transcript {
  /** Absolute, http or https. */
  readonly url: string;
  /** Media type. */
  readonly type: string;
  readonly language?: string;
}

/** A chapter of an episode (Podcasting 2.0, "JSON Chapters Format"). */
export interface Chapter {
  /** Seconds from the beginning. */
  readonly start: number;
  readonly title: string;
  /** Absolute URL of a page about the chapter. */
  readonly url?: string;
  /** Absolute URL. */
  readonly image?: string;
}

/** Podcast data of an article with a recording. */
export interface Episode {
  readonly number?: number;
  /** What apps show in place of the number. */
  readonly display?: string;
  readonly season?: number;
  readonly seasonName?: string;
  readonly kind?: 'full' | 'trailer' | 'bonus';
  readonly explicit?: boolean;
  readonly participants?: readonly Participant[];
  readonly transcripts?: readonly Transcript[];
  /** Oldest first. They have a document of their own beside the article's page. */
  readonly chapters?: readonly Chapter[];
  /** A file of chapters. */
  readonly chaptersFile?: Pick<Transcript, 'url' | 'type'>;
  /** Further elements of Podcasting 2.0, in the order in which RSS has them. */
  readonly elements?: readonly PodcastElement[];
}

/** An element of Podcasting 2.0: its name without the prefix, attributes, text or other elements. */
export interface PodcastElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly inner?: readonly PodcastElement[];
}
