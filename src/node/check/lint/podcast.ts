import type { ArticleSource } from '../../../article/article.ts';
import type { Problem } from '../../../article/problem.ts';
import { recording } from '../../../feed/media.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';

/**
 * Warns of what podcast directories would refuse: recordings in a publication that says nothing of a podcast, parts
 * that Apple requires and that are missing, a guid that would change with the address.
 *
 * `file` is where a publication file would be. Of the articles that name files bodies are rendered until one has a recording.
 */
export function podcastProblems(reading: FolderSnapshot, file: string): readonly Problem[] {
  const { site, sources, podcast, hasUrl } = reading;
  if (podcast === undefined || site.podcast === undefined) {
    const episode = sources.find(
      (source) => mayHaveFiles(source) && recording(source.article())?.type.startsWith('audio/'),
    );
    if (episode === undefined) return [];
    const message = `articles such as ${episode.head.slug} have recordings; for podcast directories set "podcast" with category, explicit and image`;
    return [{ file, line: 1, column: 1, severity: 'warning', code: 'podcast-incomplete', message }];
  }
  const { unset, ...place } = podcast;
  const missing = unset.filter((key) => key !== 'guid').map((key) => `podcast.${key}`);
  const hint = unset.includes('image') ? ' (the image in JPEG or PNG)' : '';
  const messages = [
    ...(missing.length === 0 ? [] : [`podcast directories require ${missing.join(', ')}${hint}`]),
    // Without an address of its own it has no id to keep.
    ...(unset.includes('guid') && hasUrl
      ? [`the podcast's id is computed from its address; keep it with "guid: ${site.podcast.guid}"`]
      : []),
  ];
  return messages.map((message) => ({ ...place, severity: 'warning', code: 'podcast-incomplete', message }));
}

/** Front matter alone names enclosures. */
function mayHaveFiles(source: ArticleSource): boolean {
  return source.written === undefined || source.written().files.some(({ kind }) => kind === 'enclosure');
}
