import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaFolder } from '../../../publication/address.ts';
import { storedFolder } from '../../../publication/stored.ts';
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
  const ignoresStored = await ignoresStoredPages(folder);
  const deployed = [...files].filter(([path]) => !(ignoresStored && isStored(path)));
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
  if (!path.startsWith(`${mediaFolder}/`)) return 'Move it from public/ to another host';
  return 'Move it to another host and use its address there in the article';
}

function isStored(path: string): boolean {
  return path.startsWith(`${storedFolder}/`);
}

/** Reports whether wrangler skips the stored pages, because the worker reads them from KV or R2. */
async function ignoresStoredPages(folder: string): Promise<boolean> {
  const lines = await readFile(join(folder, assetsIgnore), 'utf8').catch(() => '');
  return lines.split('\n').some((line) => line.trim().replace(/^\/|\/$/g, '') === storedFolder);
}

/** Rounds up, so that a file over the limit never appears to be within it. */
function mebibytes(bytes: number): string {
  return (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toFixed(1);
}
