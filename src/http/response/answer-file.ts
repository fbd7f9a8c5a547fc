import { omitUndefined } from '../../article/omit-undefined.ts';
import { noteSizes } from '../audience/sizes.ts';
import { isNotModified } from './conditional.ts';
import { filePolicy } from './header-fields.ts';

/** A file that can be read in parts. */
export interface FileSource {
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** Bytes of a recording with which a minute of it can be played, if known. */
  readonly minute?: number | undefined;
  /**
   * A strong entity-tag, as If-Range requires (RFC 9110 §13.1.5). It names the bytes, so that all servers agree; their
   * dates would differ.
   */
  readonly etag: string;
  /** Streams a part, both ends included. */
  stream(start: number, end: number): ReadableStream<Uint8Array> | Promise<ReadableStream<Uint8Array>>;
}

/** Answers a GET or HEAD for a file: in full, in part (RFC 9110 §14) or with 304. It is read while it is sent. */
export async function answerFile(request: Request, source: FileSource, ttl: number): Promise<Response> {
  const { length, type, etag } = source;
  const headers = omitUndefined({
    ETag: etag,
    'Cache-Control': `public, max-age=${ttl * 60}`,
    'Accept-Ranges': 'bytes',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Accept-Ranges, Content-Range, Content-Length',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': filePolicy(type),
  });
  if (isNotModified(request.headers, { etag, modified: Number.POSITIVE_INFINITY }))
    return new Response(null, { status: 304, headers });
  const ifRange = request.headers.get('If-Range');
  const isRanged = request.method === 'GET' && (ifRange === null || ifRange === etag);
  const range = isRanged ? readRange(request.headers.get('Range'), length) : undefined;
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${length}`, 'Content-Length': '0' },
    });
  const { start, end } = range ?? { start: 0, end: length - 1 };
  const body = request.method === 'HEAD' || length === 0 ? null : await source.stream(start, end);
  const answer = new Response(body, {
    status: range === undefined ? 200 : 206,
    headers: omitUndefined({
      ...headers,
      'Content-Type': type,
      'Content-Length': String(end + 1 - start),
      'Content-Range': range && `bytes ${start}-${end}/${length}`,
    }),
  });
  return noteSizes(answer, { whole: length, minute: source.minute });
}

/** A range of bytes, counted from 0, both ends included. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header (RFC 9110 §14.2) for a file of `length` bytes. Returns `undefined`, for the whole file, without
 * the header, for another unit and for several ranges.
 */
export function readRange(header: string | null, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? 'unsatisfiable' : { start: length - count, end: length - 1 };
  }
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  // §14.1.1: a range that ends before it begins is invalid, and therefore ignored.
  if (last !== '' && Number(last) < start) return undefined;
  return start >= length ? 'unsatisfiable' : { start, end };
}
