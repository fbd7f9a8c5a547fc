import type { Enclosure, Picture } from '../article/article.ts';
import { secondsOf } from '../article/duration.ts';
import type { Episode, Participant, Transcript } from '../article/media/episode.ts';
import { typeOfFile } from '../article/media-types.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import {
  address,
  type Check,
  count,
  fieldsOf,
  languageTag,
  listOf,
  numberFromOne,
  oneOf,
  optional,
  text,
  truth,
  wrong,
} from './checks.ts';
import type { Item } from './item.ts';

/** Checks a field of an item. */
export type Field = <T>(name: keyof Item, check: Check<T>) => T;

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

function readEpisode(field: Field): Episode | undefined {
  const participants = field('people', listOf(participant));
  const transcripts = field('transcripts', listOf(transcript));
  const episode: Episode = omitUndefined({
    number: field('episode', optional(numberFromOne)),
    season: field('season', optional(numberFromOne)),
    kind: field('episodeType', optional(oneOf(['full', 'trailer', 'bonus']))),
    explicit: field('explicit', optional(truth)),
    participants: participants.length === 0 ? undefined : participants,
    transcripts: transcripts.length === 0 ? undefined : transcripts,
  });
  return Object.keys(episode).length === 0 ? undefined : episode;
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
  });
};

const playingTime: Check<number> = (value, place) => {
  if (typeof value !== 'string') return count(value, place);
  return secondsOf(value.trim()) ?? wrong(place, 'seconds, or hours, minutes and seconds as in 1:02:03', value);
};

const participant: Check<Participant> = (value, place) => {
  if (typeof value === 'string') return { name: text(value, place) };
  const fields = fieldsOf(value, place);
  const optionally = <T>(name: string, check: Check<T>) => optional(check)(fields[name], `${place}.${name}`);
  return omitUndefined({
    name: text(fields.name, `${place}.name`),
    role: optionally('role', text),
    group: optionally('group', text),
    image: optionally('image', address),
    url: optionally('url', address),
  });
};

const transcript: Check<Transcript> = (value, place) => {
  const fields = typeof value === 'string' ? { url: value } : fieldsOf(value, place);
  const at = typeof value === 'string' ? place : `${place}.url`;
  const url = address(fields.url, at);
  const { type, language } = fields as { readonly type?: unknown; readonly language?: unknown };
  return omitUndefined({
    url,
    type: optional(mediaType)(type, `${place}.type`) ?? typeOfFile(url) ?? 'text/html',
    language: optional(languageTag)(language, `${place}.language`),
  });
};

const mediaType: Check<string> = (value, place) =>
  typeof value === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(value) ? value : wrong(place, 'a media type', value);
