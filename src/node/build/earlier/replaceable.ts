import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathInside } from '../../disk/inside.ts';
import { isVacant } from '../../disk/write/merge-folder.ts';
import { realTarget } from '../../disk/write/real-target.ts';
import { isUnfinished } from '../../disk/write/replace-folder.ts';
import { earlierPointers } from './earlier-build.ts';

/** Throws unless a build may replace the folder for the worker. */
export function requireReplaceableEdge(folder: string): void {
  requireReplaceable(folder, (path) => earlierPointers.some((pointer) => existsSync(join(path, pointer))));
}

/** Throws unless a build may replace the folder for a static host. */
export function requireReplaceableSite(folder: string): void {
  requireReplaceable(folder, (path) => siteMarks.every((mark) => existsSync(join(path, mark))));
}

/** Files that every static site has, and that together no other folder has. */
const siteMarks: readonly string[] = ['feeds.opml', 'sitemap.xml', '404.html', '_headers', '_redirects'];

/** Throws unless a folder is absent, empty, or an earlier build. */
function requireReplaceable(folder: string, isBuild: (folder: string) => boolean): void {
  if (!existsSync(folder) || isBuild(folder)) return;
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is a file; choose another name with --out`);
  if (isVacant(folder) || isUnfinished(folder)) return;
  throw new Error(`${folder} holds files that no build wrote; choose another folder with --out, or empty this one`);
}

/** Throws if the articles are inside a folder that a build replaces: it would delete them. */
export function requireOutside(dir: string, folder: string): void {
  if (pathInside(realTarget(folder), realTarget(dir)) !== undefined)
    throw new Error(`${folder} holds the articles, which a build would delete; choose another folder with --out`);
}
