import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { dateSettings, elsewhere } from '../../../article/front-matter/inherited.ts';
import { text, truth } from '../../../article/front-matter/syntax/read.ts';
import {
  firstUnder,
  itemsOf,
  keyOf,
  type Table,
  type Value,
  valueUnder,
} from '../../../article/front-matter/syntax/value.ts';
import { type Problem, quote } from '../../../article/problem.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';
import { globToRegExp } from './glob.ts';
import { outsideLanguages } from './hugo-languages.ts';
import { type RuleFile, settingsTable } from './rule-file.ts';
import { foldersUpwards, readAround, type Settings, siteFolderOf, textsUnder } from './site-settings.ts';

/** What the settings of a site leave out of it. */
export interface LeftOut {
  readonly has: (path: string) => boolean;
  /** Whether articles beside the page of a bundle are parts of it, as in Hugo and Zola. */
  readonly hasBundles: boolean;
  /** What all articles inherit: Hugo's names of dates, and on sites of Quartz that require `publish: true`, `false`. */
  readonly inherited: RuleFile;
}

/** Whether a path, relative to the folder of articles, is left out or kept; `undefined` if the rule says nothing. */
type PathRule = (path: string) => boolean | undefined;

/** Reads what is left out by the settings of a site, by `.eleventyignore` and by the lists of programs. */
export function readLeftOut(dir: string, folder: FolderReader, settings: readonly Settings[]): LeftOut {
  const tables = settings.flatMap(({ file, kind, text = '' }) => {
    const table = kind === 'settings' ? settingsTable(file, text) : undefined;
    return table === undefined ? [] : [{ file, table }];
  });
  const rules = tables.flatMap(({ file, table }) => {
    const isOutside = outsideLanguages(dir, folder, siteFolderOf(file), table);
    const languages: PathRule[] = isOutside === undefined ? [] : [(path) => isOutside(path) || undefined];
    return [...rulesOfSettings(dir, siteFolderOf(file), table), ...languages];
  });
  let isExplicit = false;
  for (const around of foldersUpwards(dir))
    for (const name of listNames.filter((one) => existsSync(join(around, one)))) {
      const source = readAround(dir, folder, join(around, name))?.text ?? '';
      const read = name === '.eleventyignore' ? linesOf(source) : literalsOf(name, source);
      rules.push(...read.flatMap((line) => patternRule(dir, around, line, name === '.eleventyignore')));
      isExplicit ||= name.startsWith('quartz') && /^[^/]*Plugin\.ExplicitPublish\(/m.test(source);
    }
  const hasBundles = tables.some(({ file }) => !basename(file).startsWith('_'));
  // Hugo and Zola publish such folders.
  if (!hasBundles) rules.unshift(underscored(tables));
  // As in Git, the last rule that says something decides.
  const has = (path: string) => rules.findLast((rule) => rule(path) !== undefined)?.(path) === true;
  const inherited: [string, Value][] = tables.flatMap(({ table }) => {
    const dates = valueUnder(table, 'frontmatter');
    return dates === undefined ? [] : [[dateSettings, dates]];
  });
  if (isExplicit) inherited.push(['publish', { kind: 'scalar', text: 'false', isText: false, at: elsewhere }]);
  const defaults: Table = { kind: 'table', entries: new Map(inherited), at: elsewhere };
  const forAll = inherited.length === 0 ? [] : [{ matches: () => true, defaults }];
  return { has, hasBundles, inherited: { state: 'open', expiries: [], rules: forAll, problems: [] } };
}

/** Warns of folders that are left out because of their names and look as if they held articles. */
export function leftOutFolders(prefix: string, seeds: readonly string[], has: LeftOut['has'] = () => false): Problem[] {
  const folders = new Map<string, string>();
  for (const path of seeds) {
    const [folder] = hasUnderscored(path) ? (/(?:^|^.*?\/)_[^/]+(?=\/)/.exec(path) ?? []) : [];
    if (folder !== undefined && !folders.has(folder) && !parts.test(folder) && has(path)) folders.set(folder, path);
  }
  return [...folders].map(([folder, path]) => {
    const message = `${quote(`${folder}/`)} begins with "_", so it is left out; if it holds articles, name it without, or with "output: true" in the "collections" of Jekyll's _config.yml`;
    return { file: prefix + path, line: 1, column: 1, severity: 'warning', code: 'withheld', message };
  });
}

/** Folders whose names say that they hold no articles. */
const parts =
  /(?:^|\/)_(?:_.*|drafts?|discarded|includes?|layouts?|data|partials?|components?|templates?|snippets?|archetypes?|sass|site|private|hidden)$/i;

/** Reports whether a file of the folder of articles may say what is left out. */
export function mayLeaveOut(path: string): boolean {
  return listNames.includes(path);
}

const listNames = ['.eleventyignore', '.eleventy.js'].concat(
  ['eleventy', 'docusaurus', 'quartz'].flatMap((name) =>
    ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].map((end) => `${name}.config.${end}`),
  ),
);

function linesOf(source: string): string[] {
  return source.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** The texts in the lists of a program that say what it leaves out. Elsewhere these names mean other things. */
function literalsOf(name: string, source: string): string[] {
  const list = name.startsWith('quartz')
    ? /\bignorePatterns\s*:\s*\[([^\]]*)\]/g
    : name.startsWith('docusaurus')
      ? /\bexclude\s*:\s*\[([^\]]*)\]/g
      : /\bignores\.add\(([^)]*)\)/g;
  const code = source.replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(list)].flatMap(([, all = '']) =>
    [...all.matchAll(/(["'`])(.+?)\1/g)].map(([, , written = '']) => written),
  );
}

/** Jekyll's and Hexo's `exclude` and `ignore`, Zola's `ignored_content` and Hugo's `ignoreFiles` and mounts. */
function rulesOfSettings(dir: string, site: string, table: Table): PathRule[] {
  const below = ['exclude', 'ignore'].flatMap((name) => textsUnder(table, name));
  const rules = below.flatMap((written) =>
    ['', 'source'].flatMap((base) => patternRule(dir, join(site, base), `/${written.replace(/^\/+/, '')}`, true)),
  );
  for (const written of textsUnder(table, 'ignored_content')) rules.push(...patternRule(dir, site, written, false));
  const inSite = toSite(dir, site);
  for (const written of textsUnder(table, 'ignoreFiles')) {
    const pattern = regExpOf(written);
    if (pattern !== undefined) rules.push((path) => pattern.test(`/${inSite}${path}`) || undefined);
  }
  const mounts = valueUnder(table, 'module.mounts');
  for (const mount of mounts === undefined ? [] : itemsOf(mounts)) {
    if (mount.kind !== 'table') continue;
    const source = text(firstUnder(mount, ['source']) ?? mount) ?? '';
    for (const written of textsUnder(mount, 'excludeFiles'))
      rules.push(...patternRule(dir, join(site, source), `/${written.replace(/^\/+/, '')}`, true));
  }
  return rules;
}

function regExpOf(written: string): RegExp | undefined {
  try {
    return new RegExp(written);
  } catch {
    return undefined;
  }
}

/** What precedes the paths of a folder in its site: empty, or with `/` at its end. */
function toSite(dir: string, site: string): string {
  const inside = relative(site, resolve(dir)).split(sep).join('/');
  return inside === '' ? '' : `${inside}/`;
}

/**
 * A line of a list, as in `.gitignore`: with `!` it keeps what it matches. If it is `anchored`, a line with a `/`
 * before its end begins at the list's folder; others match at any depth.
 */
function patternRule(dir: string, base: string, line: string, anchored: boolean): PathRule[] {
  const inSite = toSite(dir, base);
  if (inSite.startsWith('../')) return [];
  const isKept = line.startsWith('!');
  // Other syntax matches too much rather than too little.
  if (isKept && /[[\\(]/.test(line)) return [];
  const written = line.trim().replace(/^!/, '').replace(/^\.\//, '/');
  const glob = written
    .replace(/^\/+|\/+$/g, '')
    .replace(/[@!+?*]\([^)]*\)/g, '*')
    .replace(/\[[^\]]*\]|\\.|[[\]!\\]/g, '?');
  const isFree = !anchored || !written.replace(/\/+$/, '').includes('/');
  // "**/" also stands for no folder.
  const globs = [glob, glob.replaceAll('**/', '')].flatMap((one) => [one, `${one}/**`]);
  const patterns = [...new Set(globs)].flatMap((one) => globToRegExp(isFree ? `{**/,}${one}` : one) ?? []);
  return [(path) => (patterns.some((one) => one.test((inSite + path).toLowerCase())) ? !isKept : undefined)];
}

/**
 * Astro, Docusaurus and Jekyll leave out folders whose name begins with `_`, except Jekyll's posts, collections with
 * output and `include`.
 */
function underscored(tables: readonly { readonly table: Table }[]): PathRule {
  const kept = new Set(['_posts']);
  for (const { table } of tables) {
    for (const name of textsUnder(table, 'include')) kept.add(name.replace(/^.*\/(?=.)|\/$/g, ''));
    const collections = valueUnder(table, 'collections');
    if (collections?.kind === 'table')
      for (const [name, value] of collections.entries) if (hasOutput(value)) kept.add(`_${name}`);
  }
  const keys = new Set([...kept].map((name) => `_${keyOf(name)}`));
  return (path) =>
    hasUnderscored(path) &&
    dirname(path)
      .split('/')
      .some((name) => name.startsWith('_') && !keys.has(`_${keyOf(name)}`))
      ? true
      : undefined;
}

/** Reports whether a name in a path begins with `_`. A quick test, because every path is tested. */
function hasUnderscored(path: string): boolean {
  return path.startsWith('_') || path.includes('/_');
}

function hasOutput(collection: Value): boolean {
  const output = collection.kind === 'table' ? collection.entries.get('output') : undefined;
  return output !== undefined && truth(output) === true;
}
