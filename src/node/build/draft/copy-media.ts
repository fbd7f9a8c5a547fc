import { statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { ArticleSource } from '../../../article/article.ts';
import { mediaFolder, mediaPathsIn } from '../../../publication/addresses/address.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { ArticleFiles } from '../../folder/files/article-files.ts';
import type { Draft } from './draft.ts';

/** The paths, in the articles' folder, of the media files that articles link to. Articles without any are left out. */
export type MediaPaths = ReadonlyMap<ArticleSource, readonly string[]>;

/**
 * Copies the media files of the publication itself and of some articles to the paths of their addresses, and returns
 * these paths.
 */
export async function copyMedia(
  sources: readonly ArticleSource[],
  media: MediaPaths,
  { site, files }: { readonly site: Site; readonly files: ArticleFiles | undefined },
  draft: Draft,
): Promise<readonly string[]> {
  const copied: string[] = [];
  const own = mediaPathsIn(JSON.stringify(site), site.url);
  for (const path of new Set([...own, ...sources.flatMap((source) => media.get(source) ?? [])])) {
    const file = files?.find(path);
    if (file === undefined) continue;
    const copy = `${mediaFolder}/${path}`;
    await draft.add(copy, stampOf(file.file), (place) => copyFile(file.file, place));
    copied.push(copy);
  }
  return copied;
}

/** Names the content of a file without reading it. */
export function stampOf(file: string): string {
  const { size, mtimeMs, ctimeMs } = statSync(file);
  return `${size} ${mtimeMs} ${ctimeMs} ${file}`;
}
