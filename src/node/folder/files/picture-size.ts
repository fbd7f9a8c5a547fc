import { readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readInside } from '../../disk/inside.ts';

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

/** Reads the size of a picture in `dir` from the beginning of its file; `undefined` if it is not there. */
export function readPictureSize(dir: string, file: string): PictureSize | 'unreadable' | undefined {
  let head: Uint8Array;
  try {
    head = readInside(dir, file, readHead);
  } catch {
    return 'unreadable';
  }
  try {
    const { width, height, orientation = 1 } = imageSize(head);
    const isSize = [width, height].every((side) => Number.isInteger(side) && side > 0 && side < 100_000);
    if (!isSize) return undefined;
    // Exif orientations 5 to 8 swap width and height.
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}

function readHead(descriptor: number): Uint8Array {
  const head = new Uint8Array(headLimit);
  return head.subarray(0, readSync(descriptor, head, 0, headLimit, 0));
}
