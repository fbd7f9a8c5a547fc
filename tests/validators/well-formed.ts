import { SaxesParser } from 'saxes';

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/**
 * Throws `X1 line:column: …` unless the document is well-formed, namespaces included (X1, X2), in UTF-8 with our
 * declaration at its first byte (X3) and without a DOCTYPE (X4).
 */
export function assertWellFormed(xml: string | Uint8Array): void {
  const text = typeof xml === 'string' ? xml : decode(xml);
  if (text.startsWith('\uFEFF')) throw new Error('X3 1:1: a byte order mark');
  if (!text.startsWith(DECLARATION)) throw new Error(`X3 1:1: does not begin with ${DECLARATION}`);
  // saxes reads half a surrogate pair and what follows as one character.
  const half = text.search(/\p{Surrogate}/u);
  if (half >= 0) throw new Error(`X2 ${position(text, half)}: half a surrogate pair`);

  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => {
    throw new Error(`X4 ${parser.line}:${parser.column}: a DOCTYPE`);
  });
  parser.on('error', (error) => {
    throw new Error(`X1 ${error.message}`);
  });
  parser.write(text).close();
}

function position(text: string, index: number): string {
  const before = text.slice(0, index).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('X3 1:1: not UTF-8');
  }
}
