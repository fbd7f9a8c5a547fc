import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { writeNote } from '../../terminal/output.ts';

/** Reads a log in pieces of whole lines. Bytes become characters one to one, which is fast and loses nothing. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  let rest = '';
  for await (const chunk of /\.gz$/i.test(file) ? unzipped(stream, file) : stream) {
    const text = rest + (chunk as Buffer).toString('latin1');
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    // No log has such a long line.
    if (rest.length > lineLimit) rest = '';
    if (end > 0) yield text.slice(0, end);
  }
  if (rest !== '') yield `${rest}\n`;
}

/** Decompresses a log. A truncated one, such as one being written, is read up to its end. */
async function* unzipped(stream: Readable, file: string): AsyncGenerator<Buffer> {
  const unzip = createGunzip();
  // The error comes out of the pipe as well.
  pipeline(stream, unzip).catch(() => {});
  try {
    yield* unzip as AsyncIterable<Buffer>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR')
      throw new Error(`${file}: ${(error as Error).message}`);
    writeNote(`${file} ends in the middle and is counted as far as it goes`);
  }
}

/** The most characters of a line. */
const lineLimit = 1 << 20;
