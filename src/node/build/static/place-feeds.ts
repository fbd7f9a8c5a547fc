import { hash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formats } from '../../../feed/formats.ts';
import { mediaFolder } from '../../../publication/addresses/address.ts';
import type { Site } from '../../../publication/site/site.ts';
import { isFolder } from '../../disk/list-folder.ts';
import { isPublicPath } from '../../disk/served-file.ts';
import { makeFolder, replaceFile } from '../../disk/write/write-file.ts';
import { makeStateFolder } from '../../state/state-file.ts';
import { filesIn, placedFiles } from '../draft/folder-files.ts';
import { feedHeaders, mediaHeaders } from './host-rules.ts';

/** What changed in the folder of a site. */
export interface PlacedFeeds {
  readonly files: number;
  readonly written: number;
  readonly removed: number;
}

/** The hash of each file that an earlier build placed, by its path in the folder of the site. */
type Placed = ReadonlyMap<string, string>;

/**
 * Copies the feeds of a build into the folder of a site that another program made, with the files that they need.
 *
 * Touches no other file: a file that is placed there is listed, and is replaced or removed later only while it is as it
 * was. Throws, and changes nothing, if the site has a file of its own at the path of a feed. In `_headers`, the lines
 * of the site stay.
 */
export function placeFeeds(built: string, folder: string, site: Site): PlacedFeeds {
  if (!isFolder(folder)) throw new Error(`${folder}: there is no such folder; build the site first, then its feeds`);
  const before = readPlaced(folder);
  const wanted = new Map(
    [...filesIn(built).keys()].filter(isFeedFile).map((path) => {
      const content = readFileSync(join(built, path));
      return [path, { content, hash: nameOf(content) }] as const;
    }),
  );
  const known = new Map(
    [...wanted.keys(), ...before.keys()].map((path) => [path, hashAt(join(folder, path))] as const),
  );
  const isOurs = (path: string): boolean => known.get(path) === before.get(path);
  const foreign = [...wanted].filter(([path, { hash }]) => {
    const there = known.get(path);
    return there !== undefined && there !== hash && !isOurs(path);
  });
  if (foreign.length > 0) throw new Error(conflict(foreign.map(([path]) => join(folder, path))));
  const due = [...wanted].filter(([path, { hash }]) => known.get(path) !== hash);
  const gone = [...before.keys()].filter((path) => !wanted.has(path) && known.get(path) !== undefined && isOurs(path));
  // Listed first: after an interruption, the next build still knows what it may replace.
  const after = new Map([...wanted].map(([path, { hash }]) => [path, hash]));
  writeText(join(folder, placedFiles), `${JSON.stringify(Object.fromEntries(after))}\n`);
  for (const [path, { content }] of due) {
    makeFolder(dirname(join(folder, path)));
    replaceFile(join(folder, path), content);
  }
  for (const path of gone) {
    rmSync(join(folder, path));
    removeEmpty(folder, dirname(path));
  }
  const hasMedia = [...wanted.keys()].some((path) => path.startsWith(`${mediaFolder}/`));
  mergeHeaders(join(folder, '_headers'), feedHeaders(site) + (hasMedia ? mediaHeaders : ''));
  return { files: wanted.size, written: due.length, removed: gone.length };
}

/**
 * Runs a build in `folder`, in that of the state, whose content the next one builds on, or in a temporary folder if there
 * is none or nothing can be written around it.
 */
export async function withWorkFolder<T>(folder: string | undefined, run: (folder: string) => Promise<T>): Promise<T> {
  if (folder !== undefined && isWritable(dirname(folder))) {
    makeStateFolder(dirname(folder));
    return run(folder);
  }
  const temporary = mkdtempSync(join(tmpdir(), 'dateline-'));
  try {
    return await run(temporary);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Reports whether files can be written into a folder, or the folder itself can be made. */
function isWritable(folder: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const feedFiles = new Set([...formats.map(({ file }) => file), 'feeds.opml', 'feed.css', 'theme.css']);

function isFeedFile(path: string): boolean {
  return feedFiles.has(path.slice(path.lastIndexOf('/') + 1)) || path.startsWith(`${mediaFolder}/`);
}

function conflict(paths: readonly string[]): string {
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
  const are = paths.length === 1 ? 'is a file' : 'are files';
  return `${paths.slice(0, 5).join(', ')}${more} ${are} of the site itself, so nothing was written; let the site no longer make what Dateline makes, or build the site into an empty folder first`;
}

/** Reads the list of placed files. Somebody may have edited it, so only paths inside the folder count. */
function readPlaced(folder: string): Placed {
  if (!existsSync(join(folder, placedFiles))) return new Map();
  try {
    const listed: unknown = JSON.parse(readFileSync(join(folder, placedFiles), 'utf8'));
    const entries = Object.entries(listed ?? {}).filter(([path]) => isPublicPath(path) && isFeedFile(path));
    return new Map(entries.map(([path, hash]) => [path, String(hash)]));
  } catch {
    return new Map();
  }
}

function hashAt(path: string): string | undefined {
  return existsSync(path) && !isFolder(path) ? nameOf(readFileSync(path)) : undefined;
}

function nameOf(content: Uint8Array): string {
  return hash('sha256', content, 'base64url').slice(0, 22);
}

function removeEmpty(folder: string, path: string): void {
  for (let inner = path; inner !== '.' && readdirSync(join(folder, inner)).length === 0; inner = dirname(inner))
    rmdirSync(join(folder, inner));
}

const [begin, end] = ['# Dateline: begin', '# Dateline: end'];
const ownLines = new RegExp(`^${begin}\\n[\\s\\S]*?^${end}\\n?`, 'm');

/** Writes the headers of feeds below those of the site, and replaces what an earlier build wrote there. */
function mergeHeaders(path: string, rules: string): void {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const others = text.replace(ownLines, '');
  const start = others === '' || others.endsWith('\n') ? others : `${others}\n`;
  writeText(path, `${start}${begin}\n${rules}${end}\n`);
}

function writeText(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) replaceFile(path, text);
}
