import { readPodcastElements } from '../article/front-matter/episode/podcast-elements.ts';
import { keyOf, type Value } from '../article/front-matter/syntax/value.ts';
import type { Chapter, Episode, Participant, PodcastElement, Transcript } from '../article/media/episode.ts';
import { type ElementRule, podcastKeysAt, podcastRules } from '../article/media/podcast-rules.ts';
import { typeOfFile } from '../article/media-types.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { chaptersType } from '../feed/rss/rss-episode.ts';
import {
  address,
  type Check,
  fieldsOf,
  languageTag,
  listOf,
  mediaType,
  numberFromOne,
  oneOf,
  optional,
  playingTime,
  text,
  truth,
} from './checks.ts';
import type { Item } from './item.ts';

/** Checks a field of an item. */
export type Field = <T>(name: keyof Item, check: Check<T>) => T;

/** Reads the fields of an episode; `undefined` if none is set. */
export function readEpisode(field: Field): Episode | undefined {
  const participants = field('people', listOf(participant));
  const transcripts = field('transcripts', listOf(transcript));
  const elements = field('podcast', optional(podcastElements)) ?? [];
  const episode: Episode = omitUndefined({
    number: field('episode', optional(numberFromOne)),
    display: field('episodeDisplay', optional(text)),
    season: field('season', optional(numberFromOne)),
    seasonName: field('seasonName', optional(text)),
    kind: field('episodeType', optional(oneOf(['full', 'trailer', 'bonus']))),
    explicit: field('explicit', optional(truth)),
    participants: participants.length === 0 ? undefined : participants,
    transcripts: transcripts.length === 0 ? undefined : transcripts,
    ...field('chapters', optional(chapters)),
    elements: elements.length === 0 ? undefined : elements,
  });
  return Object.keys(episode).length === 0 ? undefined : episode;
}

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

/** Reads a list of chapters, or the address of a file with them. */
const chapters: Check<Pick<Episode, 'chapters' | 'chaptersFile'>> = (value, place) => {
  if (typeof value === 'string') return { chaptersFile: { url: address(value, place), type: chaptersType } };
  const all = listOf(chapter)(value, place);
  return all.length === 0 ? {} : { chapters: all.toSorted((a, b) => a.start - b.start) };
};

const chapter: Check<Chapter> = (value, place) => {
  const { start, title, url, image } = fieldsOf(value, place);
  return omitUndefined({
    start: playingTime(start, `${place}.start`),
    title: text(title, `${place}.title`),
    url: optional(address)(url, `${place}.url`),
    image: optional(address)(image, `${place}.image`),
  });
};

/** Reads elements of Podcasting 2.0 by the rules of front matter. A wrong part is an error, as everywhere in items. */
const podcastElements: Check<readonly PodcastElement[]> = (value, place) => {
  const fields = fieldsOf(value, place, `an object of ${podcastKeysAt('item').join(', ')}`);
  return podcastKeysAt('item').flatMap((key) => {
    const written = fields[key];
    if (written === undefined || written === null) return [];
    const at = `${place}.${key}`;
    return readPodcastElements(key, valueIn(written), (_, message) => {
      throw new TypeError(`${at}: ${message}`);
    });
  });
};

/** Converts a program's value to a value of front matter. */
function valueIn(value: unknown): Value {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(valueIn), at: 0 };
  if (typeof value !== 'object' || value === null)
    return { kind: 'scalar', text: String(value ?? ''), isText: typeof value === 'string', at: 0 };
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return { kind: 'table', entries: new Map(entries.map(([key, inner]) => [keyOf(key), valueIn(inner)])), at: 0 };
}

/** Writes elements of an article as the fields that {@link readEpisode} reads. */
export function podcastFields(elements: readonly PodcastElement[]): Readonly<Record<string, readonly object[]>> {
  return Object.fromEntries(
    podcastKeysAt('item').flatMap((key) => {
      const rule = podcastRules[key];
      const found = elements.filter(({ name }) => name === rule?.name);
      return rule === undefined || found.length === 0 ? [] : [[key, found.map((one) => fieldsOfElement(one, rule))]];
    }),
  );
}

function fieldsOfElement({ attributes = {}, text, inner = [] }: PodcastElement, rule: ElementRule): object {
  const keys = Object.entries(rule.attributes ?? {}).map(([key, [name]]) => [key.replace('!', ''), attributes[name]]);
  const [innerKey, innerRule] = rule.inner ?? [];
  return {
    ...Object.fromEntries(keys),
    ...(rule.text === undefined ? {} : { [rule.text[0]]: text }),
    ...(innerKey === undefined || innerRule === undefined
      ? {}
      : { [innerKey]: inner.map((one) => fieldsOfElement(one, innerRule)) }),
  };
}
