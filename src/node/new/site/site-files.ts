import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../../../article/front-matter/syntax/read.ts';
import { itemsOf, type Table, type Value, valueUnder } from '../../../article/front-matter/syntax/value.ts';
import { dateInPath, isSectionPage } from '../../../article/seed/seed-path.ts';
import { isFolder, listFiles } from '../../disk/list-folder.ts';
import { readText } from '../../disk/read-text.ts';
import { findSeeds } from '../../disk/seed-paths.ts';
import { settingsTable } from '../../folder/rules/rule-file.ts';

/** The files of a site that may exist in a folder. Nothing in them is run. */
export class SiteFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Returns the first of some paths that exists. */
  first(...paths: readonly string[]): string | undefined {
    return paths.find((path) => existsSync(join(this.dir, path)));
  }

  isFolder(path: string): boolean {
    return isFolder(join(this.dir, path));
  }

  /** Returns the text of a file; empty if it is missing or can't be read. */
  text(path: string | undefined): string {
    return path === undefined || !existsSync(join(this.dir, path))
      ? ''
      : (readText(join(this.dir, path), this.dir).text ?? '');
  }

  /** Reads settings in YAML, TOML or JSON. Earlier files win. */
  settings(...paths: readonly string[]): Settings {
    return new Settings(paths.flatMap((path) => settingsTable(path, this.text(path)) ?? []));
  }

  /** Reports whether `package.json` names a package. */
  hasPackage(name: string): boolean {
    return this.text('package.json').includes(`"${name}"`);
  }

  /** Lists the files below a folder, as paths in it. */
  list(folder: string): readonly string[] {
    return this.isFolder(folder) ? listFiles(join(this.dir, folder), { onError: () => {} }) : [];
  }

  /**
   * Returns the folder of dated articles: `root` if most lie in it directly or nothing else does, else the one of its
   * folders that has most. `undefined` if there is none.
   */
  articlesBelow(root: string): string | undefined {
    const counts = new Map<string, number>();
    for (const path of findSeeds(this.list(root))) {
      if (isSectionPage(path) || !this.#isDated(root, path)) continue;
      const [top = '', ...rest] = path.split('/');
      // A bundle directly below the root is an article, not a section.
      const isDirect = rest.length === 0 || (rest.length === 1 && /^index\./.test(rest[0] ?? ''));
      const folder = isDirect ? root : join(root, top);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
  }

  #isDated(root: string, path: string): boolean {
    if (dateInPath(path, 'UTC') !== undefined) return true;
    const start = this.text(join(root, path)).slice(0, 3000);
    return /^[ \t]*["']?(?:date|pub_?date(?:time)?|publish\w*|posted)["']?\s*[:=]/im.test(start);
  }
}

/** Settings whose keys are compared without case, hyphens and underscores. */
export class Settings {
  readonly #tables: readonly Table[];

  constructor(tables: readonly Table[]) {
    this.#tables = tables;
  }

  get isEmpty(): boolean {
    return this.#tables.length === 0;
  }

  value(...names: readonly string[]): Value | undefined {
    for (const name of names)
      for (const table of this.#tables) {
        const found = valueUnder(table, name);
        if (found !== undefined) return found;
      }
    return undefined;
  }

  /** Returns the first text under some names; `params.author` is a name inside a table. */
  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.value(name);
      const found = value && text(value);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Returns all texts under the first of some names that exists. */
  texts(...names: readonly string[]): readonly string[] {
    const value = this.value(...names);
    return value === undefined ? [] : itemsOf(value).flatMap((item) => text(item) ?? []);
  }
}

/** Finds a key with a quoted text in the source of a program, as a property or as a constant. */
export function literal(source: string, ...names: readonly string[]): string | undefined {
  return quoted(source, names, '(?::(?:\\s*string\\s*=)?|=)');
}

/** Finds a property with a quoted text, whatever constants are called. */
export function property(source: string, ...names: readonly string[]): string | undefined {
  return quoted(source, names, ':');
}

function quoted(source: string, names: readonly string[], sign: string): string | undefined {
  for (const name of names) {
    const found = new RegExp(`(?<![\\w.$])["']?${name}["']?\\s*${sign}\\s*(["'\`])((?:(?!\\1)[^\\n\\\\$])*)\\1`).exec(
      source,
    );
    if (found?.[2] !== undefined && found[2] !== '') return found[2];
  }
  return undefined;
}

/** Returns what stands between the braces of each property with a name: `blog: { … }`. */
export function objectsOf(source: string, name: string): readonly string[] {
  const starts = source.matchAll(new RegExp(`(?<![\\w.$])["']?${name}["']?\\s*:\\s*\\{`, 'g'));
  return [...starts].map(({ index, 0: start }) => {
    const from = index + start.length;
    let depth = 1;
    let end = from;
    for (; end < source.length && depth > 0; end++) depth += source[end] === '{' ? 1 : source[end] === '}' ? -1 : 0;
    return source.slice(from, end - 1);
  });
}
