import type { Author } from '../author.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { readAuthor } from './author.ts';
import { text } from './syntax/read.ts';
import { readToml } from './syntax/toml.ts';
import { itemsOf, keyOf, type List, type Table, type Value, valueUnder } from './syntax/value.ts';
import { readAnyYaml } from './syntax/yaml.ts';

/** What a data file with authors contains, according to its name. */
export interface AuthorDataForm {
  readonly isToml: boolean;
  /** The key of the only author, for a file of its own; absent if the file lists authors. */
  readonly key?: string | undefined;
}

/**
 * Reads the authors in a data file by their keys, normalized by `keyOf`: a map of keys, a list of maps with an `id` or
 * the like, or one author. Returns `undefined` after reporting a syntax error.
 */
export function readAuthorData(
  source: string,
  { isToml, key }: AuthorDataForm,
  report: Report,
): ReadonlyMap<string, Author> | undefined {
  const data = isToml ? readToml(source, 0, reportDuplicate(report)) : readYamlOrList(source, report);
  if (!('kind' in data)) {
    report('warning', 'bad-front-matter', data.at, `${oneLine(data.message)}; until then, its authors are unknown`);
    return undefined;
  }
  const authors = new Map<string, Author>();
  if (key === undefined) addAll(authors, data, report);
  else if (data.kind === 'table') addAuthor(authors, [key, ...keysIn(data)], data, report);
  return authors;
}

function reportDuplicate(report: Report) {
  return (name: string, used: number, other: number): void =>
    report('warning', 'bad-front-matter', Math.max(used, other), `the key ${quote(name)} is there twice; delete one`);
}

/** The YAML of front matter is a map, so a list becomes the value of a key. */
function readYamlOrList(source: string, report: Report): Table | List | { message: string; at: number } {
  const isFlow = /^\s*\[/.test(source);
  const [, start = ''] = /^(---[ \t]*\n|)(?:\s*#[^\n]*\n|\s*\n)*- /.exec(source) ?? [];
  const isList = isFlow || /^(?:---[ \t]*\n)?(?:\s*#[^\n]*\n|\s*\n)*- /.test(source);
  const [open, close] = isFlow ? ['{"authors":', '\n}'] : isList ? ['authors:\n', ''] : ['', ''];
  const table = readAnyYaml(
    open + source.slice(start.length) + close,
    start.length - open.length,
    reportDuplicate(report),
  );
  const inner = isList && 'kind' in table ? table.entries.get('authors') : undefined;
  return inner?.kind === 'list' ? inner : table;
}

function addAll(authors: Map<string, Author>, data: Table | List, report: Report): void {
  if (data.kind === 'list') {
    for (const item of itemsOf(data)) addAuthor(authors, keysIn(item), item, report);
    return;
  }
  const inner = data.entries.get('authors');
  if (inner !== undefined && inner.kind !== 'scalar' && !isNamed(inner)) {
    addAll(authors, inner, report);
    return;
  }
  // Text is a name only if all values are text.
  const areNames = [...data.entries.values()].every((value) => value.kind === 'scalar' && value.isText);
  for (const [key, value] of data.entries) if (areNames || isNamed(value)) addAuthor(authors, [key], value, report);
}

function addAuthor(authors: Map<string, Author>, keys: readonly string[], value: Value, report: Report): void {
  const author =
    keys.length === 0 || (value.kind !== 'scalar' && !isNamed(value)) ? undefined : readAuthor(value, report);
  if (author !== undefined) for (const key of keys) if (!authors.has(keyOf(key))) authors.set(keyOf(key), author);
}

function isNamed(value: Value): boolean {
  return (
    value.kind === 'table' && ['name', 'display_name', 'title'].some((key) => valueUnder(value, key) !== undefined)
  );
}

/** The keys that an author states. */
function keysIn(value: Value): readonly string[] {
  if (value.kind !== 'table') return [];
  return ['id', 'key', 'slug', 'username', 'handle', 'short_name'].flatMap((name) => {
    const found = valueUnder(value, name);
    return (found && text(found)) ?? [];
  });
}
