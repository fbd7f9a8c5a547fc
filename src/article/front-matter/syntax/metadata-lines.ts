import type { Span } from '../../place.ts';
import { keyOf, type Scalar, type Table, type Value } from './value.ts';
import type { OnDuplicate } from './yaml.ts';

/** Keys of Pelican and MultiMarkdown, besides dates, that tell metadata from a dateline and from prose. */
const telling = new Set('title author authors category categories tags keywords slug summary status lang'.split(' '));
const dates = new Set(['date', 'modified', 'updated', 'published']);

const keyLine = /^ {0,3}([A-Za-z][\w-]{0,40}(?: [\w-]{1,20}){0,3}):[ \t]*(.*)$/;

/**
 * Finds metadata lines, as Pelican and MultiMarkdown write them, at an offset: `Title: …`, `Date: …` up to a blank
 * line. They state a title, or one of their other keys with a date, so a dateline of a seed is not taken for them.
 */
export function findMetadataLines(text: string, at: number): Span | undefined {
  const end = /\n[ \t]*(?:\n|$)/.exec(text.slice(at, at + longest))?.index;
  if (end === undefined) return undefined;
  const lines = text.slice(at, at + end).split('\n');
  if (!lines.every((line, index) => keyLine.test(line) || (index > 0 && /^(?: {4}|\t)/.test(line)))) return undefined;
  const keys = lines.map((line) => keyOf(keyLine.exec(line)?.[1] ?? ''));
  const isMetadata =
    keys.includes('title') || (keys.some((key) => telling.has(key)) && keys.some((key) => dates.has(key)));
  return isMetadata ? { start: at, end: at + end } : undefined;
}

const longest = 20_000;

/** Reads metadata lines, which begin at the offset `start` of the seed. A value continues in indented lines. */
export function readMetadataLines(source: string, start: number, onDuplicate: OnDuplicate): Table {
  const entries = new Map<string, Value>();
  let at = start;
  let last: Scalar | undefined;
  let name = '';
  for (const line of source.split('\n')) {
    const [whole = '', key, value = ''] =
      /^(?: {4}|\t)/.test(line) && last !== undefined ? [] : (keyLine.exec(line) ?? []);
    if (key !== undefined) {
      name = keyOf(key);
      const other = entries.get(name);
      if (other !== undefined) onDuplicate(key, at, other.at);
      last = { kind: 'scalar', text: value.trim(), isText: true, at: at + whole.length - value.length };
    } else if (last !== undefined) last = { ...last, text: `${last.text}\n${line.trim()}` };
    if (last !== undefined) entries.set(name, scalarOrList(name, last));
    at += line.length + 1;
  }
  return { kind: 'table', entries, at: start };
}

/** Pelican separates authors by semicolons or else by commas. */
function scalarOrList(name: string, value: Scalar): Value {
  if (/^(?:id|guid)$/.test(name)) return { ...value, text: value.text.replace(/^"([^"]*)"$/, '$1') };
  if (!/^authors?$/.test(name)) return value;
  const names = value.text.split(/\n|;/.test(value.text) ? /[;\n]/ : ',').map((text) => text.trim());
  const items = names.filter((text) => text !== '').map((text) => ({ ...value, text }));
  return items.length === 1 ? { ...value, text: items[0]?.text ?? '' } : { kind: 'list', items, at: value.at };
}
