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
import { yamlFault } from '../../article/front-matter/syntax/yaml-faults.ts';
import { nearest } from '../../article/nearest.ts';
import { oneLine } from '../../article/plain-text.ts';
import { type Problem, type ProblemCode, quote } from '../../article/problem.ts';
import { normalizeLines } from '../../article/seed/lines.ts';

/**
 * A key of a YAML file: the expected value in words, and the function that reads it or, for a map, the keys inside. A
 * map with names that the publisher chooses has the keys of each in `each`.
 */
export interface Key {
  readonly expects: string;
  readonly read?: Read<unknown>;
  readonly keys?: Keys;
  readonly each?: Keys;
}
/** Reads a value; `undefined` if it is wrong, after a call of `wrong` if there is more to say than what is expected. */
export type Read<T> = (node: ParsedNode, wrong: Wrong) => T | undefined;
/** Reports what is wrong with a part of a value, at the place of that part. */
export type Wrong = (part: ParsedNode, message: string, code?: ProblemCode) => undefined;
export type Keys = { readonly [name: string]: Key };
/** The values of the keys of a table. */
export type Values<T extends Keys> = {
  [K in keyof T]?: T[K] extends { readonly read: (node: ParsedNode, wrong: Wrong) => infer V }
    ? NonNullable<V>
    : T[K] extends { readonly keys: infer Inner extends Keys }
      ? Values<Inner>
      : T[K] extends { readonly each: infer Each extends Keys }
        ? Readonly<Record<string, Values<Each>>>
        : never;
};

type Place = Pick<Problem, 'line' | 'column'>;

export interface WrittenKeys<T extends Keys> {
  readonly values: Values<T>;
  /** The place of each key; of one in a map, by both names: `podcast.image`. */
  readonly places: Readonly<Record<string, Place>>;
}

/** Reads a YAML file by a table of its keys. Each unknown key and wrong value becomes a problem with its place. */
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
  const isDuplicate = ({ code }: YAMLError): boolean => code === 'DUPLICATE_KEY';
  // Any other error makes the library report further ones that are not real.
  const faults = [...errors.filter(isDuplicate), ...errors.filter((error) => !isDuplicate(error)).slice(0, 1)];
  for (const fault of [...faults, ...warnings]) {
    const { message, at } = yamlFault(source, fault);
    report('bad-yaml', at, message);
  }
  const { contents } = document;
  if (problems.length > 0 || isBlank(contents)) return { values: {}, places: {} };
  // An alias may stand for text only: an alias for a map or a list could contain itself.
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
  return { values: readMap(contents, table, '', report), places: Object.fromEntries(placesIn(contents, '', placeOf)) };
}

function placesIn(
  map: YAMLMap<ParsedNode, ParsedNode | null>,
  path: string,
  placeOf: (offset: number) => Place,
): [name: string, place: Place][] {
  return map.items.flatMap(({ key, value }) => {
    const name = path + String(isScalar(key) ? key.value : '');
    return [[name, placeOf(key.range[0])], ...(isMap(value) ? placesIn(value, `${name}.`, placeOf) : [])];
  });
}

type ReportKey = (code: ProblemCode, offset: number, message: string) => void;

/** Reads a map by a table of its keys; `path` is the prefix of their names in messages: `podcast.`. */
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
    // The publisher has not filled in this key yet.
    if (isBlank(value)) continue;
    let isReported = false;
    const wrong: Wrong = (part, message, code = 'wrong-value') => {
      isReported = true;
      report(code, part.range[0], `${path}${name}: ${message}`);
    };
    const inside = `${path}${name}.`;
    const result =
      known.keys !== undefined && isMap(value)
        ? readMap(value, known.keys, inside, report)
        : known.each !== undefined && isMap(value)
          ? readEach(value, known.each, inside, report)
          : known.read?.(value, wrong);
    if (result !== undefined) values[name] = result;
    else if (!isReported)
      wrong(value, `expected ${known.expects}, got ${describe(value)}${quotesAdvice(value, known)}`);
  }
  return values as Values<T>;
}

/** Reads a map of maps, each by the same table. */
function readEach(
  map: YAMLMap<ParsedNode, ParsedNode | null>,
  table: Keys,
  path: string,
  report: ReportKey,
): Readonly<Record<string, unknown>> {
  const all = map.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    if (isMap(value)) return [[name, readMap(value, table, `${path}${name}.`, report)]];
    const got = value === null || isBlank(value) ? 'nothing' : describe(value);
    report(
      'wrong-value',
      (value ?? key).range[0],
      `${path}${name}: expected a map of ${Object.keys(table).join(', ')}, got ${got}`,
    );
    return [];
  });
  return Object.fromEntries(all);
}

function isBlank(node: ParsedNode | null): node is null {
  return node === null || (isScalar(node) && node.value === null);
}

/** Writes the message for an unknown key, with the key that was probably meant. */
export function unknownKey(name: string, keys: readonly string[]): string {
  const meant = nearest(name, keys);
  return `unknown key ${quote(name)}; ${meant === undefined ? `the keys are ${keys.join(', ')}` : `did you mean ${quote(meant)}?`}`;
}

/** Returns advice on a quoted number or boolean that would be right without the quotation marks, else nothing. */
function quotesAdvice(node: ParsedNode, { read }: Key): string {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.type?.startsWith('QUOTE')) return '';
  const { contents } = parseDocument(node.value);
  const isMeant = isScalar(contents) && read?.(contents, () => undefined) !== undefined;
  return isMeant ? '; remove the quotation marks' : '';
}

/** Describes a value for a message. */
export function describe(node: ParsedNode): string {
  if (isScalar(node)) return quote(String(node.source ?? node.value));
  if (isAlias(node)) return 'an alias';
  return isMap(node) ? 'a map' : 'a list';
}

/** Reads a value as one line of text; `undefined` if it is not a scalar, or empty. */
export function text(node: ParsedNode): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  const line = oneLine(typeof node.value === 'string' ? node.value : String(node.source));
  return line === '' ? undefined : line;
}
