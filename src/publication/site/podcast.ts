import { type Instant, instantAt } from '../../article/article.ts';
import type { PodcastElement } from '../../article/media/episode.ts';

/** What podcast directories need to know of a publication whose articles have recordings. */
export interface Podcast {
  /** Its own name and description, if they differ from the publication's. */
  readonly title?: string;
  readonly description?: string;
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
  /** Addresses of its pages in directories. */
  readonly apple?: string;
  readonly spotify?: string;
  /** Further elements of Podcasting 2.0 for the channel. */
  readonly elements?: readonly PodcastElement[];
  /** Live shows, which the feed announces beside its episodes. */
  readonly live?: readonly LiveShow[];
}

/** A live show (Podcasting 2.0, `podcast:liveItem`). */
export interface LiveShow {
  readonly title: string;
  readonly start: Instant;
  readonly end: Instant;
  /** Absolute URL of the stream. */
  readonly url: string;
  /** Media type of the stream. */
  readonly type: string;
  /** Absolute URL of the page on which people can follow it. */
  readonly link: string;
  readonly description?: string;
}

/** A live show, and how it stands at a moment. */
export interface AnnouncedShow extends LiveShow {
  readonly status: 'pending' | 'live' | 'ended';
}

/** Lists the live shows of a podcast as they stand at `now`; one that has ended, for another day. */
export function showsAt({ live = [] }: Podcast, now: Instant): readonly AnnouncedShow[] {
  return live
    .filter((show) => now < forgottenAt(show))
    .map((show) => ({ ...show, status: now < show.start ? 'pending' : now < show.end ? 'live' : 'ended' }));
}

/** A day after the end, so that apps that were closed meanwhile learn of it. */
function forgottenAt({ end }: LiveShow): Instant {
  return instantAt(Date.parse(end) + 86_400_000);
}

/** Lists when the announcement of a live show changes. */
export function momentsOfShows({ podcast }: { readonly podcast?: Podcast }): readonly Instant[] {
  return (podcast?.live ?? []).flatMap((show) => [show.start, show.end, forgottenAt(show)]);
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
