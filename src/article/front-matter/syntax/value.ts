/** A value in front matter with its offset in the text of the seed. */
export type Value = Scalar | List | Table;

/** A word, number, date or truth value. */
export interface Scalar {
  readonly kind: 'scalar';
  /** The value without quotation marks; numbers and dates keep their spelling. */
  readonly text: string;
  /** Whether it is written as text, not as a number, a date or `true`. */
  readonly isText: boolean;
  readonly at: number;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly at: number;
}

/** Keys, as {@link keyOf} normalizes them, with their values. */
export interface Table {
  readonly kind: 'table';
  readonly entries: ReadonlyMap<string, Value>;
  readonly at: number;
}

/** Normalizes a key: frameworks write `pubDate`, `pub_date` and `PubDate` for the same thing. */
export function keyOf(name: string): string {
  return /^[a-z]+$/.test(name) ? name : name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Returns the values of the given names, in that order. `extra.image` is a name inside a table. */
export function allUnder(table: Table, names: readonly string[]): Value[] {
  const all: Value[] = [];
  for (const name of names) {
    const found = valueUnder(table, name);
    if (found !== undefined) all.push(found);
  }
  return all;
}

/**
 * Returns the values whose key a pattern matches, also in the tables in which Zola and Hugo keep the keys of themes.
 */
export function allMatching(table: Table, pattern: RegExp, names?: readonly string[]): Value[] {
  const all: Value[] = [];
  for (const [key, value] of table.entries)
    if (names !== undefined && value.kind === 'table' && themeTables.has(key))
      all.push(...allUnder(value, names), ...allMatching(value, pattern));
    else if (pattern.test(key) && !(value.kind === 'scalar' && value.text.trim() === '')) all.push(value);
  return all;
}

const themeTables = new Set(['extra', 'params']);

/** Returns the first value under one of the names. */
export function firstUnder(table: Table, names: readonly string[]): Value | undefined {
  for (const name of names) {
    const found = valueUnder(table, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the first value under one of the names inside a table; other values contain none. */
export function firstInside(value: Value, names: readonly string[]): Value | undefined {
  return value.kind === 'table' ? firstUnder(value, names) : undefined;
}

/** Returns the value of a name; `undefined` also for empty text. */
export function valueUnder(table: Table, name: string): Value | undefined {
  let found: Value | undefined = table;
  for (const key of keysOf(name)) found = found?.kind === 'table' ? found.entries.get(key) : undefined;
  return found?.kind === 'scalar' && found.text.trim() === '' ? undefined : found;
}

function keysOf(name: string): readonly string[] {
  let keys = spelt.get(name);
  if (keys === undefined) {
    keys = name.split('.').map(keyOf);
    spelt.set(name, keys);
  }
  return keys;
}

/** A cache of the keys of each name. The names are constants of this folder, about a hundred, never an article's. */
const spelt = new Map<string, readonly string[]>();

/** Returns the items of a list; any other value counts as a list of one. */
export function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [value];
}
