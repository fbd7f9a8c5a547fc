import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { slugOf } from '../../article/slug.ts';
import { decodePercent } from '../../article/web-address.ts';

/** The longest name of a file, in bytes, with room for a number and an ending. */
const longestName = 180;

/** Names the file of an article after its day and the last part of its address, else its title: `2026-02-25-hello`. */
export function nameOfItem(url: string | undefined, title: string, day: string): string {
  const [last = ''] = pathOf(url)
    .split('/')
    .filter((part) => part !== '')
    .reverse();
  const named = last.replace(/\.(?:html?|php|aspx?|md)$/i, '').replace(/^\d{4}-\d{2}-\d{2}[-_]?/, '');
  const slug = slugOf(named);
  // A number, "index" or nothing says less than the title.
  const isPoor = slug === 'untitled' || /^[\d-]+$|^(?:index|default|post|article|view|item)$/.test(slug);
  return cut(`${day}-${isPoor ? slugOf(title) : slug}`, longestName);
}

/** Names a folder after a feed: one part of a path, visible, that can be the name of a section. */
export function folderName(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|#%]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. _]+|[. ]+$/g, '');
  const name = cut(plain, 80).replace(/[. ]+$/, '');
  const isSection =
    /\p{L}/u.test(name) && !/^\d{4}-|^(?:node_modules|theme|static|public|assets)$/i.test(name);
  return isSection ? name : `Feed ${name}`.trim();
}

/** Shortens a name to a number of bytes, but not within a character. */
export function cut(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name;
  let end = '';
  let length = 0;
  for (const sign of name) {
    length += Buffer.byteLength(sign);
    if (length > bytes) break;
    end += sign;
  }
  return end.replace(/-+$/, '');
}

function pathOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return '';
  return decodePercent(new URL(url).pathname);
}

/** How many bytes of a file's beginning are looked at. */
export const sniffed = 512;

/**
 * Looks whether a file that was fetched is what the answer called it, as servers send pages that say sorry under the type
 * of a picture. Throws where it isn't.
 */
export function checkContent(start: Buffer, type: string): void {
  if (start.length === 0) throw new Error('the answer is empty');
  const text = start.toString('latin1');
  if (page.test(text)) throw new Error('it is a page of HTML');
  const isRaster = type.startsWith('image/') && type !== 'image/svg+xml';
  if (isRaster && !pictures.test(text)) throw new Error(`it is no picture, though its kind is ${type}`);
}

const page = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)[\s>]/i;

/** The first bytes of JPEG, PNG, GIF, BMP, icons, WebP and AVIF; which of them it is, browsers look for themselves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are bytes
const pictures = /^(?:\xff\xd8\xff|\x89PNG|GIF8|BM|\x00\x00\x01\x00|RIFF.{4}WEBP|.{4}ftyp)/s;

/** Names the file in which a file stands until all of it has come. */
export function partName(number: number, slug: string): string {
  return `.import-${process.pid}-${number}-${slug}.part`;
}

/** Takes away what an import that was stopped left in a folder and its sections; one that is running keeps its own. */
export function removeLeftParts(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) removeIn(join(dir, entry.name));
  }
  removeIn(dir);
}

function removeIn(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^\.import-(\d{1,10})-\d+-.*\.part$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be asked.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
