/** Bytes of a file, counted from 0, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header (RFC 9110 §14.2) for a file of `length` bytes: the range, `'none'` where the file has nothing of
 * it, or `undefined` where the whole file is the answer: without the header, in another unit, or for several ranges.
 */
export function readRange(header: string | null, length: number): ByteRange | 'none' | undefined {
  const [, first = '', last = ''] =
    /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? 'none' : { start: length - count, end: length - 1 };
  }
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  // §14.1.1: a range that ends before it begins is invalid, and so is ignored.
  if (last !== '' && Number(last) < start) return undefined;
  return start >= length ? 'none' : { start, end };
}
