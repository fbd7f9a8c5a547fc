import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../disk/create-file.ts';
import { listFiles } from '../disk/list-folder.ts';
import { findSeeds } from '../disk/seed-paths.ts';
import { findPublication } from '../folder/articles-folder.ts';
import { ignored, type NewPublication, publicationText } from './init-texts.ts';
import { pathIntoPackage, schemaFiles } from './package-place.ts';
import { wranglerText } from './wrangler-file.ts';

/** What became of a file: written, or left as it was found, perhaps with something to know of it. */
export interface MadeFile {
  readonly path: string;
  readonly isNew: boolean;
  readonly note?: string;
}

/** What a folder is made ready for. */
export interface NewFolder extends Omit<NewPublication, 'schema'> {
  /** The name of the worker. */
  readonly worker: string;
  /** The folder of articles in it. */
  readonly seeds: string;
}

/**
 * Makes a folder ready to be written in and deployed: a publication file, a first article, which `writeFirst` writes
 * into the folder of articles, and what wrangler and git want to know. A file that is there is never touched.
 */
export function initFolder(
  dir: string,
  { seeds, worker, ...publication }: NewFolder,
  writeFirst: (seeds: string) => string,
): readonly MadeFile[] {
  const home = findPublication(dir);
  // A publication inside of another would be published with it.
  if (home !== undefined) throw new Error(isAlready(home, join(home, seeds)));
  const articles = join(dir, seeds);
  makeFolder(articles);
  const schema = pathIntoPackage(articles, schemaFiles.publication, dir);
  const files = [
    findOr(articles, ['publication.yaml', 'publication.yml'], () =>
      publicationText({ ...publication, schema }),
    ),
    firstArticle(articles, writeFirst),
    findOr(dir, ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'], () =>
      wranglerText(
        worker,
        pathIntoPackage(dir, 'dist/edge/worker.js').replace(/^\.\//, ''),
        pathIntoPackage(dir, 'dist/edge/no-xml-parser.js'),
        ownDomain(publication.url),
      ),
    ),
    gitIgnore(dir),
  ];
  return files;
}

function isAlready(home: string, seeds: string): string {
  return `${home} is a folder of articles already, with a publication file; "dateline serve ${home}" takes it as it is; to deploy it move what is in it into ${seeds}, and run this again`;
}

/** The host of an address, unless it is one that Cloudflare gives to every worker. */
function ownDomain(url: string | undefined): string | undefined {
  const host = url === undefined ? '' : new URL(url).hostname;
  return /\.[a-z][a-z0-9-]+$/.test(host) && !host.endsWith('.workers.dev') ? host : undefined;
}

/** Writes the first of the names, unless there is a file of one of them. */
function findOr(dir: string, names: readonly [string, ...string[]], text: () => string): MadeFile {
  const there = names.find((name) => existsSync(join(dir, name)));
  if (there !== undefined) return { path: join(dir, there), isNew: false };
  const path = join(dir, names[0]);
  try {
    writeFileSync(path, text(), { flag: 'wx' });
    return { path, isNew: true };
  } catch (error) {
    // A link that leads nowhere is there, too.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return { path, isNew: false };
    throw error;
  }
}

/** A folder that has articles needs no first one. */
function firstArticle(articles: string, write: (articles: string) => string): MadeFile {
  const [first] = findSeeds(listFiles(articles, { onError: () => {} }));
  return first === undefined
    ? { path: write(articles), isNew: true }
    : { path: join(articles, first), isNew: false };
}

/** A file that is there may leave out what must not be committed; it is the publisher's to add that. */
function gitIgnore(dir: string): MadeFile {
  const made = findOr(dir, ['.gitignore'], () => `${ignored.join('\n')}\n`);
  if (made.isNew) return made;
  const names = new Set(textOf(made.path).split(/\r?\n/).map(plainName));
  const missing = ignored.filter((name) => !names.has(plainName(name)));
  return missing.length === 0 ? made : { ...made, note: `add ${missing.join(', ')} to it` };
}

function plainName(line: string): string {
  return line
    .trim()
    .replace(/^\/|\/\*?$/g, '')
    .replace(/\/$/, '');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
