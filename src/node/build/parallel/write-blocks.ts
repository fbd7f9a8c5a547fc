import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { objectPath, type Ref } from '../../../publication/stored.ts';
import { type Piece, PieceReader } from './spool.ts';

export interface BlocksInput {
  /** The folder that holds the stored edition. */
  readonly folder: string;
  readonly blocks: readonly (readonly Piece[])[];
}

/** Writes blocks of rendered articles as objects, and returns their names. */
export function writeBlocks({ folder, blocks }: BlocksInput): Ref[] {
  const reader = new PieceReader();
  try {
    return blocks.map((pieces) => {
      const text = reader.readArray(pieces);
      const ref = refOf(text);
      writeFileSync(join(folder, objectPath(ref)), gzipSync(text));
      return ref;
    });
  } finally {
    reader.close();
  }
}

/** Returns the name of the object with a text. */
export function refOf(text: string | Uint8Array): Ref {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
