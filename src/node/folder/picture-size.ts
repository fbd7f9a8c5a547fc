import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Width and height in pixels, as displayed. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes read from the beginning of a file. */
const headLimit = 512 * 1024;

/** Loaded with the first picture: the library has 26 modules, and many publications have no pictures. */
let library: typeof import('image-size') | undefined;

function imageSize(head: Uint8Array) {
  library ??= load();
  return library.imageSize(head);
}

function load(): typeof import('image-size') {
  const loaded: typeof import('image-size') = createRequire(import.meta.url)('image-size');
  // Keeps only what browsers show. SVG is read with regular expressions that take quadratic time.
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

/** Reads the size of a picture from the beginning of its file; `undefined` if it is not there. */
export function readPictureSize(file: string): PictureSize | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(readHead(file));
    const isSize = [width, height].every((side) => Number.isInteger(side) && side > 0 && side < 100_000);
    if (!isSize) return undefined;
    // Exif orientations 5 to 8 swap width and height.
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
