import type { FindFile, LocalFile } from '../../find-local-file.ts';
import { oneLine } from '../../plain-text.ts';
import { quote, type Report } from '../../problem.ts';
import { normalizeId } from '../../seed/seed-id.ts';
import { canonicalUrl } from '../../web-address.ts';
import { firstInside, type Value } from './value.ts';

/** Reads a value of one kind; returns `undefined` for any other value. */
export type Read<T> = (value: Value) => T | undefined;

/** Reads the first value under one of the names, and reports a value of the wrong kind. */
export type ReadKey = <T>(
  names: readonly string[],
  expects: string,
  read: Read<T>,
  severity?: 'error' | 'warning',
) => T | undefined;

/** Creates a {@link ReadKey} for a table; other values have no keys. */
export function keyReader(table: Value, report: Report): ReadKey {
  return (names, expects, read, severity = 'warning') => {
    const value = firstInside(table, names);
    if (value === undefined) return undefined;
    const result = read(value);
    if (result === undefined) reportWrong(report, names[0] ?? '', expects, value, severity);
    return result;
  };
}

/** Reports a value of the wrong kind. */
export function reportWrong(
  report: Report,
  name: string,
  expects: string,
  value: Value,
  severity: 'error' | 'warning' = 'warning',
  got = describe(value),
): void {
  const ignored = severity === 'warning' ? '; it is left out' : '';
  report(severity, 'wrong-value', value.at, `${name}: expected ${expects}, got ${got}${ignored}`);
}

/** Describes a value for a message. */
export function describe(value: Value): string {
  return value.kind === 'scalar' ? quote(value.text) : value.kind === 'list' ? 'a list' : 'a map';
}

/** Reads text as one line. A number or another scalar counts as the text it was written as. */
export function text(value: Value): string | undefined {
  const line = value.kind === 'scalar' ? oneLine(value.text) : '';
  return line === '' ? undefined : line;
}

/** Reads the text under one of the names inside a table. */
export function textInside(value: Value, names: readonly string[]): string | undefined {
  const found = firstInside(value, names);
  return found && text(found);
}

/** Reads an id, whether or not it is an IRI. */
export function idText(value: Value): string | undefined {
  const id = value.kind === 'scalar' ? normalizeId(value.text) : '';
  return id === '' ? undefined : id;
}

/** Reads a switch. YAML 1.1 has more words for true and false than YAML 1.2, and people also quote them. */
export function truth(value: Value): boolean | undefined {
  const word = text(value)?.toLowerCase() ?? '';
  return /^(?:true|yes|on|1)$/.test(word) ? true : /^(?:false|no|off|0)$/.test(word) ? false : undefined;
}

/** Reads a whole number from 0. */
export function count(value: Value): number | undefined {
  const digits = text(value) ?? '';
  return /^\d{1,12}$/.test(digits) ? Number(digits) : undefined;
}

/** Reads a web address. Two lines are two values. */
export function webAddress(value: Value): string | undefined {
  return value.kind === 'scalar' && !/[\n\r]/.test(value.text.trim()) ? canonicalUrl(text(value) ?? '') : undefined;
}

/** Reads a language tag (BCP 47) in its canonical spelling; an underscore, as in locale names, counts as a hyphen. */
export function languageTag(value: Value): string | undefined {
  const tag = text(value)?.replace(/\..*$/, '').replaceAll('_', '-') ?? '';
  // The grammar allows longer language names, but none exist, and "Chinese" is not a tag.
  if (!/^[a-z]{2,3}(?:-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** What the addresses of files are resolved against. */
export interface FileBase {
  /** Absolute URL of the article. */
  readonly permalink: string;
  readonly findFile?: FindFile | undefined;
}

/**
 * Resolves an address to a file that this site serves, or else to an absolute URL.
 *
 * A path from the root may belong to another part of the site. A relative path must be a file beside the article
 * or, as themes of Hugo write it, from the root.
 */
export function locate(value: Value, { permalink, findFile }: FileBase): { url: string; file?: LocalFile } | undefined {
  if (value.kind !== 'scalar') return undefined;
  const written = text(value);
  if (written === undefined) return undefined;
  const isAbsolute = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(written);
  // A file's name may contain spaces, but no address on the web and no line end.
  if (/\s/.test(written) && (isAbsolute || value.text.trim().includes('\n'))) return undefined;
  if (!isAbsolute) {
    const file = findFile?.(written) ?? (/^[./]/.test(written) ? undefined : findFile?.(`/${written}`));
    if (file !== undefined) return { url: file.url, file };
    if (findFile !== undefined && !written.startsWith('/')) return undefined;
  }
  const url = URL.canParse(written, permalink) ? canonicalUrl(new URL(written, permalink).href) : undefined;
  return url === undefined ? undefined : { url };
}
