import { type FileHandle, open } from 'node:fs/promises';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { isNotModified } from '../../http/conditional.ts';
import { filePolicy } from '../../http/header-fields.ts';
import { readFlags, requireInside } from '../disk/inside.ts';
import type { ServedFile } from '../disk/served-file.ts';

/**
 * Answers a GET or HEAD for a file of the publication's folder: in full, in part (RFC 9110 §14) or with 304. The file
 * is read while it is sent.
 */
export function answerFile(request: Request, file: ServedFile, ttl: number): Response {
  const { length, type } = file;
  const modified = Math.floor(file.mtimeMs / 1000) * 1000;
  // A rewritten file has another date or length, so the tag is strong, as If-Range requires (§13.1.5).
  const etag = `"${Math.round(file.mtimeMs).toString(36)}-${length.toString(36)}"`;
  const lastModified = new Date(modified).toUTCString();
  const headers = omitUndefined({
    ETag: etag,
    'Last-Modified': lastModified,
    'Cache-Control': `public, max-age=${ttl * 60}`,
    'Accept-Ranges': 'bytes',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Accept-Ranges, Content-Range, Content-Length',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': filePolicy(type),
  });
  if (isNotModified(request.headers, { etag, modified })) return new Response(null, { status: 304, headers });
  const ifRange = request.headers.get('If-Range');
  const isRanged = request.method === 'GET' && (ifRange === null || ifRange === etag || ifRange === lastModified);
  const range = isRanged ? readRange(request.headers.get('Range'), length) : undefined;
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${length}`, 'Content-Length': '0' },
    });
  const { start, end } = range ?? { start: 0, end: length - 1 };
  const body = request.method === 'HEAD' || length === 0 ? null : streamPart(file, start, end);
  return new Response(body, {
    status: range === undefined ? 200 : 206,
    headers: omitUndefined({
      ...headers,
      'Content-Type': type,
      'Content-Length': String(end + 1 - start),
      'Content-Range': range && `bytes ${start}-${end}/${length}`,
    }),
  });
}

/** Bytes of one read. */
const chunkSize = 64 * 1024;

/** Streams a part of a file. Opens it when the first bytes are requested, and refuses what a link put in its place. */
function streamPart({ dir, file }: ServedFile, start: number, end: number): ReadableStream<Uint8Array> {
  let handle: FileHandle | undefined;
  let position = start;
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          if (handle === undefined) {
            handle = await open(file, readFlags);
            requireInside(dir, file, handle.fd);
          }
          const bytes = new Uint8Array(Math.min(chunkSize, end + 1 - position));
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
          if (bytesRead === 0) throw new Error(`${file} became shorter while it was sent`);
          controller.enqueue(bytes.subarray(0, bytesRead));
          position += bytesRead;
          if (position <= end) return;
          await handle.close();
          controller.close();
        } catch (error) {
          await handle?.close();
          throw error;
        }
      },
      cancel: () => handle?.close(),
    },
    { highWaterMark: 0 },
  );
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
