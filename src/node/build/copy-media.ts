import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArticleSource } from '../../article/article.ts';
import { mediaFolder, readMediaPath } from '../../publication/address.ts';
import type { Site } from '../../publication/site.ts';
import type { ArticleFiles } from '../folder/article-files.ts';
import type { OnProgress } from '../terminal/progress.ts';

/** The paths, in the articles' folder, of the media files that each article links to. */
export type MediaPaths = ReadonlyMap<ArticleSource, readonly string[]>;

/** Renders every article and lists the media files that it links to. */
export function findMedia({ url }: Site, sources: readonly ArticleSource[], onProgress: OnProgress): MediaPaths {
  return new Map(
    sources.map((source, index) => {
      const paths = mediaPathsIn(JSON.stringify(source.article()), url);
      onProgress(index + 1, sources.length);
      return [source, paths];
    }),
  );
}

/** Copies the media files of some articles to the paths of their addresses, and returns how many it copied. */
export async function copyMedia(
  sources: readonly ArticleSource[],
  media: MediaPaths | undefined,
  files: ArticleFiles | undefined,
  folder: string,
): Promise<number> {
  let copied = 0;
  for (const path of new Set(sources.flatMap((source) => media?.get(source) ?? []))) {
    const file = files?.find(path);
    if (file === undefined) continue;
    const target = join(folder, mediaFolder, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(file.file, target);
    copied++;
  }
  return copied;
}

/** Finds the addresses of media files anywhere in a text, and returns the files' paths. */
function mediaPathsIn(text: string, siteUrl: string): string[] {
  return text
    .split(`${siteUrl}${mediaFolder}/`)
    .slice(1)
    .flatMap((rest) => readMediaPath(`/${mediaFolder}/${/^[^\s"<>&#?\\]*/.exec(rest)?.[0]}`) ?? []);
}
