import { type Alias, isAlias, isCollection, isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';
import { itemsOf, keyOf, type Table, type Value } from './value.ts';
import { type Fault, notText, yamlFault } from './yaml-faults.ts';

/** Called with the offsets of a key that is set twice in one map: the one that is used and the one that is not. */
export type OnDuplicate = (name: string, used: number, ignored: number) => void;

/** Parses YAML that begins at the offset `start` of the seed. Dates stay as text. */
export function readYaml(source: string, start: number, onDuplicate: OnDuplicate): Table | Fault {
  return readPlainYaml(source, start) ?? readAnyYaml(source, start, onDuplicate);
}

/** Parses any YAML with the library, and explains syntax errors. */
export function readAnyYaml(source: string, start: number, onDuplicate: OnDuplicate = () => {}): Table | Fault {
  // The YAML library of many frameworks accepts duplicate keys and uses the last one.
  const parse = (yaml: string) => parseDocument(yaml, { prettyErrors: false, uniqueKeys: false });
  let document = parse(source);
  const [error] = document.errors;
  if (error?.code === 'MISSING_CHAR' || error?.code === 'BAD_INDENT') {
    const joined = parse(joinFlowLines(joinQuotedLines(source)));
    if (joined.errors.length === 0) document = joined;
  }
  if (error !== undefined && document.errors.length > 0) {
    const { message, at } = yamlFault(source, error);
    return { message, at: start + at };
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null))
    return { kind: 'table', entries: new Map(), at: start };
  if (!isMap(contents))
    return {
      message: 'expected keys with values, such as title: "Ferry back"',
      at: start + contents.range[0],
    };
  const reading: Reading = { start, onDuplicate, anchors: new Map(), repeated: { nodes: 0 }, strays: [] };
  const table = tableOf(contents, reading);
  const stray = strayAlias(reading.strays, source);
  if (stray !== undefined) {
    const { message, at } = notText(source, stray.range[0]);
    return { message, at: start + at };
  }
  return reading.repeated.nodes > mostRepeated
    ? { message: 'aliases repeat more than front matter needs', at: start }
    : table;
}

/**
 * Joins the lines of quoted texts without moving anything. The parsers of Hugo, Jekyll, Python and `gray-matter` also
 * accept lines that are not indented (YAML 1.2 §7.3 requires it); line folding turns each line end into a space.
 */
function joinQuotedLines(source: string): string {
  return source.replace(quotedLines, (_, key: string, text: string) => key + text.replaceAll('\n', ' '));
}

const quotedLines =
  /^([ \t]*(?:- +)*(?:(?:[^\s:#"'][^\n:]*|"[^"\n]*"|'[^'\n]*'):[ \t]+)?)("(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')(?=[ \t]*(?:#[^\n]*)?$)/gm;

/**
 * Joins the lines of lists and maps in brackets without moving anything. The same parsers accept lines that begin with
 * a tab or are not indented (YAML 1.2 §7.4 requires spaces); a comment ends with its line, so it becomes spaces, too.
 */
function joinFlowLines(source: string): string {
  let joined = '';
  let from = 0;
  for (const { 0: opening, index } of source.matchAll(flowOpening)) {
    const start = index + opening.length;
    if (index < from) continue;
    let depth = 1;
    for (flowToken.lastIndex = start; depth > 0; ) {
      const sign = flowToken.exec(source)?.[0];
      if (sign === undefined) return joined + source.slice(from);
      if (/[[{]/.test(sign) && sign.length === 1) depth++;
      else if (/[\]}]/.test(sign) && sign.length === 1) depth--;
    }
    const end = flowToken.lastIndex;
    const inner = source.slice(start, end);
    joined +=
      source.slice(from, start) +
      inner.replace(flowToken, (token) => (/^[\s#]/.test(token) ? ' '.repeat(token.length) : token));
    from = end;
  }
  return joined + source.slice(from);
}

const flowOpening = /^[ \t]*(?:- +)*(?:[^\s:#"'[{][^\n:]*:\s+)?[[{]/gm;
const flowToken = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|[[\]{},]|#[^\n]*|\s+|[^\s,[\]{}]+/gy;

/** Most values that aliases may repeat in total: lists of aliases of lists would grow exponentially. */
const mostRepeated = 1000;

interface Reading {
  readonly start: number;
  readonly onDuplicate: OnDuplicate;
  /** What aliases refer to. A list or table gets its name only when it is complete, so it cannot contain itself. */
  readonly anchors: Map<string, Value>;
  readonly repeated: { nodes: number };
  /** Aliases without an earlier anchor. */
  readonly strays: Alias.Parsed[];
}

/** Finds an alias without an anchor, mostly emphasized text. The library itself checks this too late. */
function strayAlias(strays: readonly Alias.Parsed[], source: string): Alias.Parsed | undefined {
  if (strays.length === 0) return undefined;
  // An anchor that contains itself or comes later is still an anchor.
  const names = new Set([...source.matchAll(/&([^\s,[\]{}]+)/g)].map(([, name]) => name));
  return strays.find((alias) => !names.has(alias.source));
}

function tableOf(node: ParsedNode & { items: unknown[] }, reading: Reading): Table {
  const entries = new Map<string, Value>();
  const merged: Value[] = [];
  /** For each key, the offset of the occurrence that is used. */
  const places = new Map<string, number>();
  for (const { key, value } of node.items as { key: ParsedNode; value: ParsedNode | null }[]) {
    const read = readNode(value, reading);
    if (!isScalar(key)) continue;
    // The merge key of YAML 1.1: keys of the map itself win over merged keys.
    if (key.value === '<<') {
      if (read !== undefined) for (const table of itemsOf(read)) merged.push(table);
      continue;
    }
    const name = keyOf(String(key.value));
    const at = reading.start + key.range[0];
    const other = places.get(name);
    const used = read !== undefined || other === undefined ? at : other;
    if (other !== undefined) reading.onDuplicate(String(key.value), used, used === at ? other : at);
    places.set(name, used);
    if (read !== undefined) entries.set(name, read);
  }
  for (const table of merged) {
    if (table.kind !== 'table') continue;
    for (const [name, value] of table.entries) if (!entries.has(name)) entries.set(name, value);
  }
  return { kind: 'table', entries, at: reading.start + node.range[0] };
}

function readNode(node: ParsedNode | null, reading: Reading): Value | undefined {
  if (node === null) return undefined;
  if (isAlias(node)) {
    if (reading.repeated.nodes > mostRepeated) return undefined;
    const target = reading.anchors.get(node.source);
    if (target === undefined) reading.strays.push(node);
    else reading.repeated.nodes += sizeOf(target);
    return reading.repeated.nodes > mostRepeated ? undefined : target;
  }
  const at = reading.start + node.range[0];
  if (isMap(node)) return named(node.anchor, tableOf(node, reading), reading);
  if (isSeq(node)) {
    const items = (node.items as (ParsedNode | null)[]).flatMap((item) => readNode(item, reading) ?? []);
    return named(node.anchor, { kind: 'list', items, at }, reading);
  }
  if (isCollection(node) || node.value === null) return undefined;
  const isText = typeof node.value === 'string';
  const text = isText ? String(node.value) : (node.source ?? String(node.value));
  const value: Value = { kind: 'scalar', text, isText, at };
  return named(node.anchor, value, reading);
}

function named(anchor: string | undefined, value: Value, { anchors }: Reading): Value {
  if (anchor !== undefined) anchors.set(anchor, value);
  return value;
}

/** Counts a value and all values inside it. */
function sizeOf(value: Value): number {
  if (value.kind === 'scalar') return 1;
  const inner = value.kind === 'list' ? value.items : [...value.entries.values()];
  return 1 + inner.reduce((sum, one) => sum + sizeOf(one), 0);
}
