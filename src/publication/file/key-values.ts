import { isScalar, type ParsedNode } from 'yaml';
import { oneLine } from '../../article/plain-text.ts';

/** A value as one line of text; `undefined` where it is none or empty. */
export function text(node: ParsedNode): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  const line = oneLine(typeof node.value === 'string' ? node.value : String(node.source));
  return line === '' ? undefined : line;
}

/** An address, or a path on this site, as written. */
export function resource(node: ParsedNode): string | undefined {
  const written = text(node);
  const base = 'https://site.example/';
  if (written === undefined || !URL.canParse(written, base)) return undefined;
  return /^https?:$/.test(new URL(written, base).protocol) ? written : undefined;
}

export function mailAddress(node: ParsedNode): string | undefined {
  const written = text(node);
  return written !== undefined && /^[^\s@<>()]+@[^\s@<>()]+$/.test(written) ? written : undefined;
}
