import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { mediaFolder } from '../../publication/address.ts';
import { storedFolder } from '../../publication/stored.ts';

/** What Workers take with a deploy: so many files, each of so many bytes. Wrangler does not count them beforehand. */
const fileLimit = 20_000;
const sizeLimit = 25 * 1024 * 1024;

/** Names what wrangler is to leave out of a deploy, as `.gitignore` does for git. */
export const assetsIgnore = '.assetsignore';

/** Lists what of a folder for the edge is more than Workers take with a deploy, each with what to do about it. */
export async function exceededAssetLimits(folder: string): Promise<string[]> {
  const ignoresStored = await leavesOutStored(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !(ignoresStored && isStored(relative(folder, path))));
  const warnings: string[] = [];
  if (paths.length > fileLimit)
    warnings.push(
      `${folder}: warning: ${paths.length} files, and Workers take ${fileLimit} with a deploy (100000 where you pay). Raise "items" or use fewer tags; or take the store of "dateline publish" instead, with a line "${storedFolder}" in public/${assetsIgnore}`,
    );
  for (const path of paths) {
    const { size } = await stat(path);
    if (size <= sizeLimit) continue;
    const advice = adviceFor(relative(folder, path));
    warnings.push(`${path}: warning: ${mebibytes(size)} MiB, and Workers take files of 25 MiB. ${advice}`);
  }
  return warnings;
}

function adviceFor(path: string): string {
  if (isStored(path)) return 'It is a page of articles: lower "items"';
  if (!path.startsWith(`${mediaFolder}${sep}`)) return 'Put it on another host and take it out of public/';
  return 'Put it on another host and give the article its address';
}

function isStored(path: string): boolean {
  return path.startsWith(`${storedFolder}${sep}`);
}

/** Whether wrangler is told to upload no stored pages, since they come from KV or R2. */
async function leavesOutStored(folder: string): Promise<boolean> {
  const lines = await readFile(join(folder, assetsIgnore), 'utf8').catch(() => '');
  return lines.split('\n').some((line) => line.trim().replace(/^\/|\/$/g, '') === storedFolder);
}

/** Rounded up, so that what is too large never looks as if it weren't. */
function mebibytes(bytes: number): string {
  return (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toFixed(1);
}
