import type { Enclosure, Picture } from '../article/article.ts';
import { typeOfFile } from '../article/media-types.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import {
  address,
  type Check,
  count,
  fieldsOf,
  languageTag,
  listOf,
  mediaType,
  optional,
  playingTime,
  text,
} from './checks.ts';
import { type Field, readEpisode } from './read-episode.ts';

/** Reads the files of an item, and the episode that it is. */
export function readMedia(field: Field) {
  const written = field('enclosures', listOf(enclosure));
  const duration = field('duration', optional(playingTime));
  // As in front matter, the item's playing time is that of its first file.
  const [first, ...more] = written;
  const enclosures = first === undefined ? [] : [omitUndefined({ ...first, duration: first.duration ?? duration })];
  const image = field('image', optional(picture));
  return { enclosures: [...enclosures, ...more], ...omitUndefined({ image, episode: readEpisode(field) }) };
}

const picture: Check<Picture> = (value, place) => {
  if (typeof value === 'string') return withType(address(value, place));
  const fields = fieldsOf(value, place);
  return omitUndefined({
    ...withType(address(fields.url, `${place}.url`)),
    ...omitUndefined({ type: optional(mediaType)(fields.type, `${place}.type`) }),
    width: optional(count)(fields.width, `${place}.width`),
    height: optional(count)(fields.height, `${place}.height`),
    alt: optional(text)(fields.alt, `${place}.alt`),
    caption: optional(text)(fields.caption, `${place}.caption`),
  });
};

function withType(url: string): Picture {
  return omitUndefined({ url, type: typeOfFile(url) });
}

const enclosure: Check<Enclosure> = (value, place) => {
  const fields = fieldsOf(value, place);
  const url = address(fields.url, `${place}.url`);
  return omitUndefined({
    url,
    type: optional(mediaType)(fields.type, `${place}.type`) ?? typeOfFile(url) ?? 'application/octet-stream',
    length: optional(count)(fields.length, `${place}.length`),
    title: optional(text)(fields.title, `${place}.title`),
    duration: optional(playingTime)(fields.duration, `${place}.duration`),
    bitrate: optional(count)(fields.bitrate, `${place}.bitrate`),
    width: optional(count)(fields.width, `${place}.width`),
    height: optional(count)(fields.height, `${place}.height`),
    language: optional(languageTag)(fields.language, `${place}.language`),
    codecs: optional(text)(fields.codecs, `${place}.codecs`),
  });
};
