import { existsSync } from 'node:fs';
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path';
import { text } from '../../../article/front-matter/syntax/read.ts';
import { itemsOf, type Table, valueUnder } from '../../../article/front-matter/syntax/value.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';
import { type ReadText, readText } from '../../disk/read-text.ts';
import type { RuleKind } from './rule-file.ts';

/** The settings of a Jekyll or Hugo site, or why the folder's own cannot be read. */
export interface Settings extends ReadText {
  /** An absolute path. */
  readonly file: string;
  readonly kind: RuleKind;
}

/**
 * Reads the settings of the Jekyll or Hugo site in or above the folder `dir`, and sections and data above it. Those
 * above it are the site's, wherever they are, and are left out if they cannot be read.
 */
export function readSettings(dir: string, folder: FolderReader): Settings[] {
  const found = settingsFiles(dir).map((file) => ({ file, kind: 'settings' as const }));
  return [...rulesAround(dir), ...found].flatMap(({ file, kind }) => {
    const read = readAround(dir, folder, file);
    return read === undefined ? [] : { file, kind, ...read };
  });
}

/** Finds the pages of sections and Eleventy's data in the folders around, the nearest first. */
function rulesAround(dir: string): { readonly file: string; readonly kind: RuleKind }[] {
  const pages = ['md', 'html', 'markdown', 'txt'].map((end) => ({ name: `_index.${end}`, kind: 'page' as const }));
  return foldersUpwards(dir)
    .slice(1)
    .flatMap((folder) => {
      const data = ['11tydata.json', 'json'].map((end) => ({
        name: `${basename(folder)}.${end}`,
        kind: 'data' as const,
      }));
      return [...pages, ...data].map(({ name, kind }) => ({ file: join(folder, name), kind }));
    })
    .filter(({ file }) => existsSync(file));
}

/** Reads a file of the folder itself or of a folder around it; `undefined` if one around it cannot be read. */
export function readAround(dir: string, folder: FolderReader, file: string): ReadText | undefined {
  const own = relative(resolve(dir), file);
  if (!own.startsWith('..')) return folder.read(own.split(sep).join('/'));
  const read = readText(file, parse(file).root);
  return read.text === undefined ? undefined : read;
}

/** Returns the folder of the site to which settings belong. */
export function siteFolderOf(settings: string): string {
  return dirname(settings).replace(/[\\/]config[\\/]_default$/, '');
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
  ['hugo', 'config', 'config/_default/hugo', 'config/_default/config'].flatMap((name) =>
    ['toml', 'yaml', 'yml', 'json'].map((form) => `${name}.${form}`),
  ),
);

/** Returns the path of a folder in its site, such as `/posts` for `content/posts`; empty for the whole content. */
export function sitePathOf(dir: string, settings: string | undefined): string {
  const full = resolve(dir).split(sep).join('/');
  if (settings === undefined) return /.*\/content(\/.*)$/.exec(full)?.[1] ?? '';
  const inside = relative(siteFolderOf(settings), full).split(sep).join('/');
  const path = inside.replace(/^content(?:\/|$)/, '');
  return path === '' ? '' : `/${path}`;
}

export function rootName(dir: string): string {
  return basename(resolve(dir));
}

/** Lists the texts of a setting that is a list or a single text. */
export function textsUnder(table: Table, name: string): string[] {
  const value = valueUnder(table, name);
  return value === undefined ? [] : itemsOf(value).flatMap((item) => text(item) ?? []);
}
