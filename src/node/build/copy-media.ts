import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArticleSource } from '../../article/article.ts';
import { mediaFolder, readMediaPath } from '../../publication/address.ts';
import type { Site } from '../../publication/site.ts';
import type { ArticleFiles } from '../folder/article-files.ts';
import type { OnProgress } from '../terminal/progress.ts';

/** Lists the paths of the files beside articles that each article names, for which each is rendered. */
export function findMedia(
  { url }: Site,
  sources: readonly ArticleSource[],
  onProgress: OnProgress,
): ReadonlyMap<ArticleSource, readonly string[]> {
  return new Map(
    sources.map((source, index) => {
      const paths = mediaPathsIn(JSON.stringify(source.article()), url);
      onProgress(index + 1, sources.length);
      return [source, paths];
    }),
  );
}

/** Copies files beside articles, each to where its address says, and returns how many there are. */
export async function copyMedia(
  paths: readonly string[],
  files: ArticleFiles,
  folder: string,
): Promise<number> {
  let copied = 0;
  for (const path of new Set(paths)) {
    const file = files.find(path);
    if (file === undefined) continue;
    const target = join(folder, mediaFolder, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(file.file, target);
    copied++;
  }
  return copied;
}

/** Lists the paths of the files whose addresses stand anywhere in a text. */
function mediaPathsIn(text: string, siteUrl: string): string[] {
  return text
    .split(`${siteUrl}${mediaFolder}/`)
    .slice(1)
    .flatMap((rest) => readMediaPath(`/${mediaFolder}/${/^[^\s"<>&#?\\]*/.exec(rest)?.[0]}`) ?? []);
}
