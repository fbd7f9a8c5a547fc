import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

/** In pixels, as it is seen. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** How much of a file is looked at, in bytes. */
const headLimit = 512 * 1024;

/** Loaded with the first picture, as it is 26 modules and many publications have none. */
let library: typeof import('image-size') | undefined;

function imageSize(head: Uint8Array) {
  library ??= load();
  return library.imageSize(head);
}

function load(): typeof import('image-size') {
  const loaded: typeof import('image-size') = createRequire(import.meta.url)('image-size');
  // Only what browsers show; an SVG is read by expressions that take the square of its length.
  loaded.disableTypes([
    'cur',
    'dds',
    'icns',
    'j2c',
    'jp2',
    'jxl',
    'jxl-stream',
    'ktx',
    'pnm',
    'psd',
    'svg',
    'tga',
    'tiff',
  ]);
  return loaded;
}

/** Reads the size of a picture from the beginning of its file; `undefined` where that doesn't say. */
export function readPictureSize(file: string): PictureSize | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(readHead(file));
    const isSize = [width, height].every((side) => Number.isInteger(side) && side > 0 && side < 100_000);
    if (!isSize) return undefined;
    // Exif turns pictures with an orientation of 5 to 8 on their side.
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}

function readHead(file: string): Uint8Array {
  const descriptor = openSync(file, 'r');
  try {
    const head = new Uint8Array(headLimit);
    return head.subarray(0, readSync(descriptor, head, 0, headLimit, 0));
  } finally {
    closeSync(descriptor);
  }
}
