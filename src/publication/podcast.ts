/** What podcast directories want to know of a publication whose articles have recordings. */
export interface Podcast {
  /** Of Apple's list, the one that fits best first; empty when none is given. */
  readonly categories: readonly PodcastCategory[];
  /** Whether it is unfit for children; absent when the publisher has not said. */
  readonly explicit?: boolean;
  /** Absolute URL of square artwork, JPEG or PNG, of 1400 to 3000 pixels. */
  readonly image?: string;
  readonly author: string;
  /** Whom directories write to. */
  readonly owner?: { readonly name: string; readonly email: string };
  /** In which order it wants to be heard: the newest episode first, or the oldest. */
  readonly type?: 'episodic' | 'serial';
  /** The podcast's own id in all directories: a UUID (Podcasting 2.0, `podcast:guid`). */
  readonly guid: string;
  /** Whether other hosts are asked not to import it (Podcasting 2.0, `podcast:locked`). */
  readonly locked?: boolean;
}

export interface PodcastCategory {
  readonly name: string;
  readonly subcategory?: string;
}

/** Names what Apple requires and the publisher has not given, by the keys of the publication file. */
export function missingFrom({ categories, explicit, image }: Podcast): readonly string[] {
  return [
    ...(categories.length === 0 ? ['category'] : []),
    ...(explicit === undefined ? ['explicit'] : []),
    ...(image === undefined || !/\.(?:jpe?g|png)$/i.test(new URL(image).pathname) ? ['image'] : []),
  ];
}
