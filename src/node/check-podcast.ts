import type { Problem } from '../article/problem.ts';
import { recording } from '../feed/media.ts';
import { missingFrom } from '../publication/podcast.ts';
import type { FolderReading } from './seed-folder.ts';

/**
 * Warns of what podcast directories would refuse: recordings in a publication that says nothing of a podcast, parts
 * that Apple requires and that are missing, a guid that would change with the address.
 *
 * `file` is where a publication file would be. Bodies are rendered until one has a recording.
 */
export function podcastProblems(reading: FolderReading, file: string): readonly Problem[] {
  const { site, sources, podcast, hasUrl } = reading;
  const at = {
    file,
    line: 1,
    column: 1,
    ...(podcast && { file: podcast.file, line: podcast.line, column: podcast.column }),
  };
  const warn = (message: string): Problem => ({
    ...at,
    severity: 'warning',
    code: 'podcast-incomplete',
    message,
  });
  if (site.podcast === undefined) {
    const episode = sources.find((source) => recording(source.article())?.type.startsWith('audio/'));
    if (episode === undefined) return [];
    return [
      warn(
        `articles such as ${episode.head.slug} have recordings; for podcast directories set "podcast" with category, explicit and image`,
      ),
    ];
  }
  const missing = missingFrom(site.podcast).map((key) => `podcast.${key}`);
  return [
    ...(missing.length === 0
      ? []
      : [warn(`podcast directories require ${missing.join(', ')}${hint(missing)}`)]),
    // Without an address of its own it has no id to keep.
    ...(podcast?.hasGuid === false && hasUrl
      ? [warn(`the podcast's id is computed from its address; keep it with "guid: ${site.podcast.guid}"`)]
      : []),
  ];
}

function hint(missing: readonly string[]): string {
  return missing.includes('podcast.image') ? ' (the image in JPEG or PNG)' : '';
}
