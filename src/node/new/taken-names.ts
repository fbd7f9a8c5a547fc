import { basename, dirname, join } from 'node:path';
import { seedName, slugOf } from '../../article/slug.ts';
import { mintId } from '../../publication/identity.ts';
import { listFolder, pathPrefix } from '../disk/list-folder.ts';
import { readText } from '../disk/read-text.ts';
import { findSeeds, isDraftPath, isSeedName } from '../disk/seed-paths.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';

/** A file that has, or will have, an article: what it leaves to no other. */
export interface TakenName {
  readonly file: string;
  readonly slug: string;
  /** Its id; of what is not published all that it may have. */
  readonly ids: readonly string[];
}

/**
 * Lists what the files of a publication take: the articles, and what is none yet, as a draft or a file with an error, which
 * keeps its name and its id until it is released or mended. Ids begin with `idBase`.
 */
export function takenNames(
  dir: string,
  { articles }: Pick<FolderSnapshot, 'articles'>,
  idBase: string,
): readonly TakenName[] {
  const published = articles.map(({ file, source: { head } }) => ({ file, slug: head.slug, ids: [head.id] }));
  const files = new Set(published.map(({ file }) => file));
  const { paths } = listFolder(dir);
  const held = paths.filter((path) => isSeedName(path) && isDraftPath(path));
  const others = [...findSeeds(paths), ...held]
    .map((path) => [path, pathPrefix(dir) + path] as const)
    .filter(([, file]) => !files.has(file))
    .map(([path, file]) => {
      const slug = slugOf(seedName(released(path)));
      return { file, slug, ids: [mintId(idBase, slug), ...idsIn(readText(file).text ?? '', idBase)] };
    });
  return [...published, ...others];
}

/** The path of a file once its name holds it back no more. */
function released(path: string): string {
  return join(dirname(path), basename(path).replace(/^_(?!index\b)/, ''));
}

/** What may be the article's id in a text that perhaps nobody can parse. */
function idsIn(text: string, idBase: string): readonly string[] {
  const [, ...behind] = text.split(idBase);
  return behind.map((rest) => idBase + /^[^\s<>"'`,\])}]*/.exec(rest)?.[0]);
}
