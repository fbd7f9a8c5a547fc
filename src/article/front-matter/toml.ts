import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { tomlFault } from './toml-faults.ts';
import { keyOf, type List, type Scalar, type Table } from './value.ts';
import type { Fault } from './yaml-faults.ts';

/** Parses TOML that begins at the offset `start` of the seed. Dates stay as text. */
export function readToml(source: string, start: number): Table | Fault {
  try {
    const root: OpenTable = { kind: 'table', entries: new Map(), at: start };
    for (const node of parseTOML(source).body[0].body) {
      if (node.type === 'TOMLTable') {
        const table = open(root, node.resolvedKey, start + node.range[0]);
        if (table !== undefined) addAll(table, node.body, start);
      } else addAll(root, [node], start);
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

function addAll(table: OpenTable, pairs: readonly AST.TOMLKeyValue[], start: number): void {
  for (const { key, value } of pairs) {
    const names = key.keys.map((name) => (name.type === 'TOMLBare' ? name.name : name.value));
    const last = names.pop();
    const inner = open(table, names, start + key.range[0]);
    if (last !== undefined) inner?.entries.set(keyOf(last), readNode(value, start));
  }
}

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

function readNode(node: AST.TOMLContentNode, start: number): Open {
  const at = start + node.range[0];
  if (node.type === 'TOMLArray')
    return { kind: 'list', items: node.elements.map((element) => readNode(element, start)), at };
  if (node.type === 'TOMLInlineTable') {
    const table: OpenTable = { kind: 'table', entries: new Map(), at };
    addAll(table, node.body, start);
    return table;
  }
  if (node.kind === 'string') return { kind: 'scalar', text: node.value, isText: true, at };
  const text =
    node.kind === 'integer' || node.kind === 'float'
      ? node.number
      : 'datetime' in node
        ? node.datetime
        : String(node.value);
  return { kind: 'scalar', text, isText: false, at };
}
