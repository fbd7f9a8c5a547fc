import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** Finds the settings of the Jekyll or Hugo site in or above a folder, as absolute paths. */
export function settingsFiles(dir: string): string[] {
  let folder = resolve(dir);
  for (let level = 0; level < 4; level++) {
    const found = settingsNames.map((name) => join(folder, name)).filter((file) => existsSync(file));
    if (found.length > 0) return found;
    if (dirname(folder) === folder || existsSync(join(folder, '.git'))) break;
    folder = dirname(folder);
  }
  return [];
}

const settingsNames = ['_config.yml', '_config.yaml', '_config.toml'].concat(
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
