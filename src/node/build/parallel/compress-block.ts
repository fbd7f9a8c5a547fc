import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { type IndexedGroup, writeBlockHeader } from '../../../store/block-index.ts';

/** The number of articles in a group. With three, reading an article takes a tenth of the time of its block. */
const groupSize = 3;

/** An article in the text of a block. */
export interface PlacedArticle {
  readonly slug: string;
  /** Where it ends in the text, with the comma or bracket after it. */
  readonly end: number;
}

/**
 * Compresses the JSON of a block with an index of its articles. The result is a quarter larger, because no group refers
 * to an earlier one.
 */
export function compressBlock(text: Buffer, articles: readonly PlacedArticle[]): Uint8Array {
  const groups: IndexedGroup[] = [];
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i < articles.length; i += groupSize) {
    const members = articles.slice(i, i + groupSize);
    const end = members.at(-1)?.end ?? start;
    const bytes = text.subarray(start, end);
    const finishFlush = end === text.length ? constants.Z_FINISH : constants.Z_FULL_FLUSH;
    const part = deflateRawSync(bytes, { finishFlush });
    parts.push(part);
    groups.push({ length: part.length, checksum: crc32(bytes), slugs: members.map(({ slug }) => slug) });
    start = end;
  }
  const header = start === text.length ? writeBlockHeader(groups) : undefined;
  if (header === undefined) return gzipSync(text);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text), 0);
  trailer.writeUInt32LE(text.length, 4);
  return Buffer.concat([header, ...parts, trailer]);
}
