import { keyOf, type List, type Scalar, type Table, type Value } from './value.ts';

/**
 * Parses plain YAML, in which most front matter is written: keys with values on one line, and lists of such values.
 * Returns `undefined` for any other YAML, valid or not, which the `yaml` library then parses at many times the cost.
 */
export function readPlainYaml(source: string, start: number): Table | undefined {
  if (unusual.test(source)) return undefined;
  const entries = new Map<string, Value>();
  const names = new Set<string>();
  let at: number | undefined;
  let open: OpenKey | undefined;
  for (let line = 0, end = 0; line < source.length; line = end + 1) {
    end = source.indexOf('\n', line);
    if (end === -1) end = source.length;
    const from = skipSpaces(source, line);
    if (from >= end || source[from] === '#') continue;
    if (source[from] === '-') {
      if (open === undefined || !addItem(open, source.slice(line, end), start + line, entries)) return undefined;
      continue;
    }
    key.lastIndex = line;
    if (!key.test(source)) return undefined;
    at ??= start + line;
    const name = keyOf(source.slice(line, source.indexOf(':', line)));
    // A duplicate key needs a warning, which the library reports.
    if (names.size === names.add(name).size) return undefined;
    const written = sliceTrimmed(source, key.lastIndex, end);
    open = written === '' ? { name, items: [] } : undefined;
    if (open !== undefined) continue;
    const valueAt = start + key.lastIndex;
    const value = written[0] === '[' ? readFlow(written, valueAt) : readScalar(written, valueAt);
    if (value === undefined) return undefined;
    if (value !== null) entries.set(name, value);
  }
  return { kind: 'table', entries, at: at ?? start };
}

/** Characters that YAML treats specially: tabs, control characters, other line ends, the byte order mark. */
const unusual = /[^\n -~\u00A0-\u2027\u202A-\uFEFE\uFF00-\uFFFF]/;

const key = /[A-Za-z_][\w-]{0,60}:(?: +|(?=\n)|$)/y;

/** A key without a value on its line; a list may follow. */
interface OpenKey {
  readonly name: string;
  readonly items: Scalar[];
  /** Spaces before the hyphens of its list, once the list has begun. */
  indent?: number;
}

/** Adds an item of a block list; returns `false` if the line is not plain YAML. */
function addItem(open: OpenKey, line: string, at: number, entries: Map<string, Value>): boolean {
  const indent = skipSpaces(line, 0);
  const from = skipSpaces(line, indent + 1);
  if (from === indent + 1 || from === line.length || indent !== (open.indent ?? indent)) return false;
  const item = readScalar(sliceTrimmed(line, from, line.length), at + from);
  if (item === undefined) return false;
  if (open.indent === undefined) {
    open.indent = indent;
    entries.set(open.name, { kind: 'list', items: open.items, at: at + indent });
  }
  if (item !== null) open.items.push(item);
  return true;
}

/** Parses a list in brackets. */
function readFlow(written: string, at: number): List | undefined {
  if (!written.endsWith(']')) return undefined;
  const items: Scalar[] = [];
  const last = written.length - 1;
  if (skipSpaces(written, 1) === last) return { kind: 'list', items, at };
  for (let from = 1; from <= last; from = flowItem.lastIndex) {
    flowItem.lastIndex = from;
    if (!flowItem.test(written)) return undefined;
    const itemFrom = skipSpaces(written, from);
    const scalar = readScalar(sliceTrimmed(written, itemFrom, flowItem.lastIndex - 1), at + itemFrom);
    if (scalar === undefined) return undefined;
    if (scalar !== null) items.push(scalar);
  }
  return { kind: 'list', items, at };
}

const doubleQuoted = String.raw`"[^"\\]*(?:\\["\\/][^"\\]*)*"`;
const singleQuoted = `'[^']*(?:''[^']*)*'`;
/** An item with the comma or the final bracket after it. */
const flowItem = new RegExp(
  String.raw` *(?:${doubleQuoted}|${singleQuoted}|[^ ,[\]{}"'](?:[^,[\]{}]*[^ ,[\]{}])?) *(?:,|\]$)`,
  'y',
);
const quoted = new RegExp(`^(?:${doubleQuoted}|${singleQuoted})$`);

/** Parses a scalar without surrounding white space; `null` for an empty value. */
function readScalar(written: string, at: number): Scalar | null | undefined {
  const mark = written[0];
  if (mark === '"' || mark === "'") {
    if (!quoted.test(written)) return undefined;
    const inner = written.slice(1, -1);
    const text = mark === "'" ? inner.replaceAll("''", "'") : inner.replace(/\\(.)/g, '$1');
    return { kind: 'scalar', text, isText: true, at };
  }
  if (notPlain.test(written)) return undefined;
  if (nothing.test(written)) return null;
  return { kind: 'scalar', text: written, isText: !otherThanText.test(written), at };
}

/** Indicators at the start (YAML 1.2 §5.3), or characters that may begin a value or a comment (§7.3.3). */
const notPlain = /^[-?:,[\]{}#&*!|>'"%@`]|:(?: |$)| #/;

// The core schema (YAML 1.2 §10.3.2).
const nothing = /^(?:~|null|Null|NULL)$/;
const otherThanText =
  /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

function sliceTrimmed(text: string, from: number, end: number): string {
  let last = end;
  while (last > from && text[last - 1] === ' ') last--;
  return text.slice(from, last);
}
