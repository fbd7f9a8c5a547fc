import { isScalar, type ParsedNode } from 'yaml';
import { canonicalUrl, isMailAddress } from '../../article/web-address.ts';
import { type Read, text } from './key-file.ts';

/** Reads a language tag (BCP 47). */
export function language(node: ParsedNode): string | undefined {
  try {
    return Intl.getCanonicalLocales(text(node) ?? '-')[0];
  } catch {
    return undefined;
  }
}

/** Reads `true` or `false`. */
export function truth(node: ParsedNode): boolean | undefined {
  return isScalar(node) && typeof node.value === 'boolean' ? node.value : undefined;
}

/** Makes a function that reads a whole number. */
export function whole(least: number, most: number): Read<number> {
  return (node) => {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  };
}

/** Reads an absolute address. */
export function address(node: ParsedNode): string | undefined {
  return canonicalUrl(text(node) ?? '');
}

/** Reads an address, or a path on this site, as written. */
export function resource(node: ParsedNode): string | undefined {
  const written = text(node);
  const base = 'https://site.example/';
  if (written === undefined || !URL.canParse(written, base)) return undefined;
  return /^https?:$/.test(new URL(written, base).protocol) ? written : undefined;
}

/** Reads a mail address. */
export function mailAddress(node: ParsedNode): string | undefined {
  const written = text(node);
  return written !== undefined && isMailAddress(written) ? written : undefined;
}
