import { closeSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { readPictureSize } from '../../folder/files/picture-size.ts';

/** Apple's "Artwork requirements": the least and most pixels of a side of a podcast's square artwork. */
export const artworkSides = [1400, 3000] as const;

/** Describes what directories would refuse in a file with the artwork of a podcast; `undefined` if nothing is wrong. */
export function artworkFault(file: string): string | undefined {
  const head = readHead(file);
  const format = formatOf(head);
  if (format === undefined) return 'is not a JPEG or PNG, whatever its name ends in; directories take only these';
  const size = readPictureSize(dirname(file), file);
  if (size === undefined || size === 'unreadable') return 'cannot be read as a picture; export it again';
  const { width, height } = size;
  const [least, most] = artworkSides;
  if (width !== height || width < least || width > most)
    return `is ${width} × ${height} pixels; directories take squares of ${least} to ${most} pixels`;
  if (format === 'png' && hasAlpha(head)) return 'has an alpha channel, which Apple does not take; save it without one';
  return undefined;
}

function formatOf(head: Buffer): 'png' | 'jpeg' | undefined {
  if (head.subarray(1, 4).toString('latin1') === 'PNG') return 'png';
  return head[0] === 0xff && head[1] === 0xd8 ? 'jpeg' : undefined;
}

/** PNG (ISO 15948 §11.2.2): the color types 4 and 6 have alpha. */
function hasAlpha(head: Buffer): boolean {
  return head[25] === 4 || head[25] === 6;
}

function readHead(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(26);
    return head.subarray(0, readSync(descriptor, head, 0, head.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
