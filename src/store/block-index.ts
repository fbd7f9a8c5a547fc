import type { Article } from '../article/article.ts';
import { hashOf, type StoredBlock } from '../publication/stored/stored.ts';
import type { Bytes } from './store.ts';
import { zlib } from './zlib.ts';

/**
 * A group of articles in the index of a block, which is in the gzip header (RFC 1952 §2.3.1.1). No group refers to an
 * earlier one, so an article is read without decompressing the others; any decompressor reads the whole block.
 */
export interface IndexedGroup {
  /** Bytes of the compressed group. */
  readonly length: number;
  /** CRC-32 of its text. */
  readonly checksum: number;
  /** The slugs of its articles. */
  readonly slugs: readonly string[];
}

/** Identifies the index among the extra fields of a gzip header. */
const subfield = [0x44, 0x4c] as const;

/** The fixed part of a gzip header and the length of its extra fields. */
const headerLength = 12;
const subfieldHeader = 4;
const groupHeader = 9;

/** Writes the header of a gzip with this index; `undefined` if the index is too long for one. */
export function writeBlockHeader(groups: readonly IndexedGroup[]): Uint8Array | undefined {
  const length = groups.reduce((sum, { slugs }) => sum + groupHeader + 4 * slugs.length, 0);
  if (subfieldHeader + length > 0xffff || groups.some(({ slugs }) => slugs.length > 0xff)) return undefined;
  const bytes = new Uint8Array(headerLength + subfieldHeader + length);
  // Deflate with extra fields, without a date, of an unknown system.
  bytes.set([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff]);
  const view = new DataView(bytes.buffer);
  view.setUint16(10, subfieldHeader + length, true);
  bytes.set(subfield, headerLength);
  view.setUint16(headerLength + 2, length, true);
  let at = headerLength + subfieldHeader;
  for (const { length, checksum, slugs } of groups) {
    view.setUint32(at, length, true);
    view.setUint32(at + 4, checksum, true);
    view.setUint8(at + 8, slugs.length);
    at += groupHeader;
    for (const slug of slugs) {
      view.setUint32(at, hash(slug), true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * Reads one article of a block by its index. Returns `undefined` without an index, such an article or zlib, or if
 * anything is damaged; then the whole block must be read.
 */
export function articleIn(block: Bytes, slug: string): Article | undefined {
  const place = placeOf(block, hash(slug));
  if (place === undefined || zlib === undefined) return undefined;
  try {
    const compressed = block.subarray(place.start, place.start + place.length);
    const bytes = zlib.inflateRawSync(compressed, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
    if (zlib.crc32(bytes) !== place.checksum) return undefined;
    // Between the bracket or comma before the first article and the one after the last.
    const text = new TextDecoder().decode(bytes).replace(/^\[|[\],]$/g, '');
    return (JSON.parse(`[${text}]`) as StoredBlock).find((article) => article.slug === slug);
  } catch {
    return undefined;
  }
}

/** Finds the group with an article whose slug has this hash. */
function placeOf(
  block: Bytes,
  hashed: number,
): { readonly start: number; readonly length: number; readonly checksum: number } | undefined {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const [id, deflate, flags] = [
    view.byteLength < headerLength + subfieldHeader ? 0 : view.getUint16(0),
    block[2],
    block[3],
  ];
  if (id !== 0x1f8b || deflate !== 8 || flags !== 4) return undefined;
  if (block[headerLength] !== subfield[0] || block[headerLength + 1] !== subfield[1]) return undefined;
  let start = headerLength + view.getUint16(10, true);
  const end = Math.min(start, headerLength + subfieldHeader + view.getUint16(headerLength + 2, true));
  let at = headerLength + subfieldHeader;
  while (at + groupHeader <= end && start <= block.byteLength) {
    const length = view.getUint32(at, true);
    const checksum = view.getUint32(at + 4, true);
    const next = at + groupHeader + 4 * view.getUint8(at + 8);
    if (next > end) return undefined;
    for (at += groupHeader; at < next; at += 4)
      if (view.getUint32(at, true) === hashed) return { start, length, checksum };
    start += length;
  }
  return undefined;
}

function hash(slug: string): number {
  return Number.parseInt(hashOf(slug), 16);
}
