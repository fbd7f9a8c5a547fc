import {
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { yamlFault } from '../../article/front-matter/yaml-faults.ts';
import { nearest } from '../../article/nearest.ts';
import { type Problem, type ProblemCode, quote } from '../../article/problem.ts';
import { normalizeLines } from '../../article/seed/lines.ts';

/** A key of a YAML file: what it takes, in words, and either how that is read or the keys of the map that it takes. */
export interface Key {
  readonly expects: string;
  readonly read?: Read<unknown>;
  readonly keys?: Keys;
}
/** Reads a value; `undefined` for one that the key can't take, of which `wrong` may say more than that. */
export type Read<T> = (node: ParsedNode, wrong: Wrong) => T | undefined;
/** Says what is wrong with a part of a value, at that part. */
export type Wrong = (part: ParsedNode, message: string, code?: ProblemCode) => undefined;
export type Keys = { readonly [name: string]: Key };
/** What the keys of a table were found to say. */
export type Values<T extends Keys> = {
  [K in keyof T]?: T[K] extends { readonly read: (node: ParsedNode, wrong: Wrong) => infer V }
    ? NonNullable<V>
    : T[K] extends { readonly keys: infer Inner extends Keys }
      ? Values<Inner>
      : never;
};

type Place = Pick<Problem, 'line' | 'column'>;

export interface WrittenKeys<T extends Keys> {
  readonly values: Values<T>;
  /** Where each key of the first level stands. */
  readonly places: Readonly<Record<string, Place>>;
}

/** Reads a file of keys by a table of them; each unknown key and wrong value is a problem at its own line and column. */
export function readKeys<T extends Keys>(
  file: { readonly path: string; readonly text: string },
  table: T,
  problems: Problem[],
): WrittenKeys<T> {
  const lineCounter = new LineCounter();
  const source = normalizeLines(file.text);
  const document = parseDocument(source, { lineCounter, prettyErrors: false });
  const placeOf = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: line || 1, column: col || 1 };
  };
  const report: ReportKey = (code, offset, message) => {
    problems.push({ file: file.path, ...placeOf(offset), severity: 'error', code, message });
  };
  const { errors, warnings } = document;
  const isTwice = ({ code }: YAMLError): boolean => code === 'DUPLICATE_KEY';
  // Any other fault leads the library to find more that are none.
  const faults = [...errors.filter(isTwice), ...errors.filter((error) => !isTwice(error)).slice(0, 1)];
  for (const fault of [...faults, ...warnings]) {
    const { message, at } = yamlFault(source, fault);
    report('bad-yaml', at, message);
  }
  const { contents } = document;
  if (problems.length > 0 || isBlank(contents)) return { values: {}, places: {} };
  // An alias stands for text. One of a map or list could hold itself.
  visit(document, {
    Alias: (_, alias) => {
      const meant = alias.resolve(document);
      return isScalar(meant) ? meant : undefined;
    },
  });
  if (!isMap(contents)) {
    report('bad-yaml', contents.range[0], 'expected keys with values, such as "title: The Daily"');
    return { values: {}, places: {} };
  }
  const places = contents.items.map(({ key }) => [
    String(isScalar(key) ? key.value : ''),
    placeOf(key.range[0]),
  ]);
  return { values: readMap(contents, table, '', report), places: Object.fromEntries(places) };
}

type ReportKey = (code: ProblemCode, offset: number, message: string) => void;

/** Reads a map by a table of its keys; `path` is what stands before their names in messages: `podcast.`. */
function readMap<T extends Keys>(
  map: YAMLMap<ParsedNode, ParsedNode | null>,
  table: T,
  path: string,
  report: ReportKey,
): Values<T> {
  const values: Record<string, unknown> = {};
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const known: Key | undefined = Object.hasOwn(table, name) ? table[name] : undefined;
    if (known === undefined) {
      const keys = Object.keys(table).map((key) => path + key);
      report('unknown-key', key.range[0], unknownKey(path + name, keys));
      continue;
    }
    // A key without a value is one that the publisher has not filled in yet.
    if (isBlank(value)) continue;
    let isSaid = false;
    const wrong: Wrong = (part, message, code = 'wrong-value') => {
      isSaid = true;
      report(code, part.range[0], `${path}${name}: ${message}`);
    };
    const result =
      known.keys !== undefined && isMap(value)
        ? readMap(value, known.keys, `${path}${name}.`, report)
        : known.read?.(value, wrong);
    if (result !== undefined) values[name] = result;
    else if (!isSaid)
      wrong(value, `expected ${known.expects}, got ${describe(value)}${withoutMarks(value, known)}`);
  }
  return values as Values<T>;
}

function isBlank(node: ParsedNode | null): node is null {
  return node === null || (isScalar(node) && node.value === null);
}

/** Says that a key means nothing, and which was meant. */
export function unknownKey(name: string, keys: readonly string[]): string {
  const meant = nearest(name, keys);
  return `unknown key ${quote(name)}; ${meant === undefined ? `the keys are ${keys.join(', ')}` : `did you mean ${quote(meant)}?`}`;
}

/** What to do with a number or `true` between quotation marks, where it is one that the key takes. */
function withoutMarks(node: ParsedNode, { read }: Key): string {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.type?.startsWith('QUOTE')) return '';
  const { contents } = parseDocument(node.value);
  const isMeant = isScalar(contents) && read?.(contents, () => undefined) !== undefined;
  return isMeant ? '; take the quotation marks away' : '';
}

/** What stands in a file, in words. */
export function describe(node: ParsedNode): string {
  if (isScalar(node)) return quote(String(node.source ?? node.value));
  if (isAlias(node)) return 'an alias';
  return isMap(node) ? 'a map' : 'a list';
}
