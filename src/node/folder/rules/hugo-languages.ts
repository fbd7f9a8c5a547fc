import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { truth } from '../../../article/front-matter/syntax/read.ts';
import { keyOf, type Table, type Value, valueUnder } from '../../../article/front-matter/syntax/value.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';
import { settingsTable } from './rule-file.ts';
import { readAround, textsUnder } from './site-settings.ts';

/** What Hugo publishes of a language. */
interface Language {
  readonly isDisabled: boolean;
  /** An absolute path, if the language has a folder of its own. */
  readonly folder: string | undefined;
}

/**
 * Returns a function that reports whether a multilingual site of Hugo leaves out the file at a path: one of a disabled
 * language, or one outside the folders of all languages. `site` is the folder of the settings in `table`.
 */
export function outsideLanguages(
  dir: string,
  folder: FolderReader,
  site: string,
  table: Table,
): ((path: string) => boolean) | undefined {
  const languages = readLanguages(dir, folder, site, table);
  const disabled = new Set([...languages].flatMap(([code, { isDisabled }]) => (isDisabled ? code : [])));
  const [usual = 'content'] = textsUnder(table, 'contentDir');
  const published = [...languages.values()].filter(({ isDisabled }) => !isDisabled);
  const own = new Set(published.map((language) => language.folder ?? resolve(site, usual)));
  const root = `${resolve(dir)}/`;
  // A publication inside the folder of one language has all its articles.
  const isDivided =
    published.some((language) => language.folder !== undefined) && [...own].every((one) => one.startsWith(root));
  if (disabled.size === 0 && !isDivided) return undefined;
  const isOfDisabled = (path: string): boolean => {
    const code = /\.([a-z]{2,3}(?:-[a-z]{2,4})?)\.[^./]+$/i.exec(path)?.[1];
    return code !== undefined && disabled.has(keyOf(code));
  };
  const isInside = (path: string): boolean => [...own].some((one) => (root + path).startsWith(`${one}/`));
  return (path) => isOfDisabled(path) || (isDivided && !isInside(path));
}

/** Reads the languages in the settings, and in the files beside them: `languages.toml`, `languages.de.yaml`. */
function readLanguages(dir: string, folder: FolderReader, site: string, table: Table): ReadonlyMap<string, Language> {
  const off = new Set(textsUnder(table, 'disableLanguages').map(keyOf));
  const all = new Map<string, Value>();
  const add = (languages: Value | undefined): void => {
    if (languages?.kind === 'table') for (const [code, value] of languages.entries) all.set(code, value);
  };
  add(valueUnder(table, 'languages'));
  const settings = join(site, 'config/_default');
  for (const name of existsSync(settings) ? readdirSync(settings) : []) {
    const [, code] = /^languages(?:\.([\w-]+))?\.(?:toml|ya?ml|json)$/.exec(name) ?? [undefined, undefined];
    const file = join(settings, name);
    const read = name.startsWith('languages.')
      ? settingsTable(file, readAround(dir, folder, file)?.text ?? '')
      : undefined;
    if (code === undefined) add(read);
    else if (read !== undefined) all.set(keyOf(code), read);
  }
  return new Map(
    [...all].map(([code, value]) => {
      const inner = value.kind === 'table' ? value : { ...table, entries: new Map() };
      const [written] = textsUnder(inner, 'contentDir');
      const disabled = valueUnder(inner, 'disabled');
      const isDisabled = off.has(code) || (disabled !== undefined && truth(disabled) === true);
      return [code, { isDisabled, folder: written === undefined ? undefined : resolve(site, written) }];
    }),
  );
}
