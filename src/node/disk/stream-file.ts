import { type FileHandle, open } from 'node:fs/promises';
import { readFlags } from './inside.ts';

/** Bytes of one read. */
const chunkSize = 64 * 1024;

/**
 * Streams a part of a file, both ends included. Opens it when the first bytes are requested, and passes its descriptor
 * to `check`, which throws if the file must not be read. `file` has no links in it.
 */
export function streamFile(
  file: string,
  start: number,
  end: number,
  check?: (descriptor: number) => void,
): ReadableStream<Uint8Array> {
  let handle: FileHandle | undefined;
  let position = start;
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          if (handle === undefined) {
            handle = await open(file, readFlags);
            check?.(handle.fd);
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
