import { readTags } from '../front-matter/people-and-tags.ts';
import { text } from '../front-matter/syntax/read.ts';
import { keyOf, type Table, valueUnder } from '../front-matter/syntax/value.ts';
import { localDateTime, readDate } from '../seed/date.ts';
import { languageInPath } from '../seed/seed-path.ts';
import { slugOf } from '../slug.ts';
import { type Generator, hexoName, hugoName, jekyllSlug, type Naming, namings, spelledName } from './names.ts';

/** How a site beside the publication makes the addresses of its articles. */
export interface PermalinkRule {
  /** The address of the site, which ends in `/`. */
  readonly home: string;
  /** A path with placeholders: `/posts/:slug/`. */
  readonly pattern: string;
  /** The generator whose rules the names in addresses follow. */
  readonly generator?: Generator;
  /** The id of an article without a stated one: its address, or the address as `jekyll-feed` writes it. */
  readonly ids?: 'address' | 'jekyll-feed';
  /** The site's language. */
  readonly language: string;
  /** IANA name of the time zone of dates in addresses. */
  readonly timezone: string;
}

/** What the address of an article is made of. */
export interface AddressFacts {
  /** Path inside the folder of articles. */
  readonly path: string;
  readonly title: string;
  readonly published: string;
  readonly frontMatter?: Table | undefined;
}

/** Returns the first placeholder of a pattern that is not known. */
export function unknownPlaceholder(pattern: string): string | undefined {
  return pattern.replace(known, '').match(/:[a-z_]+/)?.[0];
}

/** The placeholders of patterns, each without its colon. */
export const placeholders = [
  ...['year', 'month', 'day', 'short_year', 'i_month', 'i_day', 'y_day', 'hour', 'minute', 'second'],
  ...[
    'slug',
    'filename',
    'name',
    'title',
    'post_title',
    'path',
    'section',
    'sections',
    'category',
    'categories',
    'slugorfilename',
    'output_ext',
  ],
] as const;
export type Parts = Readonly<Record<(typeof placeholders)[number], string>>;

/** The longest first, because it may begin with a shorter one. */
const known = new RegExp(`:(${placeholders.toSorted((a, b) => b.length - a.length).join('|')})`, 'g');

/** Replaces the placeholders of a pattern. */
export function expand(pattern: string, parts: Parts): string {
  return pattern.replace(known, (_, name: keyof Parts) => parts[name]);
}

/** Returns what the placeholders stand for in the address of an article. */
export function partsOf(rule: PermalinkRule, facts: AddressFacts): Parts {
  const { generator } = rule;
  const { path, title, frontMatter } = facts;
  const naming = generator === undefined ? ownNaming : namings[generator];
  const { segment } = naming;
  const { folders, name } = nameParts(path, naming);
  const slug = naming.ignoresSlug === true ? undefined : textAt(frontMatter, 'slug');
  const filename = segment(name);
  const written = naming.slugIsPath === true ? slug : slug?.split('/').map(segment).join('/');
  const sections = folders.map(segment).join('/');
  const last = written ?? filename;
  const categories = frontMatter === undefined ? [] : categoriesOf(frontMatter);
  const own = {
    ...{ filename, sections, section: folders[0] === undefined ? '' : segment(folders[0]), output_ext: '.html' },
    slug: last,
    name: filename,
    post_title: segment(title),
    slugorfilename: last,
    title: segment(title),
    path: naming.slugIsPath === true && written !== undefined ? written : [sections, last].join('/'),
    categories: categories.map((one) => one.toLowerCase()).join('/'),
    category: segment(categories[0] ?? ''),
    ...dateParts(rule, facts),
  };
  switch (generator) {
    case 'hugo':
      return { ...own, slug: hugoName(slug ?? title) };
    case 'jekyll':
      return { ...own, slug: jekyllSlug(slug ?? name), title: last };
    case 'hexo': {
      const category = categories.map(hexoName).join('/') || 'uncategorized';
      const undated = name.replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '');
      const names = {
        title: path.replace(/\.[^./]+$/, ''),
        filename: undated,
        post_title: hexoName(title).toLowerCase(),
      };
      return { ...own, ...names, category };
    }
    case 'eleventy':
      return { ...own, title: spelledName(title), path: eleventyPath(path) };
    case 'docusaurus':
      return { ...own, path: written ?? dayPath(path) };
    default:
      return own;
  }
}

const ownNaming: Naming = { segment: slugOf, dropsDate: false };

/** Returns the folders of an article and the name of its file, without date, language and ending. */
export function nameParts(path: string, { dropsDate, hasLanguageFolders }: Naming) {
  const language = languageInPath(path)?.toLowerCase();
  const isTranslated = hasLanguageFolders === true && language !== undefined;
  const plain = path.replace(isTranslated ? /\.[^./]+\.[^./]+$/ : /\.[^./]+$/, '');
  const folders = plain.split('/');
  const file = folders.pop() ?? '';
  const own = file === 'index' ? (folders.pop() ?? file) : file;
  const name = dropsDate ? own.replace(/^\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?[-_](?=.)/, '') : own;
  return { folders, name, language: isTranslated ? language : undefined };
}

/** Returns the folder in which a generator has the translation of an article, `/de`; empty for the usual language. */
export function languageFolder({ generator, language: usual }: PermalinkRule, path: string): string {
  const { language } = nameParts(path, generator === undefined ? ownNaming : namings[generator]);
  const own = usual.toLowerCase();
  return language === undefined || language === own || language === own.split('-')[0] ? '' : `/${language}`;
}

/** Eleventy leaves out the name of a file if its folder has the same name, as it does `index`. */
function eleventyPath(path: string): string {
  const plain = path.replace(/(?:^|\/)index\.[^./]+$|\.[^./]+$/, '');
  const [name, folder] = plain.split('/').toReversed();
  return name === folder ? plain.slice(0, plain.lastIndexOf('/')) : plain;
}

/** Docusaurus takes the date of a post out of its path: `2026-05-04-hello.md`, `2026/05/04/hello/index.md`. */
function dayPath(path: string): string {
  const plain = path.replace(/\.[^./]+$/, '').replace(/\/index$/, '');
  const [, folder = '', date, rest = ''] = /^(.*?)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*)$/.exec(plain) ?? [];
  return date === undefined ? plain : `${date.replaceAll('-', '/')}/${folder}${rest}`;
}

function categoriesOf(table: Table): readonly string[] {
  const only = ['categories', 'category'].map(keyOf);
  return readTags({ ...table, entries: new Map([...table.entries].filter(([key]) => only.includes(key))) }, () => {});
}

function dateParts({ generator, timezone }: PermalinkRule, { published, frontMatter }: AddressFacts) {
  const written = textAt(frontMatter, 'date') ?? '';
  const moment = generator === 'hugo' && isoMoment.test(written) ? written : localMoment(written, published);
  function localMoment(text: string, otherwise: string): string {
    // Ruby's YAML reads a time without a zone as UTC, and Jekyll shows it in the time zone of the site.
    const isUtc = generator === 'hexo' || (generator === 'jekyll' && /\d:\d\d(?::[\d.]+)?$/.test(text));
    const reading = readDate(text, isUtc ? 'UTC' : timezone);
    if (reading?.kind !== 'date') return localDateTime(Date.parse(otherwise), timezone);
    // Hexo reads the time of day in UTC as one in the site's time zone.
    const isShownInUtc = generator === 'eleventy' || generator === 'hexo';
    return localDateTime(Date.parse(reading.instant), isShownInUtc ? 'UTC' : timezone);
  }
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = isoMoment.exec(moment) ?? [];
  const start = Date.UTC(Number(year), 0, 0);
  const days = (Date.UTC(Number(year), Number(month) - 1, Number(day)) - start) / 86_400_000;
  return {
    ...{ year, month, day, hour, minute, second, short_year: year.slice(2) },
    ...{ i_month: String(Number(month)), i_day: String(Number(day)), y_day: String(days).padStart(3, '0') },
  };
}

const isoMoment = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?/;

/** Returns the text of a key of front matter. */
export function textAt(table: Table | undefined, name: string): string | undefined {
  const value = table && valueUnder(table, name);
  return value && text(value);
}
