import type { Instant } from '../article.ts';
import type { Report } from '../problem.ts';
import { isDelayingKey, readDates } from './dates.ts';
import type { AuthorKeys } from './people-and-tags.ts';
import { text, truth } from './syntax/read.ts';
import { itemsOf, keyOf, type Table, type Value } from './syntax/value.ts';
import { expiriesIn, expiryKeys, isExpiryKey } from './withheld/expiry.ts';
import { isWithholdingKey } from './withheld/withheld.ts';

/** What the files around an article say about it, above all when it is published. */
export interface Inherited {
  /** Keys that apply unless the article sets them. Their offsets are {@link elsewhere}. */
  readonly defaults: Table;
  /** The article is not published before. */
  readonly notBefore?: Instant | undefined;
  /** Dates at which the article expires, besides its own. */
  readonly expiries: readonly Value[];
  /** The language of the article's folder, which applies unless the article states one. */
  readonly language?: string | undefined;
  /** The authors that it may name by keys. */
  readonly authors?: AuthorKeys | undefined;
}

/** The offset of a value in another file, where its faults are reported. */
export const elsewhere = -1;

export const inheritsNothing: Inherited = {
  defaults: { kind: 'table', entries: new Map(), at: elsewhere },
  expiries: [],
};

/** Returns the expiry dates of a section, for {@link Inherited.expiries}. */
export function inheritedExpiries(table: Table): readonly Value[] {
  return expiriesIn(table).map(moved);
}

/** Reports whether a key, as `keyOf` normalizes it, decides whether and when an article is published. */
export function isPublishingKey(key: string): boolean {
  return isWithholdingKey(key) || isDelayingKey(key) || isExpiryKey(key) || containers.has(key);
}

/** Keys with tables in which such keys stand. */
const containers = new Set(['extra', 'params', 'cascade', 'list']);

/** Keeps the keys that decide about publishing; no other key is inherited, so that ids and addresses stay. */
export function inheritable(table: Table): Table {
  const entries = new Map<string, Value>();
  for (const [key, value] of table.entries)
    if ((key === 'extra' || key === 'params') && value.kind === 'table') entries.set(key, inheritable(value));
    else if (isPublishingKey(key) && !containers.has(key)) entries.set(key, moved(value));
  return { kind: 'table', entries, at: elsewhere };
}

function moved(value: Value): Value {
  if (value.kind === 'scalar') return { ...value, at: elsewhere };
  if (value.kind === 'list') return { ...value, items: value.items.map(moved), at: elsewhere };
  return { ...value, entries: new Map([...value.entries].map(([key, inner]) => [key, moved(inner)])), at: elsewhere };
}

/** Adds the keys of `far` that a nearer table does not have, also inside tables. */
export function mergeTables(near: Table, far: Table): Table {
  if (far.entries.size === 0) return near;
  const entries = new Map(near.entries);
  for (const [key, value] of far.entries) {
    const own = entries.get(key);
    if (own === undefined) entries.set(key, value);
    else if (own.kind === 'table' && value.kind === 'table') entries.set(key, mergeTables(own, value));
  }
  return { ...near, entries };
}

/** Returns the keys of an article with those that it inherits, except dates of publication. */
export function withInherited(written: Table | undefined, inherited: Inherited | undefined): Table | undefined {
  if (inherited === undefined) return written;
  const { expiries } = inherited;
  const { [dateSettings]: names, ...keys } = Object.fromEntries(inherited.defaults.entries);
  const defaults: Table = { ...inherited.defaults, entries: new Map(Object.entries(keys)) };
  const own = names?.kind === 'table' ? withDates(written, names) : written;
  if (defaults.entries.size === 0 && expiries.length === 0) return own;
  const isSwitch = ([key, value]: readonly [string, Value]): boolean =>
    !isDelayingKey(key) || truth(value) !== undefined;
  const switches: Table = { ...defaults, entries: new Map([...defaults.entries].filter(isSwitch)) };
  const merged = mergeTables(own ?? { kind: 'table', entries: new Map(), at: 0 }, switches);
  if (expiries.length === 0) return merged;
  const entries = new Map(merged.entries);
  const free = expiryKeys.filter((key) => !entries.has(key));
  for (const [index, value] of expiries.entries()) {
    const key = free[index];
    if (key !== undefined) entries.set(key, value);
  }
  return { ...merged, entries };
}

/** The inherited key that holds Hugo's names for dates; articles do not get it. */
export const dateSettings = 'frontmatter:dates';

/**
 * Copies dates from the keys that Hugo's settings name (`[frontmatter] publishDate = ["embargo", ":default"]`) to the
 * keys that Dateline reads. The first key that the article has counts.
 */
function withDates(own: Table | undefined, settings: Table): Table | undefined {
  if (own === undefined) return undefined;
  const entries = new Map(own.entries);
  const add = (setting: string, names: readonly string[]): void => {
    const written = settings.entries.get(keyOf(setting));
    const keys = written === undefined ? [] : itemsOf(written).map((item) => keyOf(text(item) ?? ''));
    const found = keys.map((key) => own.entries.get(key)).find((value) => value !== undefined);
    const free = names.map(keyOf).find((name) => !entries.has(name));
    if (found !== undefined && free !== undefined) entries.set(free, found);
  };
  add('date', ['date']);
  add('publishDate', ['publish_at', 'publish_on', 'go_live_at']);
  add('expiryDate', expiryKeys);
  return { ...own, entries };
}

/** Returns the date before which an article is not published, if what it inherits sets one. */
export function inheritedDelay(
  own: Table | undefined,
  { defaults, notBefore }: Inherited,
  timezone: string,
  report: Report,
): Instant | undefined {
  const isMissing = ([key]: readonly [string, Value]): boolean => isDelayingKey(key) && own?.entries.has(key) !== true;
  const dates: Table = { ...defaults, entries: new Map([...defaults.entries].filter(isMissing)) };
  const { published } = readDates(dates, { timezone, hasDateInPath: () => false }, report);
  return published !== undefined && published > (notBefore ?? '') ? published : notBefore;
}
