/** The first place where a file is not text, and how to fix it. */
export interface BadText {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Decodes UTF-8 with or without a byte order mark, or UTF-16 with one. */
export function decodeText(bytes: Uint8Array): string | BadText {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const nul = text.indexOf('\0');
    if (nul === -1) return text;
    const message = `has a NUL character, as UTF-16 without a byte order mark and UTF-32 do; ${advice}`;
    return { ...endPosition(text.slice(0, nul)), message };
  } catch {
    if (encoding === 'utf-8') return { ...findInvalidByte(bytes), message: `these bytes are not UTF-8; ${advice}` };
    const message = `is not ${encoding.toUpperCase()} though its byte order mark says so; ${advice}`;
    return { line: 1, column: 1, message };
  }
}

const advice = 'save the file as UTF-8';

/** Finds the first invalid byte of UTF-8: decodes leniently, encodes the result and compares the bytes. */
export function findInvalidByte(bytes: Uint8Array): Omit<BadText, 'message'> {
  const lenient = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const invalid = bytes.findIndex((byte, i) => byte !== lenient[i]);
  const valid = bytes.subarray(0, invalid === -1 ? bytes.length : invalid);
  // `stream` omits a character that is cut off.
  return endPosition(new TextDecoder().decode(valid, { stream: true }));
}

/** Returns the position right after a text that starts at line 1, column 1. */
export function endPosition(text: string): Omit<BadText, 'message'> {
  const lines = text.split(/\r\n?|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
