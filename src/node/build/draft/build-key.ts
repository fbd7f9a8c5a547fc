import { digest } from './article-names.ts';
import type { BuildFacts } from './build-input.ts';
import { stampOf } from './copy-media.ts';
import { readAssetsIgnore } from './copy-root-files.ts';

/**
 * Names everything that both folders are made of; `undefined` if that is not known of every article. `media` are the
 * paths of the files that each article links to.
 */
export function keyOf(
  { site, ordered, names, now, base, files, rootFiles }: BuildFacts,
  media: Iterable<readonly string[]>,
): string | undefined {
  const articles = names.all(ordered);
  if (articles === undefined) return undefined;
  const linked = [...new Set([...media].flat())].sort().map((path) => {
    const file = files?.find(path);
    return [path, file && stampOf(file.file)];
  });
  const day = (site.tombstones || site.news) && now.slice(0, 10);
  return digest(JSON.stringify([base, articles, day, linked, rootFiles, readAssetsIgnore(files?.dir)]));
}
