import { isUtf8 } from 'node:buffer';
import { type BadText, endPosition, findInvalidByte } from '../disk/decode-text.ts';

/** A document as text. */
export interface DecodedDocument {
  readonly text: string;
  /** Where it is not what it says, and what was made of it. */
  readonly doubt?: BadText;
}

/**
 * Decodes by the byte order mark, else by what HTTP says, else by the XML declaration (RFC 7303 §3), else as UTF-8. What does
 * not fit is read as well as can be, and said. Throws where the encoding is unknown.
 */
export function decodeDocument(bytes: Uint8Array, charset: string | undefined): DecodedDocument {
  const { encoding, label } = encodingOf(bytes, charset);
  if (!encoding.startsWith('utf-') && isUtf8(bytes)) {
    const text = new TextDecoder().decode(bytes);
    const letters = text.match(/\P{ASCII}/gu)?.length ?? 0;
    if (letters > chance(encoding) || (letters > 0 && !fits(bytes, encoding)))
      return {
        text,
        doubt: { ...endPosition(text.replace(/\P{ASCII}[\s\S]*/u, '')), message: looksUtf8(label) },
      };
  }
  if (encoding === 'windows-1252') return { text: decodeWindows1252(bytes) };
  const text = new TextDecoder(encoding).decode(bytes);
  const bad = text.indexOf('\uFFFD');
  if (bad === -1 || fits(bytes, encoding)) return { text };
  if (encoding !== 'utf-8')
    return { text, doubt: { ...endPosition(text.slice(0, bad)), message: lost(encoding) } };
  const place = findInvalidByte(bytes);
  return isWindows1252(bytes, text)
    ? { text: decodeWindows1252(bytes), doubt: { ...place, message: guessed } }
    : { text, doubt: { ...place, message: lost(encoding) } };
}

const remedy = 'save it as UTF-8, with that in its XML declaration, and read the file';
const looksUtf8 = (label: string): string =>
  `it says that it is ${label}, and its letters are sound UTF-8, as which it is read; if they come out wrong, ${remedy}`;
const guessed = `these bytes are not UTF-8, which it says it is; all of it is read as Windows-1252; if letters come out wrong, ${remedy}`;
const lost = (encoding: string): string =>
  `these bytes are not ${encoding.toUpperCase()}, which it says it is; U+FFFD stands for what they were; ${remedy}`;

/**
 * How many letters of a text in an encoding may be sound UTF-8 by accident. Of Latin, Cyrillic or Greek letters none are, for no
 * word has such a row of a letter and a sign; two bytes of Chinese are in one of seven cases, and three of Thai now and then.
 */
function chance(encoding: string): number {
  return /^(?:gb|big5|euc-|shift_jis|windows-874)/.test(encoding) ? 8 : 0;
}

/** The encoding, and the name by which it was called. */
function encodingOf(
  bytes: Uint8Array,
  charset: string | undefined,
): { readonly encoding: string; readonly label: string } {
  const shown = shownEncoding(bytes);
  if (shown !== undefined) return { encoding: shown, label: shown };
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  const label = charset ?? declared ?? 'utf-8';
  try {
    const { encoding } = new TextDecoder(label);
    // Of UTF-16 the first bytes would have shown it.
    return { encoding: encoding.startsWith('utf-16') ? 'utf-8' : encoding, label };
  } catch {
    throw new Error(`its encoding, ${label}, is unknown`);
  }
}

/** The encoding that the first bytes show: a mark, or that NUL is each other one (XML 1.0, appendix F). */
function shownEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first && second === 0 && third && fourth === 0) return 'utf-16le';
  return first === 0 && second && third === 0 && fourth ? 'utf-16be' : undefined;
}

/** Of the signs from 0x80 to 0x9F Node.js 20 makes control characters; these are those of the WHATWG Encoding Standard. */
function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (sign) => signs[sign.charCodeAt(0) - 0x80] ?? sign);
}

const meaningless = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const signs = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** U+FFFD may have been written as well. */
function fits(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Tells whether what is no UTF-8 is all Windows-1252: without the bytes that mean nothing there, and with more letters
 * that are none in UTF-8 than such as come out by chance.
 */
function isWindows1252(bytes: Uint8Array, shown: string): boolean {
  if (bytes.some((byte) => meaningless.has(byte))) return false;
  const bad = shown.match(/\uFFFD/g)?.length ?? 0;
  return bad > (shown.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0);
}
