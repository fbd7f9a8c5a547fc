import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPictureSize } from '../../../../src/node/folder/files/picture-size.ts';
import { propertyRuns } from '../../../effort.ts';
import { gif, jpeg, png } from '../../pictures.ts';
import { makeFolder } from '../../temporary-folder.ts';

const dir = makeFolder();
const file = join(dir, 'picture');

function sizeOf(bytes: Uint8Array | string): ReturnType<typeof readPictureSize> {
  writeFileSync(file, bytes);
  return readPictureSize(dir, file);
}

describe('the size of a picture', () => {
  it.each([
    ['a PNG', png(640, 480), { width: 640, height: 480 }],
    ['a GIF', gif(12, 34), { width: 12, height: 34 }],
    ['a JPEG', jpeg(800, 600), { width: 800, height: 600 }],
    ['a JPEG turned upside down', jpeg(800, 600, 3), { width: 800, height: 600 }],
    ['a JPEG turned on its side', jpeg(800, 600, 6), { width: 600, height: 800 }],
    ['an empty file', '', undefined],
    ['text', 'GIF', undefined],
    ['a PNG that is cut off', png(640, 480).subarray(0, 18), undefined],
    ['a picture without pixels', gif(0, 5), undefined],
    ['an SVG, which may be hostile', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', undefined],
  ])('of %s', (_, bytes, size) => {
    expect(sizeOf(bytes)).toEqual(size);
  });

  it('of a missing file, and of one outside the folder, cannot be read', () => {
    const missing = join(makeFolder(), 'none.png');
    expect(readPictureSize(dir, missing)).toBe('unreadable');
    const outside = join(makeFolder({ 'outside.png': png(1, 2) }), 'outside.png');
    expect(readPictureSize(dir, outside)).toBe('unreadable');
  });

  it('of a broken file is unknown or positive', () => {
    const box = (name: string, size: number): Buffer => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(size);
      head.write(name, 4);
      return head;
    };
    const avif = Buffer.concat([box('ftyp', 24), Buffer.from('avif\0\0\0\0avifmif1'), box('meta', 0), box('iprp', 0)]);
    const webp = Buffer.from('RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x01\0\0\x01\0\0', 'latin1');
    const picture = fc.constantFrom(png(64, 48), jpeg(64, 48, 6), gif(64, 48), avif, webp, Buffer.from('BM\0\0'));
    fc.assert(
      fc.property(
        picture,
        fc.array(fc.tuple(fc.nat(80), fc.constantFrom(0, 1, 127, 128, 255)), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 40 }),
        (bytes, changes, tail) => {
          const broken = Buffer.concat([bytes, tail]);
          for (const [at, byte] of changes) broken[at % broken.length] = byte;
          const size = sizeOf(broken);
          expect(size === undefined || (typeof size === 'object' && size.width > 0 && size.height > 0)).toBe(true);
        },
      ),
      { numRuns: propertyRuns(3000) },
    );
  });

  it.each([
    ['JPEG segments without length', Buffer.alloc(600_000, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]))],
    ['boxes without length', Buffer.concat([Buffer.from('\0\0\0\x18ftypavif\0\0\0\0avifmif1'), Buffer.alloc(600_000)])],
    ['an icon with 65,535 pictures', Buffer.concat([Uint8Array.of(0, 0, 1, 0, 255, 255), Buffer.alloc(600_000, 1)])],
  ])('of a hostile file is read within the limit of a test: %s', { timeout: 5000 }, (_, bytes) => {
    sizeOf(bytes);
  });
});
