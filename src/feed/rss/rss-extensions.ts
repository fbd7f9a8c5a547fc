import type { Extension } from 'feed';
import type { Article, Enclosure, Picture } from '../../article/article.ts';
import { isRecording, isVideo } from '../../article/media-types.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Podcast } from '../../publication/site/podcast.ts';
import type { Site } from '../../publication/site/site.ts';
import { isSameRecording, mainEnclosure, otherEnclosures, pictureType, recording } from '../media.ts';
import { type Element, empty, extension, written } from './rss-element.ts';
import { carried } from './rss-text.ts';

/** Makes a podcast's elements of the channel, for directories: Apple's, then those of Podcasting 2.0. */
export function podcastElements(podcast: Podcast): Extension[] {
  const { categories, explicit, image, author, owner, type, guid, locked, elements = [] } = podcast;
  return [
    extension('itunes:author', { _text: carried(author) }),
    extension(
      'itunes:owner',
      owner && {
        'itunes:name': { _text: carried(owner.name) },
        'itunes:email': { _text: carried(owner.email) },
      },
    ),
    extension(
      'itunes:category',
      categories.map(({ name, subcategory }) => ({
        ...empty({ text: name }),
        ...omitUndefined({ 'itunes:category': subcategory && empty({ text: subcategory }) }),
      })),
    ),
    extension('itunes:explicit', explicit === undefined ? undefined : { _text: String(explicit) }),
    extension('itunes:image', image === undefined ? undefined : empty({ href: image })),
    extension('itunes:type', type && { _text: type }),
    extension('podcast:guid', { _text: guid }),
    extension(
      'podcast:locked',
      locked === undefined
        ? undefined
        : {
            ...empty({ owner: owner?.email }),
            _text: locked ? 'yes' : 'no',
          },
    ),
    ...written(elements),
  ].flat();
}

/** Makes the elements of an item for its picture, its other files and, in an episode, for its recording. */
export function mediaElements(article: Article, { aggregators = false }: Pick<Site, 'aggregators'>): Extension[] {
  const { image, episode } = article;
  const { number, season, kind, explicit } = episode ?? {};
  const file = recording(article);
  const others = otherEnclosures(article);
  const count = (value: number | undefined) =>
    // Apple requires a whole number, from 1.
    value !== undefined && Number.isInteger(value) && value > 0 ? { _text: value } : undefined;
  return [
    // The picture comes first, because some readers take the first element for it.
    extension('media:content', [
      ...(image === undefined ? [] : [pictureElement(image)]),
      ...(aggregators ? wholeElements(article) : others.map(fileElement)),
    ]),
    extension('itunes:duration', file?.duration === undefined ? undefined : { _text: Math.round(file.duration) }),
    extension('itunes:season', count(season)),
    extension('itunes:episode', count(number)),
    extension('itunes:episodeType', kind && { _text: kind }),
    extension('itunes:explicit', explicit === undefined ? undefined : { _text: String(explicit) }),
    extension('itunes:image', file && image && isArtwork(image) ? empty({ href: image.url }) : undefined),
    extension(
      'podcast:alternateEnclosure',
      others.filter((other) => file !== undefined && isSameRecording(file, other)).map(alternateElement),
    ),
  ].flat();
}

/** Media RSS 1.5.1: a picture's caption becomes the description, its alternative text the text. */
function pictureElement(image: Picture): Element {
  const { url, width, height, alt, caption } = image;
  return {
    ...empty({ url, type: pictureType(image), medium: 'image', width, height }),
    ...omitUndefined({
      'media:description': caption === undefined ? undefined : { ...empty({ type: 'plain' }), _text: carried(caption) },
      'media:text': alt === undefined ? undefined : { ...empty({ type: 'plain' }), _text: carried(alt) },
    }),
  };
}

/**
 * Media RSS 1.5.1: an enclosure other than the one in `<enclosure>`. A recording has no type, because newsboat would
 * play the last one with a type instead of the enclosure; the medium is enough for other readers.
 */
function fileElement(file: Enclosure): Element {
  return describedFile(file, { type: isRecording(file) ? undefined : file.type });
}

/**
 * Media RSS 1.5.1 for aggregators, which read no `<enclosure>`: every file with its type, and videos with the article's
 * picture. newsboat plays the last one, so that is the file of `<enclosure>`.
 */
function wholeElements(article: Article): readonly Element[] {
  const { enclosures, image } = article;
  const main = mainEnclosure(enclosures);
  return [...otherEnclosures(article), ...(main === undefined || main.url === image?.url ? [] : [main])].map(
    (file) => ({
      ...describedFile(file, {
        type: file.type,
        isDefault: file === main && enclosures.length > 1 ? 'true' : undefined,
      }),
      ...(image === undefined || !isVideo(file)
        ? {}
        : { 'media:thumbnail': empty({ url: image.url, width: image.width, height: image.height }) }),
    }),
  );
}

/** Media RSS 1.5.1, `<media:content>`. Its bit rate is in kilobits a second. */
function describedFile(
  { url, type, length, title, duration, bitrate, width, height, language }: Enclosure,
  own: { readonly type: string | undefined; readonly isDefault?: string | undefined },
): Element {
  return {
    ...empty({
      url,
      // The validator takes no 0.
      fileSize: length || undefined,
      type: own.type,
      medium: /^(?:audio|image|video)(?=\/)/i.exec(type)?.[0].toLowerCase() ?? 'document',
      isDefault: own.isDefault,
      bitrate: bitrate === undefined ? undefined : bitrate / 1000,
      duration: duration === undefined ? undefined : Math.round(duration),
      height,
      width,
      lang: language,
    }),
    ...omitUndefined({
      'media:title': title === undefined ? undefined : { ...empty({ type: 'plain' }), _text: carried(title) },
    }),
  };
}

/** Podcasting 2.0, `podcast:alternateEnclosure`: the recording of the enclosure in another form. */
function alternateElement({ url, type, length, title, bitrate, height, language, codecs }: Enclosure): Element {
  const attributes = { type, length, bitrate, height, lang: language, title, codecs };
  return { ...empty(attributes), 'podcast:source': empty({ uri: url }) };
}

/** Reports whether Apple accepts a picture for an episode: square, JPEG or PNG. */
function isArtwork(image: Picture): boolean {
  return (
    image.width !== undefined && image.width === image.height && /^image\/(?:jpeg|png)$/.test(pictureType(image) ?? '')
  );
}
