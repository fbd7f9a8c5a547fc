import type { Bytes } from './store.ts';

/**
 * Node's zlib, where the runtime has it: Node, Deno, Bun and Workers with a compatibility date from August 2026. Its
 * functions take half the processor time of the streams that every runtime has.
 */
export const zlib = globalThis.process?.getBuiltinModule?.('node:zlib');

/** What was compressed, as bytes of UTF-8 and as text. */
export interface Unzipped {
  readonly bytes: Bytes;
  readonly text: () => string;
}

/** Decompresses gzip (RFC 1952); throws if the bytes are truncated or not gzip. */
export async function gunzip(compressed: Bytes): Promise<Unzipped> {
  if (zlib !== undefined) {
    const bytes = zlib.gunzipSync(compressed);
    // With a TextDecoder, a cold feed takes 4 % longer.
    return { bytes, text: () => bytes.toString('utf8') };
  }
  const bytes = await throughStream(compressed, new DecompressionStream('gzip'));
  return { bytes, text: () => new TextDecoder().decode(bytes) };
}

/** Passes bytes through a stream. */
export async function throughStream(
  bytes: Bytes,
  stream: ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>,
): Promise<Bytes> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
