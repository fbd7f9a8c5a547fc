import type { Episode, Participant, PodcastElement, Transcript } from '../../media/episode.ts';
import { podcastKeysAt } from '../../media/podcast-rules.ts';
import { typeOfFile } from '../../media-types.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { oneLine } from '../../plain-text.ts';
import type { Report } from '../../problem.ts';
import {
  count,
  type FileBase,
  keyReader,
  languageTag,
  locate,
  reportWrong,
  text,
  textInside,
  truth,
  webAddress,
} from '../syntax/read.ts';
import { allUnder, firstUnder, itemsOf, keyOf, type Table, type Value, valueUnder } from '../syntax/value.ts';
import { readChapters } from './chapters.ts';
import { readPodcastElements, type WrongElement } from './podcast-elements.ts';

/** Reads the episode that an article with a recording is; `undefined` if front matter has none of these keys. */
export function readEpisode(table: Table, base: FileBase, report: Report): Episode | undefined {
  const read = keyReader(table, report);
  const number = read(['episode', 'episode_number', 'itunes_episode'], 'a whole number from 1', numberFromOne);
  const season = read(['season', 'itunes_season'], 'a whole number from 1', numberFromOne);
  const display = read(['episode_display'], 'text', text);
  const seasonName = read(['season_name'], 'text', text);
  const kind = read(['episode_type', 'itunes_episode_type'], 'full, trailer or bonus', episodeKind);
  const explicit = read(['explicit', 'itunes_explicit'], 'true or false', isExplicit);
  const participants = allUnder(table, ['people', 'persons', 'person'])
    .flatMap(itemsOf)
    .flatMap((item) => readParticipant(item, base, report) ?? []);
  const transcripts = allUnder(table, ['transcripts', 'transcript'])
    .flatMap(itemsOf)
    .flatMap((item) => readTranscript(item, base, report) ?? []);
  const elements = podcastElements(valueUnder(table, 'podcast'), report);
  const episode: Episode = omitUndefined({
    number,
    display,
    season,
    seasonName,
    kind,
    explicit,
    participants: participants.length === 0 ? undefined : participants,
    transcripts: transcripts.length === 0 ? undefined : transcripts,
    ...readChapters(valueUnder(table, 'chapters'), base, report),
    elements: elements.length === 0 ? undefined : elements,
  });
  return Object.keys(episode).length === 0 ? undefined : episode;
}

/** Reads the map `podcast`, whose keys could mean anything elsewhere. */
function podcastElements(value: Value | undefined, report: Report): readonly PodcastElement[] {
  if (value?.kind !== 'table') return [];
  return podcastKeysAt('item').flatMap((key) => {
    const found = value.entries.get(keyOf(key));
    const wrong: WrongElement = ({ at }, message) =>
      report('warning', 'wrong-value', at, `podcast.${key}: ${message}; it is left out`);
    return found === undefined ? [] : readPodcastElements(key, found, wrong);
  });
}

/** Apple takes no episode or season 0. */
function numberFromOne(value: Value): number | undefined {
  return count(value) || undefined;
}

function episodeKind(value: Value): Episode['kind'] {
  const kind = text(value)?.toLowerCase();
  return kind === 'full' || kind === 'trailer' || kind === 'bonus' ? kind : undefined;
}

function isExplicit(value: Value): boolean | undefined {
  const word = text(value)?.toLowerCase();
  return word === 'explicit' ? true : word === 'clean' ? false : truth(value);
}

function readParticipant(value: Value, base: FileBase, report: Report): Participant | undefined {
  const name = oneLine((value.kind === 'scalar' ? text(value) : textInside(value, ['name'])) ?? '');
  if (name === '') {
    reportWrong(report, 'people', 'a name, or a map of name, role, group, image and url', value);
    return undefined;
  }
  const read = keyReader(value, report);
  return omitUndefined({
    name,
    role: textInside(value, ['role']),
    group: textInside(value, ['group']),
    image: read(['image', 'img'], 'the address of a portrait', (portrait) => locate(portrait, base)?.url),
    url: read(['url', 'href', 'link'], 'an absolute address', webAddress),
  });
}

function readTranscript(value: Value, base: FileBase, report: Report): Transcript | undefined {
  const address = value.kind === 'table' ? firstUnder(value, ['url', 'src', 'file', 'href']) : value;
  const found = address && locate(address, base);
  const type = textInside(value, ['type'])?.toLowerCase() ?? found?.file?.type ?? typeOfFile(found?.url ?? '');
  if (found === undefined || !/^[^\s/]+\/[^\s/]+$/.test(type ?? 'text/plain')) {
    reportWrong(report, 'transcript', 'an address, or a map of url, type and language', address ?? value);
    return undefined;
  }
  const read = keyReader(value, report);
  const language = read(['language', 'lang'], 'a language tag such as en or pt-BR', languageTag);
  return omitUndefined({ url: found.url, type: type ?? 'text/html', language });
}
