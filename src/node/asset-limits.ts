import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { storedFolder } from '../publication/stored.ts';

/** What Workers take with a deploy: so many files, each of so many bytes. Wrangler does not count them beforehand. */
const fileLimit = 20_000;
const sizeLimit = 25 * 1024 * 1024;

/** Lists what of a folder for the edge is more than Workers take with a deploy, each with what to do about it. */
export async function beyondAssetLimits(folder: string): Promise<string[]> {
  const ignoresStored = await leavesOutStored(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !(ignoresStored && isStored(relative(folder, path))));
  const warnings: string[] = [];
  if (paths.length > fileLimit)
    warnings.push(
      `${folder}: warning: ${paths.length} files, and Workers take ${fileLimit} with a deploy (100000 where you pay). Raise "items" or use fewer tags; or take the store of "dateline publish" instead, with a line "${storedFolder}" in public/.assetsignore`,
    );
  for (const path of paths) {
    const { size } = await stat(path);
    if (size <= sizeLimit) continue;
    const advice = isStored(relative(folder, path))
      ? 'It is a page of articles: lower "items"'
      : 'Put it on another host and give the article its address';
    warnings.push(`${path}: warning: ${mebibytes(size)} MiB, and Workers take files of 25 MiB. ${advice}`);
  }
  return warnings;
}

function isStored(path: string): boolean {
  return path.startsWith(`${storedFolder}${sep}`);
}

/** Whether wrangler is told to upload no stored pages, since they come from KV or R2. */
async function leavesOutStored(folder: string): Promise<boolean> {
  const lines = await readFile(join(folder, '.assetsignore'), 'utf8').catch(() => '');
  return lines.split('\n').some((line) => line.trim().replace(/^\/|\/$/g, '') === storedFolder);
}

/** Rounded up, so that what is too large never looks as if it weren't. */
function mebibytes(bytes: number): string {
  return (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toFixed(1);
}
