import type { Author, Instant } from '../../../article/article.ts';
import type { FeedLinks } from '../../published/published-feed.ts';
import type { ImportedPodcast } from './podcast-facts.ts';
import './imported-item.ts';

/** What an item says in its own markup. */
export interface WrittenText {
  readonly kind: 'html' | 'text';
  readonly text: string;
}

/** A file that belongs to an item: the address may still be relative. */
export interface ImportedFile {
  readonly url: string;
  readonly type?: string;
  /** Bytes. */
  readonly length?: number;
  readonly title?: string;
  /** Seconds. */
  readonly duration?: number;
}

export interface ImportedPicture {
  readonly url: string;
  readonly alt?: string;
  readonly caption?: string;
}

/** What only an episode of a podcast has, under the keys of front matter and as it is written: addresses may still be relative. */
export interface ImportedEpisode {
  readonly season?: number;
  readonly episode?: number;
  readonly episodeType?: string;
  readonly explicit?: boolean;
  readonly people?: readonly {
    readonly name: string;
    readonly role?: string;
    readonly group?: string;
    readonly image?: string;
    readonly url?: string;
  }[];
  readonly transcript?: readonly {
    readonly url: string;
    readonly type?: string;
    readonly language?: string;
  }[];
}

/** An article as another system publishes it, whatever the form. */
export interface ImportedItem {
  /** What readers know it by: its id, and where it has none its link. */
  readonly id?: string;
  /** Whether an Atom document says so, in which an id must be an IRI. */
  readonly isAtom?: boolean;
  /** Absolute address of the article. */
  readonly url?: string;
  /** Its address as written, where that is relative and nothing makes it whole. */
  readonly lostUrl?: string;
  /** Plain text on one line; empty where it has none. */
  readonly title: string;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  readonly content: WrittenText;
  /** Plain text on one line. */
  readonly summary?: string;
  readonly language?: string;
  readonly image?: ImportedPicture;
  readonly files: readonly ImportedFile[];
  readonly episode?: ImportedEpisode;
  readonly isDraft?: true;
  /** Against what the relative addresses of its content are resolved; empty where nothing tells. */
  readonly base: string;
}

/** A document of another system: what it says of the publication, and its items, newest first as a rule. */
export interface ImportedFeed extends FeedLinks {
  readonly title?: string;
  readonly description?: string;
  /** The address of the site. */
  readonly siteUrl?: string;
  /** The feed's own id. */
  readonly id?: string;
  readonly language?: string;
  readonly icon?: string;
  readonly copyright?: string;
  /** When it was last written. */
  readonly updated?: Instant;
  readonly authors: readonly Author[];
  readonly podcast?: ImportedPodcast;
  readonly items: readonly ImportedItem[];
  /** Feeds that it lists instead of items (OPML). */
  readonly listed?: readonly ListedFeed[];
  /** What is known to be left out, in words. */
  readonly notes?: readonly ImportNote[];
}

export interface ListedFeed {
  readonly title: string;
  readonly url: string;
}

/** Something that the publisher has to know of what was imported. */
export interface ImportNote {
  readonly severity: 'error' | 'warning';
  /** The source, or a part of it. */
  readonly source: string;
  /** What the item is called. */
  readonly item?: string;
  readonly message: string;
}

/** What one item says, but for what every format tells by the same rules: its id, its links. */
export type ItemFacts = Omit<ImportedItem, 'id' | 'isAtom' | 'url' | 'base'> & {
  /** The absolute base that it sets itself, or what is around it. */
  readonly said?: string | undefined;
  /** Likewise of its content, which may set another. */
  readonly base?: string | undefined;
};

/** What a feed says, its items in the order of the document. */
export type FeedFacts = Omit<ImportedFeed, 'items' | 'self' | 'older'> & {
  readonly items: readonly ItemFacts[];
  /** Absolute. */
  readonly base?: string | undefined;
};
