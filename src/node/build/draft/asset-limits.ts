import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mediaFolder } from '../../../publication/addresses/address.ts';
import { objectPath, objectsFolder, type Ref, storedFolder } from '../../../publication/stored/stored.ts';
import { type FileFacts, filesIn } from './folder-files.ts';

/** Cloudflare's limits on the assets of a worker: files per deploy, and bytes per file. Wrangler checks them late. */
const fileLimit = 20_000;
const sizeLimit = 25 * 1024 * 1024;

/** Lists files that wrangler leaves out of a deploy, in the syntax of `.gitignore`. */
export const assetsIgnore = '.assetsignore';

/**
 * Returns a warning, with advice, for each way in which an edge folder with these files exceeds the limits of a deploy
 * to Workers.
 */
export async function exceededAssetLimits(
  folder: string,
  files: ReadonlyMap<string, Pick<FileFacts, 'size'>> = filesIn(folder),
): Promise<string[]> {
  const isIgnored = ignoredIn(folder);
  const deployed = [...files].filter(([path]) => !isIgnored(path));
  const warnings: string[] = [];
  if (deployed.length > fileLimit)
    warnings.push(
      `${folder}: warning: ${deployed.length} files, but Workers accept ${fileLimit} in a deploy (100000 on a paid plan). Raise "items" or use fewer tags; or use "dateline publish", with a line "${storedFolder}" in public/${assetsIgnore}`,
    );
  const large = deployed.filter(([, { size }]) => size > sizeLimit);
  for (const [path, { size }] of large.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const limit = 'but Workers accept files of up to 25 MiB';
    warnings.push(`${join(folder, path)}: warning: ${mebibytes(size)} MiB, ${limit}. ${adviceFor(path)}`);
  }
  return warnings;
}

function adviceFor(path: string): string {
  if (isStored(path)) return 'It is a page of articles: lower "items"';
  const where = path.startsWith(`${mediaFolder}/`) ? 'use its address there in the article' : 'remove it from public/';
  return `Publish it with "dateline publish --store r2:<bucket> --media" and add a line "${path}" to public/${assetsIgnore}, or move it to another host and ${where}`;
}

function isStored(path: string): boolean {
  return path.startsWith(`${storedFolder}/`);
}

/**
 * Returns an `.assetsignore` in which the line of the stored pages spares the table of the files, called `objects`: a
 * worker that reads pages from a store needs it for the files that are deployed.
 */
export function sparingTable(ignored: string, objects: readonly Ref[]): string {
  if (objects.length === 0) return ignored;
  const lines = [`/${objectsFolder}/*`, ...objects.map((ref) => `!/${objectPath(ref)}`)].join('\n');
  return ignored.replace(new RegExp(`^\\s*/?${storedFolder}/?\\s*$`, 'm'), lines);
}

/**
 * Returns a function that reports whether wrangler skips a file. Of the syntax, paths and their exceptions are read.
 */
function ignoredIn(folder: string): (path: string) => boolean {
  const file = join(folder, assetsIgnore);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n').map((line) => line.trim().replace(/\/(?:\*{1,2})?$/, ''));
  const ignored = lines.filter((line) => line !== '' && !/^[!#]/.test(line)).map(pathOf);
  const spared = new Set(lines.filter((line) => line.startsWith('!')).map((line) => pathOf(line.slice(1))));
  return (path) => !spared.has(path) && ignored.some((one) => path === one || path.startsWith(`${one}/`));
}

function pathOf(line: string): string {
  return line.replace(/^\//, '');
}

/** Rounds up, so that a file over the limit never appears to be within it. */
function mebibytes(bytes: number): string {
  return (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toFixed(1);
}
