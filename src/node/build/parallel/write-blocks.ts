import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { objectPath, type Ref } from '../../../publication/stored/stored.ts';
import { compressBlock } from './compress-block.ts';
import { type Piece, PieceReader } from './spool.ts';

export interface BlocksInput {
  /** The folder that holds the stored edition. */
  readonly folder: string;
  readonly blocks: readonly BlockInput[];
}

export interface BlockInput {
  readonly pieces: readonly Piece[];
  /** The slugs of its articles, if single articles are read from it. */
  readonly slugs?: readonly string[];
}

/** Writes blocks of rendered articles as objects, and returns their names. */
export function writeBlocks({ folder, blocks }: BlocksInput): Ref[] {
  const reader = new PieceReader();
  try {
    return blocks.map((block) => {
      const text = reader.readArray(block.pieces);
      const ref = refOf(text);
      writeFileSync(join(folder, objectPath(ref)), compressed(text, block));
      return ref;
    });
  } finally {
    reader.close();
  }
}

function compressed(text: Buffer, { pieces, slugs = [] }: BlockInput): Uint8Array {
  if (slugs.length !== pieces.length || slugs.length === 0) return gzipSync(text);
  let end = 1;
  const articles = pieces.map(({ length }, i) => {
    end += length + 1;
    return { slug: slugs[i] ?? '', end };
  });
  return compressBlock(text, articles);
}

/** Returns the name of the object with a text. */
export function refOf(text: string | Uint8Array): Ref {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
