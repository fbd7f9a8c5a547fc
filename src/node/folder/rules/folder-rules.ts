import { elsewhere, mergeTables } from '../../../article/front-matter/inherited.ts';
import type { Table, Value } from '../../../article/front-matter/syntax/value.ts';
import { byPlace, type Problem } from '../../../article/problem.ts';
import { instantOf } from '../../../article/seed/date.ts';
import { languageFolders } from '../../../article/seed/seed-path.ts';
import type { FileStateChange } from '../../disk/file-state.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';
import { pathPrefix } from '../../disk/list-folder.ts';
import { isSeedName } from '../../disk/seed-paths.ts';
import type { PendingFiles } from '../changes/pending-files.ts';
import { type LeftOut, leftOutFolders, mayLeaveOut, readLeftOut } from './left-out.ts';
import { type ArticleRules, isRestrictive, type RuleFile, readRuleFile, unreadScript } from './rule-file.ts';
import { concerning, inLanguage, prefixesOf, type RulePath, rulePathOf } from './rule-paths.ts';
import { readSettings, rootName, settingsNames, sitePathOf } from './site-settings.ts';

/** Milliseconds for which a file that held articles back must stay unchanged before they are published. */
const releaseDebounce = 1000;

/**
 * The files of a folder that hold back the articles below them: pages of sections and bundles, data files of Eleventy,
 * and the settings of a Jekyll or Hugo site. Those around the folder are read once.
 */
export class FolderRules {
  readonly #dir: string;
  readonly #prefix: string;
  readonly #folder: FolderReader;
  readonly #root: string;
  readonly #pending: PendingFiles | undefined;
  readonly #files = new Map<string, RuleFile>();
  readonly #paths = new Map<string, RulePath>();
  #byPrefix = new Map<string, RulePath[]>();
  #settings: readonly RuleFile[] | undefined;
  #leftOut: LeftOut | undefined;
  #leftOutProblems: readonly Problem[] = [];
  /** The languages of folders, by prefix. */
  #languages: ReadonlyMap<string, string> = new Map();
  #held = new Set<string>();
  #timezone = '';

  constructor(dir: string, folder: FolderReader, pending: PendingFiles | undefined) {
    this.#dir = dir;
    this.#prefix = pathPrefix(dir);
    this.#folder = folder;
    this.#root = rootName(dir);
    this.#pending = pending;
  }

  get problems(): readonly Problem[] {
    const files = [...(this.#settings ?? []), ...this.#files.values()];
    return [...files.flatMap(({ problems }) => problems), ...this.#leftOutProblems].toSorted(byPlace);
  }

  /** Reports whether a changed file is not read again yet. */
  holds(path: string): boolean {
    return this.#held.has(path);
  }

  /**
   * Reads the files that changed, or all of them. `paths` lists all files of the folder if files were added or removed.
   * Returns the path prefixes of the articles whose rules may have changed.
   */
  update(
    changes: readonly FileStateChange[],
    seeds: readonly string[],
    paths: readonly string[] | undefined,
    timezone: string,
  ): readonly string[] {
    const isOther = timezone !== this.#timezone;
    this.#timezone = timezone;
    const isFirst = this.#settings === undefined;
    const areSettingsChanged =
      !isFirst && changes.some(({ path }) => settingsNames.includes(path) || mayLeaveOut(path));
    if (isFirst || isOther || areSettingsChanged) this.#settings = this.#readSettings();
    if (paths !== undefined || isOther || areSettingsChanged)
      this.#leftOutProblems = leftOutFolders(this.#prefix, seeds, this.#leftOut?.has);
    const before = new Set(this.#paths.keys());
    if (paths !== undefined) this.#find(paths, seeds);
    this.#held = new Set();
    const changed = new Set(changes.map(({ path }) => path));
    const affected = paths === undefined ? [] : this.#findLanguages(seeds);
    if (areSettingsChanged) affected.push('');
    for (const path of before) {
      if (this.#paths.has(path)) continue;
      this.#files.delete(path);
      affected.push(rulePathOf(path, this.#root)?.prefix ?? '');
    }
    for (const [path, rulePath] of this.#paths) {
      if (!isOther && !changed.has(path) && this.#files.has(path)) continue;
      const after = this.#read(rulePath);
      if (!isFirst && this.#isHeld(path, after.text, after.file)) continue;
      this.#files.set(path, after.file);
      affected.push(rulePath.prefix);
    }
    return affected;
  }

  /** Returns the folders whose language changed. */
  #findLanguages(seeds: readonly string[]): string[] {
    const before = this.#languages;
    this.#languages = languageFolders(seeds);
    return [...before.keys(), ...this.#languages.keys()].filter(
      (folder) => before.get(folder) !== this.#languages.get(folder),
    );
  }

  #languageOf(path: string): string | undefined {
    const folder = this.#languages.size === 0 ? undefined : prefixesOf(path).find((one) => this.#languages.has(one));
    return folder === undefined ? undefined : this.#languages.get(folder);
  }

  #isHeld(path: string, text: string, after: RuleFile): boolean {
    const before = this.#files.get(path);
    if (before === undefined || !isRestrictive(before) || after.state === 'withheld') return false;
    const debounce = () => ({ milliseconds: releaseDebounce, text });
    if (this.#pending?.holds(path, debounce) !== true) return false;
    this.#held.add(path);
    return true;
  }

  #find(paths: readonly string[], seeds: readonly string[]): void {
    this.#paths.clear();
    this.#byPrefix = new Map();
    for (const rulePath of concerning(
      paths.flatMap((path) => rulePathOf(path, this.#root) ?? []),
      seeds,
    )) {
      this.#paths.set(rulePath.path, rulePath);
      const others = this.#byPrefix.get(rulePath.prefix);
      if (others === undefined) this.#byPrefix.set(rulePath.prefix, [rulePath]);
      else others.push(rulePath);
    }
  }

  #read({ path, kind }: RulePath): { readonly text: string; readonly file: RuleFile } {
    const file = this.#prefix + path;
    if (kind === 'script') return { text: '', file: unreadScript(file) };
    const { text = '', problem } = this.#folder.read(path);
    if (problem !== undefined)
      return { text, file: { state: 'broken', expiries: [], rules: [], problems: isSeedName(path) ? [] : [problem] } };
    const read = readRuleFile(kind, { file, text, ...this.#context(sitePathOf(this.#dir, undefined)) });
    // Unreadable front matter of a seed is reported when the seed is read.
    const problems = isSeedName(path) ? read.problems.filter(({ code }) => code !== 'bad-front-matter') : read.problems;
    return { text, file: { ...read, problems } };
  }

  #readSettings(): RuleFile[] {
    const settings = readSettings(this.#dir, this.#folder);
    this.#leftOut = readLeftOut(this.#dir, this.#folder, settings);
    const files = settings.map(({ file, kind, text, problem }): RuleFile => {
      const sitePath = sitePathOf(this.#dir, kind === 'settings' ? file : undefined);
      if (text !== undefined) return readRuleFile(kind, { file, text, ...this.#context(sitePath) });
      return { state: 'broken', expiries: [], rules: [], problems: problem === undefined ? [] : [problem] };
    });
    return [...files, this.#leftOut.inherited];
  }

  #context(sitePath: string) {
    return { timezone: this.#timezone, now: instantOf(Date.now()) ?? '', sitePath };
  }

  /** Returns the rules of the article at a path. */
  of(path: string): ArticleRules {
    const around = this.#around(path);
    // In Hugo and Zola, what lies beside or below index.md belongs to that page.
    const isResource = this.#leftOut?.hasBundles === true && around.some(({ isBundle }) => isBundle);
    if (isResource || this.#leftOut?.has(path) === true) return 'withheld';
    const language = this.#languageOf(path);
    if (language === undefined && this.#files.size === 0 && this.#settings?.some(isRestrictive) !== true)
      return undefined;
    let defaults: Table = { kind: 'table', entries: new Map(), at: elsewhere };
    let notBefore: string | undefined;
    const expiries: Value[] = [];
    const files = [...around.flatMap((one) => this.#files.get(one.path) ?? []), ...(this.#settings ?? [])];
    for (const file of files) {
      if (file.state === 'withheld') return 'withheld';
      if (file.notBefore !== undefined && file.notBefore > (notBefore ?? '')) notBefore = file.notBefore;
      expiries.push(...file.expiries);
      for (const rule of file.rules) if (rule.matches(path)) defaults = mergeTables(defaults, rule.defaults);
    }
    if (files.some(({ state }) => state === 'broken')) return 'broken';
    const isNothing = defaults.entries.size === 0 && notBefore === undefined && expiries.length === 0;
    return isNothing && language === undefined ? undefined : { defaults, notBefore, expiries, language };
  }

  /** The files that concern a path, the nearest first. */
  #around(path: string): RulePath[] {
    if (this.#files.size === 0) return [];
    const isIndex = /(?:^|\/)index\.[^/]*$/i.test(path);
    const own = prefixesOf(path);
    return own.flatMap((prefix) => {
      const all = this.#byPrefix.get(prefix) ?? [];
      // An index file of the same folder is a translation of the bundle's page.
      const isOfBundle = !(isIndex && prefix === own[1]);
      const concerned = all.filter((one) => one.path !== path && (isOfBundle || !one.isBundle));
      return inLanguage(concerned, path);
    });
  }
}
