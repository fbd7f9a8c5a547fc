import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Problem } from '../../../article/problem.ts';
import { parsePublicationFile } from '../../../publication/file/publication-file.ts';
import { readText } from '../../disk/read-text.ts';

/** The names of the publication file; the first that exists counts. */
export const publicationFiles = ['publication.yaml', 'publication.yml'];

/** Reports whether a folder has a publication file, with or without errors. */
export function hasPublicationFile(dir: string): boolean {
  return publicationFiles.some((name) => existsSync(join(dir, name)));
}

/** The folders of a publication. */
interface PublicationFolders {
  readonly articles: string;
  /** The files that the site serves at `/`. */
  readonly static?: string;
}

/**
 * Returns the folders that the publication file in `home` names. The articles are in `home` unless it says otherwise.
 */
export function foldersOf(home: string): PublicationFolders {
  const path = publicationFiles.map((name) => join(home, name)).find((file) => existsSync(file));
  const text = path === undefined ? '' : readText(path, home).text;
  // Parsing takes a while, and most publications name none.
  if (path === undefined || text === undefined || !/^\s*["']?(?:articles|static)\b/m.test(text))
    return { articles: home };
  const { folders } = parsePublicationFile({ path, text }, { title: 'Articles', url: 'https://site.invalid/' });
  const files = folders?.static === undefined ? {} : { static: join(home, folders.static) };
  return { articles: folders?.articles === undefined ? home : join(home, folders.articles), ...files };
}

/**
 * Returns the folder with the publication file of a folder of articles: that folder, or one around it that names it.
 */
export function publicationHome(dir: string): string {
  if (hasPublicationFile(dir)) return dir;
  for (let folder = join(dir, '..'); resolve(folder) !== resolve(folder, '..'); folder = join(folder, '..')) {
    if (hasPublicationFile(folder)) return resolve(foldersOf(folder).articles) === resolve(dir) ? folder : dir;
  }
  return dir;
}

/**
 * Returns the file to name in a problem about a missing setting: the publication file or, if there is none, an article,
 * because a report cannot point into a file that does not exist.
 */
export function publicationFilePath(dir: string, articles: readonly { readonly file: string }[]): string {
  const home = publicationHome(dir);
  const own = publicationFiles.map((name) => join(home, name)).find((file) => existsSync(file));
  return own ?? articles[0]?.file ?? dir;
}

/** Reports whether the publication file has errors. Time zone, addresses and ids of all articles are then guesses. */
export function hasBrokenPublication(problems: readonly Problem[], dir: string): boolean {
  return problems.some(publicationErrorIn(dir));
}

/** Returns a function that reports whether a problem is an error in the publication file. */
export function publicationErrorIn(dir: string): (problem: Problem) => boolean {
  const home = publicationHome(dir);
  const files = publicationFiles.map((name) => join(home, name));
  return ({ severity, file }) => severity === 'error' && files.includes(file);
}
