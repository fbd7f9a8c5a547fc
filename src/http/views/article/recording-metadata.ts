import type { Article, Enclosure } from '../../../article/article.ts';
import { isVideo } from '../../../article/media-types.ts';
import { recording } from '../../../feed/media.ts';
import { canonicalAddress } from '../../../publication/addresses/address.ts';
import type { Site } from '../../../publication/site/site.ts';
import { podcastSlice, slicePath } from '../../../publication/slices/slice.ts';
import { isoDuration } from './player-view.ts';

/** Makes the schema.org `AudioObject` or `VideoObject` of a recording. */
export function mediaObject(file: Enclosure, article: Article, site: Site): object {
  const { title, summary, published, image, language, episode } = article;
  const transcript = episode?.transcripts?.[0]?.url;
  return {
    '@type': isVideo(file) ? 'VideoObject' : 'AudioObject',
    name: file.title ?? title,
    description: summary || title,
    contentUrl: file.url,
    encodingFormat: file.type,
    contentSize: file.length === undefined ? undefined : String(file.length),
    duration: file.duration === undefined ? undefined : isoDuration(file.duration),
    uploadDate: published,
    thumbnailUrl: image?.url ?? site.podcast?.image ?? site.icon,
    inLanguage: file.language ?? language ?? site.language,
    caption: transcript === undefined ? undefined : { '@type': 'MediaObject', contentUrl: transcript },
  };
}

/** Makes the schema.org `PodcastEpisode` of an article of a podcast; `undefined` if it is none. */
export function podcastEpisode(article: Article, site: Site): object | undefined {
  const file = recording(article);
  const { podcast } = site;
  if (file === undefined || podcast === undefined) return undefined;
  const { title, summary, published, image, episode = {} } = article;
  const url = canonicalAddress(article, site);
  const page = new URL(slicePath(podcastSlice), site.url).href;
  return {
    '@context': 'https://schema.org',
    '@type': 'PodcastEpisode',
    name: title,
    description: summary || undefined,
    url,
    datePublished: published,
    duration: file.duration === undefined ? undefined : isoDuration(file.duration),
    episodeNumber: episode.number,
    image: image?.url ?? podcast.image,
    associatedMedia: mediaObject(file, article, site),
    partOfSeason:
      episode.season === undefined
        ? undefined
        : { '@type': 'PodcastSeason', seasonNumber: episode.season, name: episode.seasonName },
    partOfSeries: {
      '@type': 'PodcastSeries',
      name: podcast.title ?? site.title,
      url: page,
      webFeed: `${page}/rss.xml`,
    },
  };
}
