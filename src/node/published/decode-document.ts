import { isUtf8 } from 'node:buffer';
import { type BadText, endPosition, findInvalidByte } from '../disk/decode-text.ts';

/** A document as text. */
export interface DecodedDocument {
  readonly text: string;
  /** Set when the bytes do not fit the stated encoding: where, and how they were read instead. */
  readonly warning?: BadText;
}

/**
 * Decodes a document by its byte order mark, the charset from HTTP, its XML declaration (RFC 7303 §3), or as UTF-8, in
 * this order. Bytes that do not fit are decoded as well as possible, with a warning. Throws if the encoding is unknown.
 */
export function decodeDocument(bytes: Uint8Array, charset: string | undefined): DecodedDocument {
  const { encoding, label } = encodingOf(bytes, charset);
  if (!encoding.startsWith('utf-') && isUtf8(bytes)) {
    const text = new TextDecoder().decode(bytes);
    const letters = text.match(/\P{ASCII}/gu)?.length ?? 0;
    if (letters > accidentalLetters(encoding) || (letters > 0 && !fits(bytes, encoding))) {
      const place = endPosition(text.replace(/\P{ASCII}[\s\S]*/u, ''));
      return { text, warning: { ...place, message: validUtf8(label) } };
    }
  }
  if (encoding === 'windows-1252') return { text: decodeWindows1252(bytes) };
  const text = new TextDecoder(encoding).decode(bytes);
  const bad = text.indexOf('\uFFFD');
  if (bad === -1 || fits(bytes, encoding)) return { text };
  if (encoding === 'utf-8' && isWindows1252(bytes, text))
    return {
      text: decodeWindows1252(bytes),
      warning: { ...findInvalidByte(bytes), message: readAsWindows1252 },
    };
  const place = encoding === 'utf-8' ? findInvalidByte(bytes) : endPosition(text.slice(0, bad));
  return { text, warning: { ...place, message: replaced(encoding) } };
}

const remedy = 'save it as UTF-8, state UTF-8 in its XML declaration, and give that file instead';
const validUtf8 = (label: string): string =>
  `the stated encoding is ${label}, but the bytes are valid UTF-8 and are read as UTF-8; if letters come out wrong, ${remedy}`;
const readAsWindows1252 = `these bytes are not UTF-8, so the whole document is read as Windows-1252; if letters come out wrong, ${remedy}`;
const replaced = (encoding: string): string =>
  `these bytes are not ${encoding.toUpperCase()}, the expected encoding, so U+FFFD replaces them; ${remedy}`;

/**
 * How many letters of a text in an encoding may be valid UTF-8 by accident. For Latin, Cyrillic and Greek, none: no
 * word has such a sequence of a letter and a sign. It happens to one in seven pairs of Chinese bytes, and now and then
 * to three of Thai.
 */
function accidentalLetters(encoding: string): number {
  return /^(?:gb|big5|euc-|shift_jis|windows-874)/.test(encoding) ? 8 : 0;
}

/** Returns the encoding and the name that the document gives it. */
function encodingOf(
  bytes: Uint8Array,
  charset: string | undefined,
): { readonly encoding: string; readonly label: string } {
  const detected = detectedEncoding(bytes);
  if (detected !== undefined) return { encoding: detected, label: detected };
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  const label = charset ?? declared ?? 'utf-8';
  try {
    const { encoding } = new TextDecoder(label);
    // The first bytes would have revealed UTF-16.
    return { encoding: encoding.startsWith('utf-16') ? 'utf-8' : encoding, label };
  } catch {
    throw new Error(`its encoding, ${label}, is unknown`);
  }
}

/** Detects an encoding by a byte order mark, or by NUL in every other byte (XML 1.0, appendix F). */
function detectedEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first && second === 0 && third && fourth === 0) return 'utf-16le';
  return first === 0 && second && third === 0 && fourth ? 'utf-16be' : undefined;
}

/** Decodes 0x80 to 0x9F as the WHATWG Encoding Standard does; Node.js 22.13 decodes them as control characters. */
function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (sign) => windows1252Signs[sign.charCodeAt(0) - 0x80] ?? sign);
}

const undefinedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const windows1252Signs = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Reports whether all bytes fit an encoding. The document itself may contain U+FFFD. */
function fits(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reports whether bytes that are not UTF-8 are likely Windows-1252: no byte is undefined there, and more letters are
 * broken in UTF-8 than are valid by accident.
 */
function isWindows1252(bytes: Uint8Array, asUtf8: string): boolean {
  if (bytes.some((byte) => undefinedBytes.has(byte))) return false;
  const bad = asUtf8.match(/\uFFFD/g)?.length ?? 0;
  return bad > (asUtf8.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0);
}
