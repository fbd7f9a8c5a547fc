import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mediaFolder } from '../../../publication/addresses/address.ts';
import { isScalable, resizedPath } from '../../../publication/addresses/picture-sizes.ts';
import { hasPages } from '../../../publication/site/site.ts';
import { requireSharp } from '../../pictures/load-sharp.ts';
import { PictureFolder, type Size, sizes } from '../../pictures/picture-folder.ts';
import { resizeVersion } from '../../pictures/resize.ts';
import type { BuildInput } from '../draft/build-input.ts';
import { stampOf } from '../draft/copy-media.ts';
import type { Draft } from '../draft/draft.ts';

/**
 * Writes the smaller versions of the media files at these paths of the build, and returns their paths, each with a key
 * that names its source. Unchanged ones come from the last build or from the state.
 */
export async function storePictures(
  { site, files, state, showProgress }: BuildInput,
  media: readonly string[],
  draft: Draft,
): Promise<ReadonlyMap<string, string>> {
  if (site.pictures !== 'sharp' || !hasPages(site) || files === undefined) return new Map();
  const work = state ?? mkdtempSync(join(tmpdir(), 'dateline-pictures-'));
  const folder = new PictureFolder(work, requireSharp(files.dir, 'pictures: sharp'));
  const written = new Map<string, string>();
  const store = async (path: string, size: Size): Promise<void> => {
    const found = files.find(path.slice(mediaFolder.length + 1));
    if (found === undefined) return;
    const { file } = found;
    const copy = resizedPath(path, size);
    const key = `${stampOf(file)} ${resizeVersion}`;
    await draft.add(copy, key, async (place) => copyFile(await folder.find(file, size, files.widthOf(found)), place));
    written.set(copy, key);
  };
  try {
    const scalable = media.filter(isScalable);
    await showProgress('pictures', async (onProgress) => {
      for (const [done, path] of scalable.entries()) {
        onProgress(done, scalable.length);
        for (const size of sizes) await store(path, size);
      }
    });
    folder.prune(Date.now() - unusedFor);
  } finally {
    if (state === undefined) rmSync(work, { recursive: true, force: true });
  }
  return written;
}

/** Milliseconds for which an unused picture stays in the state. */
const unusedFor = 60 * 24 * 60 * 60 * 1000;
