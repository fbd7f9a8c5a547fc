import type { Instant } from '../article.ts';
import { once } from '../once.ts';
import { seedName, slugOf } from '../slug.ts';
import { readDate } from './date.ts';

/** Finds the date in a path: in the file's name, else in the names of its folders; a year or a month alone is none. */
export function dateInPath(path: string, timezone: string): Instant | undefined {
  // Asking first is cheap, and many paths have no year.
  if (!/(?:19|20)\d{2}/.test(path)) return undefined;
  // The last one is nearest to the file.
  for (const found of [...path.matchAll(dates)].reverse()) {
    const [, year, month = '', day = '', hour, minute = '00'] = found.filter((part) => part !== undefined);
    const clock = hour === undefined ? '' : `T${hour}:${minute}`;
    const reading = readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${clock}`, timezone);
    if (reading?.kind === 'date') return reading.instant;
  }
  return undefined;
}

/** How the dates of the article at a path are read. */
export function datingOf(path: string, timezone: string): Dating {
  return { timezone, hasDateInPath: dateInPath(path, timezone) !== undefined };
}

/** Finds what looks like a date in a path that has none: the 30th of February. */
export function noDateInPath(path: string): string | undefined {
  return [...path.matchAll(dates)].at(-1)?.[0];
}

/** One digit for the month or the day would be a number of a part; but in a name with hyphens people leave the zero out. */
const days = [
  String.raw`((?:19|20)\d{2})[-_/.](\d{2})[-_/.](\d{2})`,
  String.raw`((?:19|20)\d{2})(\d{2})(\d{2})`,
  String.raw`((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})`,
];

const dates = new RegExp(
  String.raw`(?<=^|/)(?:${days.join('|')})(?!\d)(?:T(\d{2})(?:[-:.h]?(\d{2}))?)?`,
  'g',
);

/** Finds the language in a name such as `hello.de.md` or `index.pt-br.md`. */
export function languageInPath(path: string): string | undefined {
  const [, tag, primary = ''] = /\.(([a-z]{2})(?:-[a-z]{2,4})?)\.[^./]+$/i.exec(path) ?? [];
  if (tag === undefined || languages().of(primary) === undefined) return undefined;
  return Intl.getCanonicalLocales(tag)[0];
}

/** Made when first needed, as the runtime takes some milliseconds to load the names. */
const languages = once(() => new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }));

/** The top folder that a file stands in, unless that is the article's own or says a date: `Sport` in `Sport/2026/goal.md`. */
export function sectionInPath(path: string): string | undefined {
  if (!path.includes('/')) return undefined;
  const [top = '', ...rest] = path.split('/');
  const isOwn = rest.length === 1 && /^_?index(?:\.[^/]*)?$/i.test(rest[0] ?? '');
  return rest.length === 0 || isOwn || !/\p{L}/u.test(top) || /^(?:_|\d{4}-)/.test(top) ? undefined : top;
}

/** Tells the page of a section from an article's: Hugo and Zola keep it in `_index.md`. */
export function isSectionPage(path: string): boolean {
  return /(?:^|\/)_index(?:\.[^/]*)?$/i.test(path);
}

/** Tells the files that tell people of a folder, and those that programs look for on a site. */
export function isAboutFolder(path: string): boolean {
  return /(?:^|\/)(?:(?:readme|contributing|license|code_of_conduct|security)\.[a-z]+|(?:robots|humans|(?:app-)?ads|llms)\.txt)$/i.test(
    path,
  );
}

/** A title for an article that has none, as Jekyll makes it: of the file's name without its date. */
export function titleInPath(path: string): string {
  const name = seedName(path).replace(/^\d{4}-?\d{2}-?\d{2}[-_ ]*/, '');
  const words = name.replace(/[\s_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The slug that an article takes where another has its own: its file's name, with the names of the folders in front;
 * `undefined` where that is the same one.
 */
export function otherSlug(slug: string, path: string): string | undefined {
  if (slug === seedName(path) && !path.includes('/')) return undefined;
  const isIndex = /(?:^|\/)_?index(?:\.[^/]*)?$/i.test(path);
  const folders = path.split('/').slice(0, isIndex ? -2 : -1);
  const other = slugOf([...folders, seedName(path)].join('-'));
  return other === slug ? undefined : other;
}

/** How dates are read. */
export interface Dating {
  readonly timezone: string;
  /** Whether the path of the file names a day. */
  readonly hasDateInPath: boolean;
}
