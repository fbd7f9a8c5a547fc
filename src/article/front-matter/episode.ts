import type { Episode, Participant, Transcript } from '../article.ts';
import { typeOfFile } from '../media-types.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { oneLine } from '../plain-text.ts';
import type { Report } from '../problem.ts';
import { locate, type Place } from './locate.ts';
import { count, keyReader, languageTag, reportWrong, text, truth, webAddress } from './read.ts';
import { allUnder, firstUnder, itemsOf, type Table, type Value } from './value.ts';

/** Reads the episode that an article with a recording is; `undefined` if front matter has none of these keys. */
export function readEpisode(table: Table, place: Place, report: Report): Episode | undefined {
  const read = keyReader(table, report);
  const number = read(['episode', 'episode_number', 'itunes_episode'], 'a whole number', count);
  const season = read(['season', 'itunes_season'], 'a whole number', count);
  const kind = read(['episode_type', 'itunes_episode_type'], 'full, trailer or bonus', episodeKind);
  const explicit = read(['explicit', 'itunes_explicit'], 'true or false', isExplicit);
  const participants = allUnder(table, ['people', 'persons', 'person'])
    .flatMap(itemsOf)
    .flatMap((item) => readParticipant(item, place, report) ?? []);
  const transcripts = allUnder(table, ['transcripts', 'transcript'])
    .flatMap(itemsOf)
    .flatMap((item) => readTranscript(item, place, report) ?? []);
  const episode: Episode = omitUndefined({
    number,
    season,
    kind,
    explicit,
    participants: participants.length === 0 ? undefined : participants,
    transcripts: transcripts.length === 0 ? undefined : transcripts,
  });
  return Object.keys(episode).length === 0 ? undefined : episode;
}

function episodeKind(value: Value): Episode['kind'] {
  const kind = text(value)?.toLowerCase();
  return kind === 'full' || kind === 'trailer' || kind === 'bonus' ? kind : undefined;
}

function isExplicit(value: Value): boolean | undefined {
  const word = text(value)?.toLowerCase();
  return word === 'explicit' ? true : word === 'clean' ? false : truth(value);
}

function readParticipant(value: Value, place: Place, report: Report): Participant | undefined {
  const part = (...names: string[]) => (value.kind === 'table' ? firstUnder(value, names) : undefined);
  const name = oneLine(partText(value.kind === 'scalar' ? value : part('name')) ?? '');
  if (name === '') {
    reportWrong(report, 'people', 'a name, or a map of name, role, group, image and url', value);
    return undefined;
  }
  const role = partText(part('role'));
  const group = partText(part('group'));
  const portrait = part('image', 'img');
  const image = portrait === undefined ? undefined : locate(portrait, place)?.url;
  if (portrait !== undefined && image === undefined)
    reportWrong(report, 'image', 'the address of a portrait', portrait);
  const link = part('url', 'href', 'link');
  const url = link === undefined ? undefined : webAddress(link);
  if (link !== undefined && url === undefined) reportWrong(report, 'url', 'an absolute address', link);
  return omitUndefined({ name, role, group, image, url });
}

function readTranscript(value: Value, place: Place, report: Report): Transcript | undefined {
  const part = (...names: string[]) => (value.kind === 'table' ? firstUnder(value, names) : undefined);
  const address = value.kind === 'table' ? part('url', 'src', 'file', 'href') : value;
  const found = address === undefined ? undefined : locate(address, place);
  const type = partText(part('type'))?.toLowerCase() ?? found?.file?.type ?? typeOfFile(found?.url ?? '');
  if (found === undefined || !/^[^\s/]+\/[^\s/]+$/.test(type ?? 'text/plain')) {
    reportWrong(report, 'transcript', 'an address, or a map of url, type and language', address ?? value);
    return undefined;
  }
  const written = part('language', 'lang');
  const language = written === undefined ? undefined : languageTag(written);
  if (written !== undefined && language === undefined)
    reportWrong(report, 'language', 'a language tag such as en or pt-BR', written);
  return omitUndefined({ url: found.url, type: type ?? 'text/html', language });
}

function partText(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : text(value);
}
