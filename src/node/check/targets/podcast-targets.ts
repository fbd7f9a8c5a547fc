import type { PodcastElement } from '../../../article/media/episode.ts';
import { quote } from '../../../article/problem.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { enclosureAddress, enclosureLength, enclosureType } from '../lint/episode-lints.ts';
import { unfitArtwork } from '../lint/podcast-lints.ts';
import type { SiteFacts } from '../lint/site-facts.ts';
import { atEpisode, type CheckedEpisode, type CheckedPodcast, podcastFacts } from './podcast-facts.ts';
import type { Target, TargetFinding } from './target.ts';

/** Makes a target from the rules of a podcast directory. */
function podcastTarget(
  title: string,
  find: (checked: CheckedPodcast, reading: FolderSnapshot, facts: SiteFacts) => readonly TargetFinding[],
): Target {
  return {
    title,
    find: (reading, facts) => {
      const checked = podcastFacts(reading, facts);
      if (!('episodes' in checked)) return [checked];
      if (checked.episodes.length === 0)
        return [checked.report('error', 'a podcast needs an episode; name a recording in "enclosure" of an article')];
      return find(checked, reading, facts);
    },
  };
}

/** Apple, "Podcast RSS feed requirements" and "A Podcaster's Guide to RSS". */
export const apple = podcastTarget('Apple Podcasts', (checked, reading, facts) => {
  const { site } = reading;
  const { unset, report, episodes, podcast } = checked;
  const about = podcast.description ?? site.description;
  return [
    ...missing(checked, ['category', 'explicit', 'image']),
    ...unfitArtwork(reading, facts).map((finding): TargetFinding => ({ ...finding, severity: 'error' })),
    ...tooLong((message) => report('error', message), 'the description of the podcast', about, 4000),
    ...(unset.includes('owner.email')
      ? [report('warning', 'an owner with a mail address helps to claim the podcast')]
      : []),
    ...episodes.flatMap((episode) => [
      ...[...enclosureLength(episode.article), ...enclosureType(episode.article)].map(({ place, message }) =>
        atEpisode(episode, 'error', message, place),
      ),
      ...enclosureAddress(episode.article).map(({ place, message }) => atEpisode(episode, 'warning', message, place)),
      ...unreadTranscripts(episode),
    ]),
  ];
});

/** The two formats of transcripts that Apple shows. */
function unreadTranscripts(episode: CheckedEpisode): readonly TargetFinding[] {
  const { transcripts = [] } = episode.article.written.media.episode ?? {};
  const isRead = transcripts.some(({ type }) => /^(?:text\/vtt|application\/(?:x-)?(?:subrip|srt))$/.test(type));
  if (transcripts.length === 0 || isRead) return [];
  return [atEpisode(episode, 'warning', 'shows transcripts in VTT or SRT only; add one')];
}

/** Spotify, "Podcast Delivery Specification" 1.9; §5.17 requires type and length of the enclosure. */
export const spotify = podcastTarget('Spotify', (checked, reading, facts) => [
  ...missing(checked, ['category', 'image', 'owner.email']),
  ...unfitArtwork(reading, facts).map((finding): TargetFinding => ({ ...finding, severity: 'error' })),
  ...checked.episodes.flatMap((episode) => {
    const { type, duration = 0, bitrate, url } = episode.recording;
    const found: TargetFinding[] = [];
    if (!/^(?:audio\/(?:mpeg|mp3|mp4|x-m4a|aac)|video\/(?:mp4|quicktime|x-m4v))$/i.test(type))
      found.push(atEpisode(episode, 'error', `takes MP3, and AAC in MP4, not ${quote(type)}; list such a file first`));
    if (duration > 12 * 3600) found.push(atEpisode(episode, 'error', 'takes episodes of at most 12 hours'));
    if (bitrate !== undefined && (bitrate < 96_000 || bitrate > 320_000))
      found.push(atEpisode(episode, 'warning', `asks for 96 to 320 kbit/s, and ${quote(url)} has ${bitrate / 1000}`));
    if ((episode.recording.length ?? 0) === 0)
      found.push(
        ...enclosureLength(episode.article).map(({ place, message }) => atEpisode(episode, 'error', message, place)),
      );
    return found;
  }),
]);

/** The namespace of Podcasting 2.0: the limits and needs of apps. */
export const podcastindex = podcastTarget('Podcast Index', (checked) => {
  const { podcast, unset, report, episodes } = checked;
  return [
    ...(unset.includes('guid')
      ? [report('warning', `write down the podcast’s guid, which moves with it: guid: ${podcast.guid}`)]
      : []),
    ...(podcast.elements ?? []).flatMap((element) => elementFaults(element).map((fault) => report('warning', fault))),
    ...episodes.flatMap((episode) => {
      const { written, head } = episode.article;
      const { display = '', seasonName = '', kind, elements = [], chapters = [] } = written.media.episode ?? {};
      const { duration } = episode.recording;
      const warn = (message: string): TargetFinding => atEpisode(episode, 'warning', message);
      const ends = elements
        .filter(({ name }) => name === 'soundbite')
        .map(({ attributes = {} }) => Number(attributes.startTime) + Number(attributes.duration));
      const late = [...chapters.map(({ start }) => start), ...ends].some(
        (end) => duration !== undefined && end > duration,
      );
      return [
        ...tooLong(warn, '"episodeDisplay"', display, 32),
        ...tooLong(warn, '"seasonName"', seasonName, 128),
        ...(kind === 'trailer' ? tooLong(warn, 'the title of a trailer', head.title, 128) : []),
        ...elements.flatMap((element) => elementFaults(element).map(warn)),
        ...(late ? [atEpisode(episode, 'error', 'a chapter or soundbite lies behind the end of the recording')] : []),
      ];
    }),
  ];
});

function elementFaults({ name, text = '', attributes = {} }: PodcastElement): readonly string[] {
  const faults: string[] = [];
  if (/^(?:funding|location|updateFrequency)$/.test(name) && text.length > 128)
    faults.push(`cuts the text of "${name}" after 128 characters, and this has ${text.length}`);
  if (name === 'location' && !(attributes.geo && attributes.osm && attributes.country))
    faults.push(`finds the location ${quote(text)} only with geo, osm and country`);
  if (name === 'license' && attributes.url === undefined && text !== text.toLowerCase())
    faults.push(
      `knows licenses by lower-case identifiers such as cc-by-4.0, not ${quote(text)}; write it so, or add "url"`,
    );
  const seconds = Number(attributes.duration);
  if (name === 'soundbite' && (seconds < 15 || seconds > 120))
    faults.push(`recommends soundbites of 15 to 120 seconds, and this has ${seconds}`);
  return faults;
}

function missing({ unset, report }: CheckedPodcast, keys: readonly string[]): readonly TargetFinding[] {
  const found = keys.filter((key) => unset.includes(key)).map((key) => `podcast.${key}`);
  return found.length === 0 ? [] : [report('error', `requires ${found.join(', ')}`)];
}

type Report = (message: string) => TargetFinding;

function tooLong(report: Report, what: string, text: string, most: number): readonly TargetFinding[] {
  return text.length <= most ? [] : [report(`takes at most ${most} characters for ${what}, which has ${text.length}`)];
}
