import type { Enclosure, Place } from '../../../article/article.ts';
import { recording } from '../../../feed/media.ts';
import type { Podcast } from '../../../publication/site/podcast.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { placeOf } from '../lint/episode-lints.ts';
import { type LintedArticle, lintedArticle } from '../lint/linted-article.ts';
import type { SiteFacts } from '../lint/site-facts.ts';
import type { TargetFinding } from './target.ts';

/** An episode and its recording. */
export interface CheckedEpisode {
  readonly article: LintedArticle;
  readonly recording: Enclosure;
}

/** A podcast, and the function that reports its problems. */
export interface CheckedPodcast {
  readonly podcast: Podcast;
  /** The required keys that are not set. */
  readonly unset: readonly string[];
  readonly episodes: readonly CheckedEpisode[];
  readonly report: (severity: TargetFinding['severity'], message: string) => TargetFinding;
}

/** Collects the facts that directories check, or returns why there is no podcast. */
export function podcastFacts(reading: FolderSnapshot, facts: SiteFacts): CheckedPodcast | TargetFinding {
  const { site, podcast: place, articles } = reading;
  if (site.podcast === undefined || place === undefined)
    return {
      file: facts.publicationFile(),
      severity: 'error',
      message: 'this is no podcast; set "podcast" in publication.yaml',
    };
  const { unset, artworkPlace: _, ...where } = place;
  const episodes = articles.flatMap((candidate) => {
    const article = candidate.isStale ? undefined : lintedArticle(candidate, facts);
    const file = article && recording(article.written.media);
    return article === undefined || file === undefined ? [] : [{ article, recording: file }];
  });
  return {
    podcast: site.podcast,
    unset,
    episodes,
    report: (severity, message) => ({ ...where, severity, message }),
  };
}

/** Makes a finding at the recording of an episode. */
export function atEpisode(
  { article, recording }: CheckedEpisode,
  severity: TargetFinding['severity'],
  message: string,
  place: Place = placeOf(article, recording.url),
): TargetFinding {
  return { file: article.file, ...place, severity, message };
}
