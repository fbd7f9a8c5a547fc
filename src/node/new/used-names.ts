import { basename, dirname, join } from 'node:path';
import { seedName, slugOf } from '../../article/slug.ts';
import { mintId } from '../../publication/site/identity.ts';
import { listFolder, pathPrefix } from '../disk/list-folder.ts';
import { readText } from '../disk/read-text.ts';
import { findSeeds, isDraftPath, isSeedName } from '../disk/seed-paths.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';

/** The slug and ids of a file, which no other article may use. */
export interface UsedName {
  readonly file: string;
  readonly slug: string;
  /** The id of an article; for a file that is not published, every id that it may have. */
  readonly ids: readonly string[];
}

/**
 * Lists the slugs and ids in use: those of articles, and those that drafts and broken files will have once they are
 * published. Ids begin with `idBase`.
 */
export function usedNames(
  dir: string,
  { articles }: Pick<FolderSnapshot, 'articles'>,
  idBase: string,
): readonly UsedName[] {
  const published = articles.map(({ file, source: { head } }) => ({ file, slug: head.slug, ids: [head.id] }));
  const files = new Set(published.map(({ file }) => file));
  const { paths } = listFolder(dir);
  const held = paths.filter((path) => isSeedName(path) && isDraftPath(path));
  const others = [...findSeeds(paths), ...held]
    .map((path) => [path, pathPrefix(dir) + path] as const)
    .filter(([, file]) => !files.has(file))
    .map(([path, file]) => {
      const slug = slugOf(seedName(publishedPath(path)));
      return { file, slug, ids: [mintId(idBase, slug), ...idsIn(readText(file, dir).text ?? '', idBase)] };
    });
  return [...published, ...others];
}

/** Returns the path of a draft once it is published, without the `_` of its name. */
function publishedPath(path: string): string {
  return join(dirname(path), basename(path).replace(/^_(?!index\b)/, ''));
}

/** Finds everything that may be the article's id, in a text that may be broken. */
function idsIn(text: string, idBase: string): readonly string[] {
  const [, ...behind] = text.split(idBase);
  return behind.map((rest) => idBase + /^[^\s<>"'`,\])}]*/.exec(rest)?.[0]);
}
