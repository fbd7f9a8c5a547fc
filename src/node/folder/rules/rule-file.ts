import type { Instant } from '../../../article/article.ts';
import { readDates } from '../../../article/front-matter/dates.ts';
import { readFrontMatter } from '../../../article/front-matter/front-matter.ts';
import {
  elsewhere,
  type Inherited,
  inheritable,
  inheritedExpiries,
  isPublishingKey,
} from '../../../article/front-matter/inherited.ts';
import { text, truth } from '../../../article/front-matter/syntax/read.ts';
import { itemsOf, keyOf, type Table, type Value } from '../../../article/front-matter/syntax/value.ts';
import { readAnyYaml } from '../../../article/front-matter/syntax/yaml.ts';
import { readExpiry } from '../../../article/front-matter/withheld/expiry.ts';
import { readWithheld } from '../../../article/front-matter/withheld/withheld.ts';
import { placesIn } from '../../../article/place.ts';
import { hasErrors, type Problem, quote, type Report } from '../../../article/problem.ts';
import { normalizeLines } from '../../../article/seed/lines.ts';
import { cascadesIn, readTarget } from './cascade-target.ts';

/** What a file says about publishing the articles of its folder. */
export interface RuleFile {
  /** Whether it holds all of them back; `broken` if errors leave that open. */
  readonly state: 'open' | 'withheld' | 'broken';
  readonly notBefore?: Instant | undefined;
  readonly expiries: readonly Value[];
  /** Keys that articles inherit, the first with precedence. */
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
}

/** What the files around an article say about it: what it inherits, or why it is not published. */
export type ArticleRules = Inherited | 'withheld' | 'broken' | undefined;

export interface Rule {
  readonly matches: (path: string) => boolean;
  readonly defaults: Table;
}

export interface RuleFileOptions {
  /** The path as shown to users. */
  readonly file: string;
  readonly text: string;
  readonly timezone: string;
  readonly now: Instant;
  /** The path of the folder of articles in its Hugo site, such as `/posts`. */
  readonly sitePath: string;
}

/** What kind of file it is: a section's or bundle's page, data of Eleventy, or the settings of Jekyll or Hugo. */
export type RuleKind = 'page' | 'data' | 'settings';

export function readRuleFile(kind: RuleKind, options: RuleFileOptions): RuleFile {
  const source = normalizeLines(options.text);
  const placeOf = placesIn(source);
  const problems: Problem[] = [];
  const report: Report = (severity, code, offset, message) => {
    if (offset !== elsewhere) problems.push({ file: options.file, ...placeOf(offset), severity, code, message });
  };
  const read = { page: readPage, data: readData, settings: readSettings }[kind];
  const found = read(source, options, report);
  const state = found.state === 'open' && hasErrors(problems) ? 'broken' : found.state;
  return { ...found, state, problems };
}

/** Reports whether a file holds back, delays or withdraws an article. */
export function isRestrictive({ state, notBefore, expiries, rules }: RuleFile): boolean {
  return state !== 'open' || notBefore !== undefined || expiries.length > 0 || rules.length > 0;
}

/** Stands for a data file that is a program. */
export function unreadScript(file: string): RuleFile {
  const message =
    'this data is a program, which is not run; if it holds articles back, say so in a .json file or in the articles';
  return { ...nothing, problems: [{ file, line: 1, column: 1, severity: 'warning', code: 'withheld', message }] };
}

type Reading = Omit<RuleFile, 'problems'>;
const nothing: Reading = { state: 'open', expiries: [], rules: [] };

function readPage(source: string, options: RuleFileOptions, report: Report): Reading {
  const frontMatter = readFrontMatter(source, report);
  if (frontMatter === 'broken') return { ...nothing, state: 'broken' };
  if (frontMatter === undefined) return nothing;
  const { table } = frontMatter;
  const { timezone, now } = options;
  const own = without(table, ['render', 'permalink', 'eleventyexcludefromcollections']);
  const withheld = readWithheld(own, report);
  // The date of a section's page counts only while it is in the future: it is not the date of the articles.
  const { published: notBefore } = readDates(without(own, ['date']), { timezone, hasDateInPath: () => false }, report);
  const { published: latest } = readDates(own, { timezone, hasDateInPath: () => false }, () => {});
  const expiries = inheritedExpiries(own);
  // An unreadable date must not leave a section open forever.
  readExpiry(own, timezone, report);
  return {
    state: withheld === undefined ? 'open' : 'withheld',
    notBefore: latest !== undefined && latest > now ? latest : notBefore,
    expiries,
    rules: cascadeRules(table, options, report),
  };
}

function cascadeRules(table: Table, { timezone, sitePath }: RuleFileOptions, report: Report): Rule[] {
  return cascadesIn(table).flatMap((cascade) => {
    const target = cascade.entries.get('target');
    const { matches, unclear } = readTarget(target, sitePath);
    const defaults = rule(without(cascade, ['target']), timezone, report);
    if (unclear === undefined) return [{ matches, defaults: defaults.table }];
    if (!defaults.holdsBack) return [];
    const message = `the target of this cascade has ${quote(unclear)}, which only Hugo can evaluate, so every article that it may match is held back; name the articles by "path" alone`;
    report('warning', 'withheld', target?.at ?? cascade.at, message);
    return [{ matches, defaults: defaults.table }];
  });
}

/** Reports the faults of keys that articles inherit, at the file that sets them. */
function rule(table: Table, timezone: string, report: Report) {
  const withheld = readWithheld(table, report);
  readDates(without(table, ['date']), { timezone, hasDateInPath: () => false }, report);
  readExpiry(table, timezone, report);
  const inherited = inheritable(table);
  const others = [...inherited.entries.values()].some((value) => truth(value) === undefined);
  return { table: inherited, holdsBack: withheld !== undefined || others };
}

function readData(source: string, { timezone }: RuleFileOptions, report: Report): Reading {
  const table = readAnyYaml(source, 0, (name, _, ignored) => {
    const isMeant = isPublishingKey(keyOf(name));
    if (isMeant) report('error', 'bad-front-matter', ignored, `${quote(name)} is set twice; delete one of the two`);
  });
  if (!('kind' in table)) {
    // A list or a number is not Eleventy's data for articles.
    if (!/^(?:\s|\/\/.*\n|\/\*[^*]*\*\/)*\{/.test(source)) return nothing;
    report('error', 'bad-front-matter', table.at, `the data is not JSON: ${table.message}`);
    return { ...nothing, state: 'broken' };
  }
  return { ...nothing, rules: [{ matches: () => true, defaults: rule(table, timezone, report).table }] };
}

/** Jekyll's `defaults`, and the `cascade` in the settings of a Hugo site. */
function readSettings(source: string, options: RuleFileOptions, report: Report): Reading {
  const settings = settingsTable(options.file, source);
  if (settings === undefined) return nothing;
  const defaults = settings.entries.get('defaults');
  const jekyll = (defaults === undefined ? [] : itemsOf(defaults)).flatMap((item): Rule[] => {
    if (item.kind !== 'table') return [];
    const [scope, values] = [item.entries.get('scope'), item.entries.get('values')];
    if (values?.kind !== 'table') return [];
    return [{ matches: scopeOf(scope, options.sitePath), defaults: rule(values, options.timezone, report).table }];
  });
  // Jekyll's later settings win.
  return { ...nothing, rules: [...jekyll.toReversed(), ...cascadeRules(settings, options, report)] };
}

/** Reads settings as one table. They belong to another program, which reports their errors. */
export function settingsTable(file: string, source: string): Table | undefined {
  const table = /\.toml$/.test(file) ? readFrontMatter(`+++\n${source}\n+++\n`, () => {}) : readAnyYaml(source, 0);
  if (table === undefined || table === 'broken') return undefined;
  const settings = 'table' in table ? table.table : table;
  return 'kind' in settings && settings.kind === 'table' ? settings : undefined;
}

/** The articles of a scope: below its path, which is the site's, and of any type. */
function scopeOf(scope: Value | undefined, sitePath: string): (path: string) => boolean {
  const inner = scope?.kind === 'table' ? scope.entries.get('path') : undefined;
  const folder = ((inner && text(inner)) ?? '').replace(/^\.?\/+|\/+$/g, '');
  if (folder === '') return () => true;
  const { matches } = readTarget(
    {
      kind: 'table',
      at: 0,
      entries: new Map([['path', { kind: 'list', at: 0, items: [folder, `${folder}/**`].map(scalar) }]]),
    },
    sitePath,
  );
  // Scopes have no leading slash, and name files with their extensions.
  return (path) =>
    matches(path) ||
    path === folder ||
    path.startsWith(`${folder}/`) ||
    `${sitePath}/${path}`.startsWith(`/${folder}/`);
}

function scalar(written: string): Value {
  return { kind: 'scalar', text: `/${written}`, isText: true, at: 0 };
}

function without(table: Table, keys: readonly string[]): Table {
  return { ...table, entries: new Map([...table.entries].filter(([key]) => !keys.includes(key))) };
}
