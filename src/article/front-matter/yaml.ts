import { isAlias, isCollection, isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import { keyOf, type Table, type Value } from './value.ts';

/** What is wrong with front matter as a whole, and where. */
export interface Fault {
  readonly message: string;
  readonly at: number;
}

/** Reads YAML that begins at the offset `start` of a seed's text; a date stays the text that it is. */
export function readYaml(source: string, start: number): Table | Fault {
  // The library of most frameworks takes a key twice, and there the last one counts.
  const document = parseDocument(source, { prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) return { message: error.message, at: start + error.pos[0] };
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null))
    return { kind: 'table', entries: new Map(), at: start };
  if (!isMap(contents)) return { message: 'expected keys with values', at: start + contents.range[0] };
  return tableOf(contents, { start, anchors: new Map() });
}

interface Reading {
  readonly start: number;
  /** What aliases stand for: a list or table is none of it, for it could hold itself, or as many as would fill a disk. */
  readonly anchors: Map<string, Value>;
}

function tableOf(node: ParsedNode & { items: unknown[] }, reading: Reading): Table {
  const entries = new Map<string, Value>();
  for (const { key, value } of node.items as { key: ParsedNode; value: ParsedNode | null }[]) {
    const read = readNode(value, reading);
    if (isScalar(key) && read !== undefined) entries.set(keyOf(String(key.value)), read);
  }
  return { kind: 'table', entries, at: reading.start + node.range[0] };
}

function readNode(node: ParsedNode | null, reading: Reading): Value | undefined {
  if (node === null) return undefined;
  if (isAlias(node)) return reading.anchors.get(node.source);
  const at = reading.start + node.range[0];
  if (isMap(node)) return tableOf(node, reading);
  if (isSeq(node)) {
    const items = (node.items as (ParsedNode | null)[]).flatMap((item) => readNode(item, reading) ?? []);
    return { kind: 'list', items, at };
  }
  if (isCollection(node) || node.value === null) return undefined;
  const isText = typeof node.value === 'string';
  const text = isText ? String(node.value) : (node.source ?? String(node.value));
  const value: Value = { kind: 'scalar', text, isText, at };
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, value);
  return value;
}
