/** Something that front matter says, with the offset in the seed's text at which it stands. */
export type Value = Scalar | List | Table;

/** One word, number, date or truth value. */
export interface Scalar {
  readonly kind: 'scalar';
  /** As it is meant: without quotation marks, a number or a date in the digits in which it was written. */
  readonly text: string;
  /** Whether it stands there as a text, and not as a number, a date or `true`. */
  readonly isText: boolean;
  readonly at: number;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly at: number;
}

/** Keys with values, by the spelling that {@link keyOf} gives them. */
export interface Table {
  readonly kind: 'table';
  readonly entries: ReadonlyMap<string, Value>;
  readonly at: number;
}

/** Spells a key in one way: frameworks write `pubDate`, `pub_date` and `PubDate` for one thing. */
export function keyOf(name: string): string {
  return /^[a-z]+$/.test(name) ? name : name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Gives what stands under the names that are there, in the order of the names; a table takes names below a table as `extra.image`. */
export function allUnder(table: Table, names: readonly string[]): Value[] {
  const all: Value[] = [];
  for (const name of names) {
    const found = valueUnder(table, name);
    if (found !== undefined) all.push(found);
  }
  return all;
}

/** Gives the first value that stands under one of the names. */
export function firstUnder(table: Table, names: readonly string[]): Value | undefined {
  for (const name of names) {
    const found = valueUnder(table, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Gives what stands under a name; `undefined` for a text that says nothing, too. */
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

/** The keys of each name that was asked for. These are the names of this folder's code, some hundred, and never an article's. */
const spelt = new Map<string, readonly string[]>();

/** Takes a list for its items and anything else for the one item of a list. */
export function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [value];
}
