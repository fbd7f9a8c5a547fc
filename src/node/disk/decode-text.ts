/** Where a file stops being text, and what to do about it. */
export interface BadText {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Decodes a file that says what it is: UTF-8 with or without byte order mark, or UTF-16 with one. */
export function decodeText(bytes: Uint8Array): string | BadText {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const nul = text.indexOf('\0');
    return nul === -1 ? text : withNul(text.slice(0, nul));
  } catch {
    return encoding === 'utf-8'
      ? { ...faultIn(bytes), message: `these bytes are not UTF-8; ${advice}` }
      : {
          line: 1,
          column: 1,
          message: `is not ${encoding.toUpperCase()} though its byte order mark says so; ${advice}`,
        };
  }
}

/** Text of two or four bytes a character that doesn't say so is UTF-8 full of NUL, which no text has. */
function withNul(before: string): BadText {
  const message = `has a NUL character, as UTF-16 without a byte order mark and UTF-32 do; ${advice}`;
  return { ...placeAfter(before), message };
}

const advice = 'save the file as UTF-8';

/**
 * Where bytes are first no UTF-8: decodes leniently and looks where the bytes of that, U+FFFD for what is no text, first
 * differ.
 */
export function faultIn(bytes: Uint8Array): Omit<BadText, 'message'> {
  const shown = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const fault = bytes.findIndex((byte, i) => byte !== shown[i]);
  // A character that the fault cuts off is held back.
  return placeAfter(
    new TextDecoder().decode(bytes.subarray(0, fault === -1 ? bytes.length : fault), { stream: true }),
  );
}

/** The place at which a text goes on that begins with `before`. */
export function placeAfter(before: string): Omit<BadText, 'message'> {
  const lines = before.split(/\r\n?|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
