/** What podcast directories need to know of a publication whose articles have recordings. */
export interface Podcast {
  /** Apple's categories, the best match first; empty if the publisher set none. */
  readonly categories: readonly PodcastCategory[];
  /** Whether it is unsuitable for children; absent if the publisher has not said. */
  readonly explicit?: boolean;
  /** Absolute URL of square artwork: JPEG or PNG, 1400 to 3000 pixels wide. */
  readonly image?: string;
  readonly author: string;
  /** The contact for directories. */
  readonly owner?: { readonly name: string; readonly email: string };
  /** The order for listening: the newest episode first, or the oldest. */
  readonly type?: 'episodic' | 'serial';
  /** The podcast's id in all directories: a UUID (Podcasting 2.0, `podcast:guid`). */
  readonly guid: string;
  /** Asks other hosts not to import it (Podcasting 2.0, `podcast:locked`). */
  readonly locked?: boolean;
}

export interface PodcastCategory {
  readonly name: string;
  readonly subcategory?: string;
}

/** Lists the keys of the publication file that Apple requires and the publisher has not set. */
export function missingFrom({ categories, explicit, image }: Podcast): readonly string[] {
  return [
    ...(categories.length === 0 ? ['category'] : []),
    ...(explicit === undefined ? ['explicit'] : []),
    ...(image === undefined || !/\.(?:jpe?g|png)$/i.test(new URL(image).pathname) ? ['image'] : []),
  ];
}
