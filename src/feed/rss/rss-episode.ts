import type { Extension } from 'feed';
import type { Article } from '../../article/article.ts';
import type { PodcastElement } from '../../article/media/episode.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { chaptersPath } from '../../publication/addresses/address.ts';
import type { Page } from '../../publication/page.ts';
import type { AnnouncedShow } from '../../publication/site/podcast.ts';
import type { Site } from '../../publication/site/site.ts';
import { recording } from '../media.ts';
import { byName, type Element, empty, extension, written } from './rss-element.ts';
import { carried } from './rss-text.ts';

/** Makes the elements of Podcasting 2.0 of an episode, for apps. */
export function episodeElements(article: Article, site: Site): Extension[] {
  const { episode = {}, slug } = article;
  const { number, display, season, seasonName, transcripts = [], participants = [] } = episode;
  const chapters =
    episode.chapters === undefined
      ? episode.chaptersFile
      : { url: new URL(chaptersPath(slug), site.url).href, type: chaptersType };
  // Without these names, iTunes' elements have the same facts.
  const named: readonly PodcastElement[] = [
    ...(season === undefined || seasonName === undefined
      ? []
      : [{ name: 'season', attributes: { name: seasonName }, text: String(season) }]),
    ...(number === undefined || display === undefined
      ? []
      : [{ name: 'episode', attributes: { display }, text: String(number) }]),
  ];
  return [
    ...written(named),
    ...extension('podcast:chapters', chapters && empty({ url: chapters.url, type: chapters.type })),
    ...extension(
      'podcast:transcript',
      transcripts.map(({ url, type, language }) => empty({ url, type, language })),
    ),
    ...extension(
      'podcast:person',
      participants.map(({ name, role, group, image, url }) => ({
        ...empty({ role, group, img: image, href: url }),
        _text: carried(name),
      })),
    ),
    ...written(episode.elements ?? []),
  ];
}

/** JSON Chapters Format 1.2. */
export const chaptersType = 'application/json+chapters';

/** Makes the elements of the channel for trailers and live shows. */
export function announcements({ site, articles, live = [] }: Page): Extension[] {
  const trailers: Element[] = articles.map(trailerElement).filter((trailer) => trailer !== undefined);
  return [
    ...extension('podcast:trailer', trailers),
    ...extension(
      'podcast:liveItem',
      live.map((show) => showElement(show, site)),
    ),
  ];
}

function trailerElement(article: Article): Element | undefined {
  const { title, published, episode } = article;
  const file = recording(article);
  if (file === undefined || episode?.kind !== 'trailer') return undefined;
  const { url, length, type } = file;
  const pubdate = new Date(published).toUTCString();
  return { ...empty({ pubdate, url, length, type, season: episode.season }), _text: carried(title) };
}

/** A live show is a separate item; its guid is made of its stream and its time. */
function showElement(
  { title, description, start, end, status, url, type, link }: AnnouncedShow,
  { podcast }: Site,
): Element {
  return {
    ...empty({ status, start, end }),
    title: { _text: carried(title) },
    ...omitUndefined({ description: description === undefined ? undefined : { _text: carried(description) } }),
    link: { _text: carried(link) },
    guid: { ...empty({ isPermaLink: 'false' }), _text: carried(`${podcast?.guid}/live/${start}`) },
    enclosure: empty({ url, type, length: 0 }),
    ...byName([
      {
        name: 'alternateEnclosure',
        attributes: { type, default: 'true' },
        inner: [{ name: 'source', attributes: { uri: url } }],
      },
      { name: 'contentLink', attributes: { href: link }, text: title },
    ]),
  };
}
