import type { Instant } from '../../../article/article.ts';
import type { Author } from '../../../article/author.ts';
import type { Participant } from '../../../article/media/episode.ts';
import type { FeedLinks } from '../../published/published-feed.ts';

/** A document from another system: its description of the publication and its items, usually newest first. */
export interface ImportedFeed extends FeedLinks {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** The address of the site. */
  readonly siteUrl?: string | undefined;
  /** The feed's own id. */
  readonly id?: string | undefined;
  readonly language?: string | undefined;
  readonly icon?: string | undefined;
  readonly copyright?: string | undefined;
  readonly updated?: Instant | undefined;
  readonly authors: readonly Author[];
  readonly podcast?: ImportedPodcast | undefined;
  readonly items: readonly ImportedItem[];
  /** Feeds that an OPML document lists instead of items. */
  readonly listed?: readonly ListedFeed[];
  /** Warnings about content that was left out. */
  readonly notes?: readonly ImportNote[];
}

/** An article as another system publishes it, in any format. */
export interface ImportedItem {
  /** The id that feed readers know the article by, or its link if it has no id. */
  readonly id?: string | undefined;
  /** True if the item comes from Atom, which requires an IRI as id. */
  readonly isAtom?: boolean;
  /** Absolute address of the article. */
  readonly url?: string | undefined;
  /** The written address, if it is relative and has no known base. */
  readonly lostUrl?: string | undefined;
  /** Plain text on one line; may be empty. */
  readonly title: string;
  readonly published?: Instant | undefined;
  readonly updated?: Instant | undefined;
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  readonly content: ItemContent;
  /** Plain text on one line. */
  readonly summary?: string | undefined;
  readonly language?: string | undefined;
  readonly image?: ImportedPicture | undefined;
  readonly files: readonly ImportedFile[];
  readonly episode?: ImportedEpisode | undefined;
  readonly isDraft?: true | undefined;
  /** The base of the relative addresses in the content; empty if unknown. */
  readonly base: string;
}

export interface ItemContent {
  readonly kind: 'html' | 'text';
  readonly text: string;
}

/** A file that belongs to an item. The address may still be relative. */
export interface ImportedFile {
  readonly url: string;
  readonly type?: string | undefined;
  /** Bytes. */
  readonly length?: number | undefined;
  readonly title?: string | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
}

export interface ImportedPicture {
  readonly url: string;
  readonly alt?: string | undefined;
  readonly caption?: string | undefined;
}

/** The podcast data of an item under its front matter keys, unvalidated. Addresses may still be relative. */
export interface ImportedEpisode {
  readonly season?: number;
  readonly episode?: number;
  readonly episodeType?: string;
  readonly explicit?: boolean;
  readonly people?: readonly Participant[];
  readonly transcript?: readonly {
    readonly url: string;
    readonly type?: string;
    readonly language?: string;
  }[];
}

/** The podcast data of a feed under its `publication.yaml` keys, unvalidated. */
export interface ImportedPodcast {
  /** `Society & Culture > Documentary`. */
  readonly category?: readonly string[];
  readonly explicit?: boolean;
  readonly image?: string;
  readonly author?: string;
  readonly owner?: { readonly name?: string; readonly email?: string };
  readonly type?: string;
  readonly guid?: string;
  readonly locked?: boolean;
}

export interface ListedFeed {
  readonly title: string;
  readonly url: string;
}

/** A message to the publisher about an import. */
export interface ImportNote {
  readonly severity: 'error' | 'warning';
  /** The source, or a document that it links. */
  readonly source: string;
  /** The item's title. */
  readonly item?: string;
  readonly message: string;
}

/** A feed before its items get ids and addresses, which follow the same rules in every format. */
export type FeedFacts = Omit<ImportedFeed, 'items' | 'self' | 'older'> & {
  readonly items: readonly ItemFacts[];
  /** Absolute. */
  readonly base?: string | undefined;
};

export type ItemFacts = Omit<ImportedItem, 'id' | 'isAtom' | 'url' | 'lostUrl' | 'base'> & {
  /** The absolute base that the item sets or inherits. */
  readonly itemBase?: string | undefined;
  /** The absolute base of the content, which may set another. */
  readonly contentBase?: string | undefined;
};
