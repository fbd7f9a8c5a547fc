import { unwatchFile, watchFile } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Watch } from '../../disk/watch-folder.ts';
import { publicationFiles, publicationHome } from './publication-file.ts';

/** Milliseconds between two checks of a publication file outside the folder of articles. */
const interval = 1000;

/** Calls `onChange` when the publication file of a folder of articles changes, if it is outside that folder. */
export function watchPublication(dir: string, onChange: () => void): Watch {
  const home = publicationHome(dir);
  const files = resolve(home) === resolve(dir) ? [] : publicationFiles.map((name) => join(home, name));
  for (const file of files) watchFile(file, { interval, persistent: false }, onChange);
  return {
    close: () => {
      for (const file of files) unwatchFile(file, onChange);
    },
  };
}
