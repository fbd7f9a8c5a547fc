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
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return encoding === 'utf-8'
      ? firstFault(bytes)
      : {
          line: 1,
          column: 1,
          message: `is not ${encoding.toUpperCase()} though its byte order mark says so; ${advice}`,
        };
  }
}

const advice = 'save the file as UTF-8';

/** Looks line by line, which is safe because no character of several bytes contains a line feed. */
function firstFault(bytes: Uint8Array): BadText {
  const lenient = new TextDecoder('utf-8');
  const strict = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, start = 0; start <= bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found;
    const part = bytes.subarray(start, end);
    try {
      strict.decode(part);
    } catch {
      const column = lenient.decode(part).indexOf('\uFFFD') + 1;
      return { line, column, message: `these bytes are not UTF-8; ${advice}` };
    }
    start = end + 1;
  }
  return { line: 1, column: 1, message: `these bytes are not UTF-8; ${advice}` };
}
