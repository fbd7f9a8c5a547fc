import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { oneLine } from '../../plain-text.ts';
import { quote } from '../../problem.ts';
import { duplicateKey, type KeyLine, lineAt, openingMark, unclosed, withQuotationMarks } from './key-line.ts';
import { keyOf, type List, type Scalar, type Table } from './value.ts';
import type { OnDuplicate } from './yaml.ts';
import type { Fault } from './yaml-faults.ts';

/**
 * Parses TOML that begins at the offset `start` of the seed. Dates stay as text. The parser refuses a key that is set
 * twice, except in two spellings, such as "draft" and "Draft".
 */
export function readToml(source: string, start: number, onDuplicate: OnDuplicate): Table | Fault {
  const addAll = (table: OpenTable, pairs: readonly AST.TOMLKeyValue[]): void => {
    for (const { key, value } of pairs) {
      const names = key.keys.map((name) => (name.type === 'TOMLBare' ? name.name : name.value));
      const last = names.pop();
      const at = start + key.range[0];
      const inner = open(table, names, at);
      if (last === undefined || inner === undefined) continue;
      const other = inner.entries.get(keyOf(last));
      if (other !== undefined) onDuplicate(last, at, other.at);
      inner.entries.set(keyOf(last), readNode(value));
    }
  };
  const readNode = (node: AST.TOMLContentNode): Open => {
    const at = start + node.range[0];
    if (node.type === 'TOMLArray') return { kind: 'list', items: node.elements.map(readNode), at };
    if (node.type !== 'TOMLInlineTable') return scalar(node, at);
    const table: OpenTable = { kind: 'table', entries: new Map(), at };
    addAll(table, node.body);
    return table;
  };
  try {
    const root: OpenTable = { kind: 'table', entries: new Map(), at: start };
    for (const node of parseTOML(source).body[0].body) {
      if (node.type === 'TOMLTable') {
        const table = open(root, node.resolvedKey, start + node.range[0]);
        if (table !== undefined) addAll(table, node.body);
      } else addAll(root, [node]);
    }
    return root;
  } catch (error) {
    // The parser recurses once per level.
    if (error instanceof RangeError) return { message: 'the values are nested too deeply', at: start };
    if (!(error instanceof ParseError)) throw error;
    const { message, at } = tomlFault(source, error);
    return { message, at: start + at };
  }
}

interface OpenTable extends Table {
  readonly entries: Map<string, Open>;
}

interface OpenList extends List {
  readonly items: Open[];
}

type Open = Scalar | OpenTable | OpenList;

/** Returns the table at a path of names, and creates what is missing. A number is an index in an array of tables. */
function open(from: OpenTable, names: readonly (string | number)[], at: number): OpenTable | undefined {
  let table = from;
  for (const [index, name] of names.entries()) {
    if (typeof name === 'number') continue;
    const key = keyOf(name);
    const place = names[index + 1];
    let inner = table.entries.get(key);
    if (typeof place === 'number') {
      if (inner?.kind !== 'list') inner = { kind: 'list', items: [], at };
      table.entries.set(key, inner);
      inner = inner.items[place] ??= { kind: 'table', entries: new Map(), at };
    } else if (inner === undefined) {
      inner = { kind: 'table', entries: new Map(), at };
      table.entries.set(key, inner);
    }
    if (inner.kind !== 'table') return undefined;
    table = inner;
  }
  return table;
}

function scalar(node: AST.TOMLValue, at: number): Scalar {
  if (node.kind === 'string') return { kind: 'scalar', text: node.value, isText: true, at };
  const text =
    node.kind === 'integer' || node.kind === 'float'
      ? node.number
      : 'datetime' in node
        ? node.datetime
        : String(node.value);
  return { kind: 'scalar', text, isText: false, at };
}

/** Explains a syntax error in TOML and what to write instead; the parser only names what it met. */
function tomlFault(source: string, { message, index }: ParseError): Fault {
  // What is missing at the end of a line is reported on the next line.
  const at = /^\s*$/m.test(source.slice(index, index + 1)) ? source.slice(0, index).trimEnd().length : index;
  const line = lineAt(source, at, '=');
  const here = (message: string): Fault => ({ message, at });
  const opened = (mark: string): Fault => ({ message: unclosed(mark), at: openingMark(source, mark, at) });
  if (message === 'Unterminated string constant') return opened(/^'/.test(line.value) ? "'" : '"');
  if (message === 'Unterminated array') return opened('[');
  if (message === 'Unterminated inline table') return opened('{');
  if (message === 'Defining a key multiple times is invalid') return here(duplicateKey(line));
  if (message === 'Unspecified values are invalid')
    return here(`${quote(line.key)} has no value; write one, or delete the key`);
  if (message === 'Unexpected invalid date') return here(`there is no such date as ${quote(line.value)}; correct it`);
  if (message === 'Invalid character in escape sequence')
    return here(
      'between double quotation marks a backslash begins an escape of TOML, and this is not one; write \\\\ instead, or put the value in single quotation marks',
    );
  return here(line.key === '' ? noKey(line) : noValue(line, message));
}

function noKey({ text }: KeyLine): string {
  const [, key = 'title', value = '"Ferry back"'] = /^([\w-]+)\s*:\s*(.+)$/.exec(text) ?? [];
  const written = value.length > 60 ? '"…"' : value;
  return `${quote(text)} is not a key with a value; TOML puts "=" between the two, and text in quotation marks: ${key} = ${/^["'[{\d]/.test(written) ? written : `"${written}"`}`;
}

function noValue(line: KeyLine, message: string): string {
  if (/^(?:true|false)$/i.test(line.value)) return `write ${line.value.toLowerCase()} in lower case`;
  if (/^[[{]/.test(line.value)) return `${oneLine(message)}; in lists put text in quotation marks and commas between`;
  return `${quote(line.value)} is not a TOML value; if it is text, put it in quotation marks: ${withQuotationMarks(line, '=')}`;
}
