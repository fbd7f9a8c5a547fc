import type { Instant } from '../article.ts';
import { once } from '../once.ts';
import { seedName, slugOf } from '../slug.ts';
import { readDate } from './date.ts';

/** Finds the date in a path: in the file name, or else in the folder names. A year or a month alone is not a date. */
export function dateInPath(path: string, timezone: string): Instant | undefined {
  // A quick test first: many paths have no year.
  if (!/(?:19|20)\d{2}/.test(path)) return undefined;
  // The last date is the one closest to the file name.
  for (const found of [...path.matchAll(dates)].reverse()) {
    const [, year, month = '', day = '', hour, minute = '00'] = found.filter((part) => part !== undefined);
    const clock = hour === undefined ? '' : `T${hour}:${minute}`;
    const reading = readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${clock}`, timezone);
    if (reading?.kind === 'date') return reading.instant;
  }
  return undefined;
}

/** How the dates of the article at a path are read. */
export function dateContext(path: string, timezone: string): DateContext {
  return { timezone, hasDateInPath: once(() => dateInPath(path, timezone) !== undefined) };
}

/** Finds what looks like a date but is not valid, such as February 30. */
export function invalidDateInPath(path: string): string | undefined {
  return [...path.matchAll(dates)].at(-1)?.[0];
}

/** A month or day of one digit could be the number of a part, so it is accepted only between hyphens. */
const days = [
  String.raw`((?:19|20)\d{2})[-_/.](\d{2})[-_/.](\d{2})`,
  String.raw`((?:19|20)\d{2})(\d{2})(\d{2})`,
  String.raw`((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})`,
];

const dates = new RegExp(String.raw`(?<=^|/)(?:${days.join('|')})(?!\d)(?:T(\d{2})(?:[-:.h]?(\d{2}))?)?`, 'g');

/**
 * Finds the language in a file name such as `hello.de.md` or `index.pt-br.md`. `isStrict` ignores names that are also a
 * word or an abbreviation, such as `about.me.md`.
 */
export function languageInPath(path: string, isStrict = false): string | undefined {
  // A quick test first: most paths have no second dot as near to the end as `.pt-br` needs.
  const end = path.lastIndexOf('.');
  if (path.lastIndexOf('.', end - 1) < end - 8) return undefined;
  const [, tag, primary = ''] = languageSuffix.exec(path) ?? [];
  if (tag === undefined || languages().of(primary) === undefined) return undefined;
  if (isStrict && ambiguous.has(primary.toLowerCase())) return undefined;
  return Intl.getCanonicalLocales(tag)[0];
}

const languageSuffix = /\.(([a-z]{2})(?:-[a-z]{2,4})?)\.[^./]+$/i;

/**
 * Returns a path without the parts in which translations differ: the language in the file name, the ending, and the
 * folder of the inherited language.
 */
export function pathOfTranslations(path: string, inherited: string | undefined): string {
  const [name = '', ...above] = path.split('/').reverse();
  const folder = inherited === undefined ? -1 : above.findIndex((one) => languageOfFolder(one) === inherited);
  const bare = languageInPath(path) === undefined ? name : name.replace(languageSuffix, '.x');
  return [bare.replace(/(?<=.)\.[^.]*$/, ''), ...above.filter((_, i) => i !== folder)].reverse().join('/');
}

/**
 * Finds the folders of a multilingual site, `de/` and `pt-br/`, with their languages. At least two must lie side by
 * side. A name that is also a word or an abbreviation, such as `it/`, counts only beside an unmistakable one.
 */
export function languageFolders(paths: readonly string[]): ReadonlyMap<string, string> {
  const byParent = new Map<string, Map<string, string>>();
  const seen = new Set<string>();
  for (const path of paths)
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (seen.size === seen.add(folder).size) break;
      const start = folder.lastIndexOf('/') + 1;
      const language = languageOfFolder(folder.slice(start));
      if (language === undefined) continue;
      const siblings = byParent.get(folder.slice(0, start)) ?? new Map<string, string>();
      byParent.set(folder.slice(0, start), siblings.set(`${folder}/`, language));
    }
  const plausible = [...byParent.values()].filter(
    (siblings) => siblings.size > 1 && [...siblings.values()].some((language) => !ambiguous.has(language)),
  );
  return new Map(plausible.flatMap((siblings) => [...siblings]));
}

function languageOfFolder(name: string): string | undefined {
  const [tag = '', primary = ''] = /^([a-z]{2})(?:[-_][a-z]{4})?(?:[-_][a-z]{2})?$/i.exec(name) ?? [];
  if (tag === '' || languages().of(primary) === undefined) return undefined;
  return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0];
}

/** Languages whose codes are English words, or what people call departments, subjects and countries. */
const ambiguous = new Set(
  'am an ar as ay be br ca co cs ee eu ga ha he hi ho hr id ie ii io is it la li ma me mi ml mo my na ne no om or os pa pi qu sa se sg si so st sw ta ti to ts tt uk za'.split(
    ' ',
  ),
);

/** Created on first use: the runtime takes some milliseconds to load the names. */
const languages = once(() => new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }));

/**
 * Returns the top folder, `Sport` for `Sport/2026/goal.md`, unless it is a date or the article's own folder. The folder
 * of the inherited language is none: `Sport` also for `de/Sport/tor.md`.
 */
export function sectionInPath(path: string, inherited?: string): string | undefined {
  if (!path.includes('/')) return undefined;
  const parts = path.split('/');
  const isTranslated = inherited !== undefined && languageOfFolder(parts[0] ?? '') === inherited;
  const [top = '', ...rest] = isTranslated ? parts.slice(1) : parts;
  const isOwn = rest.length === 1 && /^_?index(?:\.[^/]*)?$/i.test(rest[0] ?? '');
  return rest.length === 0 || isOwn || !/\p{L}/u.test(top) || /^(?:_|\d{4}-)/.test(top) ? undefined : top;
}

/** Reports whether a file is the page of a section (`_index.md` in Hugo and Zola), not an article. */
export function isSectionPage(path: string): boolean {
  return /(?:^|\/)_index(?:\.[^/]*)?$/i.test(path);
}

/** Reports whether a file describes the folder, such as a README, or is meant for crawlers, such as `robots.txt`. */
export function isReadmeLike(path: string): boolean {
  return /(?:^|\/)(?:(?:readme|contributing|license|code_of_conduct|security)\.[a-z]+|(?:robots|humans|(?:app-)?ads|llms)\.txt)$/i.test(
    path,
  );
}

/** Derives a title from the file name without its date, as Jekyll does. */
export function titleInPath(path: string): string {
  const name = seedName(path).replace(/^\d{4}-?\d{2}-?\d{2}[-_ ]*/, '');
  const words = name.replace(/[\s_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Returns the slug with folder names in front, for when another article has the slug, if that is longer. */
export function longSlug(slug: string, path: string): string | undefined {
  if (slug === seedName(path) && !path.includes('/')) return undefined;
  const isIndex = /(?:^|\/)_?index(?:\.[^/]*)?$/i.test(path);
  const folders = path.split('/').slice(0, isIndex ? -2 : -1);
  const other = slugOf([...folders, seedName(path)].join('-'));
  return other === slug ? undefined : other;
}

/** How dates in front matter are read. */
export interface DateContext {
  readonly timezone: string;
  /** Reports whether the path of the file contains a date. */
  readonly hasDateInPath: () => boolean;
}
