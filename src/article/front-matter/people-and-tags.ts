import type { Author, Person } from '../author.ts';
import { quote, type Report } from '../problem.ts';
import { readAuthor } from './author.ts';
import { describe, reportWrong, text, textInside } from './syntax/read.ts';
import { firstUnder, itemsOf, keyOf, type Table, type Value, valueUnder } from './syntax/value.ts';

/** The authors whom data files around an article name by keys, such as Docusaurus' `authors.yml`. */
export interface AuthorKeys {
  /** By key, as {@link keyOf} normalizes it. */
  readonly byKey: ReadonlyMap<string, Author>;
  /** The nearest of the files, as shown to users. */
  readonly file: string;
}

/** Descriptions of authors from outside the article. */
export interface KnownAuthors {
  readonly keys?: AuthorKeys | undefined;
  /** The people whom the publication describes. They are preferred. */
  readonly people?: readonly Person[] | undefined;
}

/** Reads the authors of an article: a name, a key, a map such as name, email and url, or a list of these. */
export function readAuthors(table: Table, report: Report, { keys, people = [] }: KnownAuthors = {}): Author[] {
  const value = firstUnder(table, ['authors', 'author', 'extra.authors', 'extra.author']);
  if (value === undefined) return [];
  const known = withPeople(keys, people);
  const all = itemsOf(value).flatMap((item) => {
    const several = known && authorsOfKeys(item, known);
    if (several !== undefined) return several;
    const author = (known && authorOfKey(item, known, report)) ?? readAuthor(item, report);
    if (author === undefined) {
      const got = item.kind === 'table' ? 'a map without a name' : describe(item);
      reportWrong(report, 'authors', 'a name, or a map of name, email and url', item, 'warning', got);
    }
    return author ?? [];
  });
  return bounded(mergeAuthors(all.map((author) => describedIn(people, author))), 'authors', value, report);
}

/** Adds the people who have keys. */
function withPeople(keys: AuthorKeys | undefined, people: readonly Person[]): AuthorKeys | undefined {
  const keyed = people.flatMap(({ key, ...author }) => (key === undefined ? [] : [[keyOf(key), author] as const]));
  if (keyed.length === 0) return keys;
  return {
    byKey: new Map([...keyed, ...[...(keys?.byKey ?? [])].filter(([key]) => !keyed.some(([own]) => own === key))]),
    file: 'publication.yaml',
  };
}

/** Adds the publication's description of the person of this name. */
function describedIn(people: readonly Person[], author: Author): Author {
  const found = people.find(({ name }) => nameKey(name) === nameKey(author.name));
  if (found === undefined) return author;
  const { key: _, ...person } = found;
  return { ...person, ...author, name: person.name };
}

function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Tags of an article, and authors. Each has feeds, archive pages and HTML pages of its own. */
const most = 100;

function bounded<T>(all: T[], name: string, { at }: Value, report: Report): T[] {
  if (all.length <= most) return all;
  report('warning', 'wrong-value', at, `${name}: expected at most ${most}, got ${all.length}; the others are left out`);
  return all.slice(0, most);
}

/** Lists each author once, compared without case, with the details of all mentions. */
function mergeAuthors(all: readonly Author[]): Author[] {
  const byName = new Map<string, Author>();
  for (const author of all) {
    const key = nameKey(author.name);
    byName.set(key, { ...author, ...byName.get(key) });
  }
  return [...byName.values()];
}

/**
 * Returns the author of a key, or of the name of a known author. A text with white space or with
 * letters that keys don't have is a name; anything else without an entry is reported.
 */
function authorOfKey(value: Value, { byKey, file }: AuthorKeys, report: Report): Author | undefined {
  const isNamed = textInside(value, ['name', 'display_name', 'nick']) !== undefined;
  const key = value.kind === 'scalar' ? text(value) : isNamed ? undefined : textInside(value, ['key', 'id', 'slug']);
  if (key === undefined || /\s/.test(key)) return undefined;
  const found = byKey.get(keyOf(key));
  if (found !== undefined) return found;
  const named = [...byKey.values()].find(({ name }) => name.toLowerCase() === key.toLowerCase());
  if (named !== undefined) return named;
  if (/^[\w.@-]+$/.test(key)) {
    const message = `${quote(key)} has no entry in ${file}; add one with a "name" there, or write the author's name`;
    report('warning', 'unknown-author', value.at, message);
  }
  return { name: key };
}

/** Returns the authors of several keys between commas, if each has an entry. */
function authorsOfKeys(value: Value, { byKey }: AuthorKeys): readonly Author[] | undefined {
  const keys = value.kind === 'scalar' && value.text.includes(',') ? value.text.split(',') : [];
  const found = keys.map((key) => byKey.get(keyOf(key.trim()))).filter((author) => author !== undefined);
  return found.length > 0 && found.length === keys.length ? found : undefined;
}

/** Reads tags, categories and Zola's taxonomies as one list without duplicates, compared without case. */
export function readTags(table: Table, report: Report): string[] {
  const tags = new Map<string, string>();
  let last: Value | undefined;
  for (const name of ['tags', 'tag', 'categories', 'category', 'taxonomies.tags', 'taxonomies.categories']) {
    const value = valueUnder(table, name);
    if (value === undefined) continue;
    if (tags.size <= most) last = value;
    for (const tag of tagsOf(value, name)) if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return last === undefined ? [] : bounded([...tags.values()], 'tags', last, report);
}

/** Splits tags in one string at commas or, for the keys that Jekyll splits, at spaces. */
function tagsOf(value: Value, name: string): string[] {
  if (value.kind === 'list')
    return value.items.flatMap((item) => (item.kind === 'scalar' ? (text(item) ?? []) : tagsOf(item, name)));
  if (value.kind === 'table') return [textInside(value, ['name', 'title', 'label', 'slug']) ?? []].flat();
  const line = text(value) ?? '';
  const separator = line.includes(',') ? ',' : /(?:tags|categories)$/.test(name) ? ' ' : '\n';
  return line
    .split(separator)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
