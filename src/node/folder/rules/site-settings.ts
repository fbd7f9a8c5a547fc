import { existsSync } from 'node:fs';
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path';
import type { FolderReader } from '../../disk/folder-reader.ts';
import { type ReadText, readText } from '../../disk/read-text.ts';

/** The settings of a Jekyll or Hugo site, or why the folder's own cannot be read. */
interface Settings extends ReadText {
  /** An absolute path. */
  readonly file: string;
}

/**
 * Reads the settings of the Jekyll or Hugo site in or above the folder `dir`. Those above it are the site's, wherever
 * they are, and are left out if they cannot be read.
 */
export function readSettings(dir: string, folder: FolderReader): Settings[] {
  return settingsFiles(dir).flatMap((file) => {
    if (dirname(file) === resolve(dir)) return { file, ...folder.read(basename(file)) };
    const read = readText(file, parse(file).root);
    return read.text === undefined ? [] : { file, ...read };
  });
}

/** Finds the settings in or above a folder, as absolute paths. */
function settingsFiles(dir: string): string[] {
  for (const folder of foldersUpwards(dir)) {
    const found = settingsNames.map((name) => join(folder, name)).filter((file) => existsSync(file));
    if (found.length > 0) return found;
  }
  return [];
}

/** Lists a folder and up to three above it, no further than where a repository begins, as absolute paths. */
export function foldersUpwards(dir: string): string[] {
  const folders = [resolve(dir)];
  for (let folder = resolve(dir); folders.length < 4 && !existsSync(join(folder, '.git')); ) {
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

/** The names of settings of Jekyll and Hugo. */
export const settingsNames: readonly string[] = ['_config.yml', '_config.yaml', '_config.toml'].concat(
  ['hugo', 'config'].flatMap((name) => ['toml', 'yaml', 'yml', 'json'].map((form) => `${name}.${form}`)),
);

/** Returns the path of a folder in its site, such as `/posts` for `content/posts`; empty for the whole content. */
export function sitePathOf(dir: string, settings: string | undefined): string {
  const full = resolve(dir).split(sep).join('/');
  if (settings === undefined) return /.*\/content(\/.*)$/.exec(full)?.[1] ?? '';
  const inside = relative(dirname(settings), full).split(sep).join('/');
  const path = inside.replace(/^content(?:\/|$)/, '');
  return path === '' ? '' : `/${path}`;
}

export function rootName(dir: string): string {
  return basename(resolve(dir));
}
