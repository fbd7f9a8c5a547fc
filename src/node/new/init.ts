import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../disk/list-folder.ts';
import { findSeeds } from '../disk/seed-paths.ts';
import { codeOf } from '../disk/write/file-error.ts';
import { removeLeftovers } from '../disk/write/temporary-names.ts';
import { createFile, inFolder } from '../disk/write/write-file.ts';
import { findPublication } from '../folder/options/articles-folder.ts';
import { packagePath, schemaFiles } from './package-path.ts';
import { type NewPublication, publicationText } from './publication-template.ts';
import { type WorkerFolders, wranglerText } from './wrangler-template.ts';

/** A file that `init` wrote, or kept as it was. */
export interface InitFile {
  readonly path: string;
  readonly isNew: boolean;
  /** Advice about a kept file. */
  readonly note?: string;
}

/** The settings of a new publication and its folder. */
export interface NewFolder extends Omit<NewPublication, 'schema'> {
  /** The name of the worker. */
  readonly worker: string;
  /** The folder of articles, inside the folder. */
  readonly seeds: string;
}

/**
 * Sets up a folder for writing and deploying: a publication file, a first article, which `writeFirst` writes into the
 * folder of articles, and files for wrangler and git. Existing files never change.
 */
export function initFolder(
  dir: string,
  { seeds, worker, ...publication }: NewFolder,
  writeFirst: (seeds: string) => string,
): readonly InitFile[] {
  const home = findPublication(dir);
  // A publication inside another would be published with it.
  if (home !== undefined) throw new Error(nestedMessage(home, join(home, seeds)));
  const articles = join(dir, seeds);
  const schema = packagePath(articles, schemaFiles.publication, dir);
  return inFolder(articles, () => {
    removeLeftovers(dir);
    removeLeftovers(articles);
    return [
      writeIfMissing(articles, ['publication.yaml', 'publication.yml'], () =>
        publicationText({ ...publication, schema }),
      ),
      firstArticle(articles, writeFirst),
      ...workerFiles(dir, worker, publication.url),
    ];
  });
}

/** Writes the files for wrangler and git. */
export function workerFiles(
  dir: string,
  worker: string,
  url: string | undefined,
  folders?: WorkerFolders,
): readonly InitFile[] {
  const text = (): string =>
    wranglerText(
      worker,
      packagePath(dir, 'dist/edge/worker.js').replace(/^\.\//, ''),
      packagePath(dir, 'dist/edge/no-xml-parser.js'),
      ownDomain(url),
      folders,
    );
  return [writeIfMissing(dir, ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'], text), gitIgnore(dir)];
}

function nestedMessage(home: string, seeds: string): string {
  return `${home} is already a folder of articles with a publication file; "dateline serve ${home}" serves it as it is; to deploy it, move its files into ${seeds} and run this again`;
}

/** Returns the host of a URL, unless it is a workers.dev host. */
function ownDomain(url: string | undefined): string | undefined {
  const host = hostOf(url);
  return /\.[a-z][a-z0-9-]+$/.test(host) && !host.endsWith('.workers.dev') ? host : undefined;
}

/** Returns the host of a URL, or an empty string. */
export function hostOf(url: string | undefined): string {
  return url === undefined ? '' : new URL(url).hostname;
}

/** Writes a file with the first name, unless a file with any of the names exists. */
export function writeIfMissing(dir: string, names: readonly [string, ...string[]], text: () => string): InitFile {
  const existing = names.find((name) => existsSync(join(dir, name)));
  if (existing !== undefined) return { path: join(dir, existing), isNew: false };
  const path = join(dir, names[0]);
  try {
    createFile(path, text());
    return { path, isNew: true };
  } catch (error) {
    // A broken link exists, too.
    if (codeOf(error) === 'EEXIST') return { path, isNew: false };
    throw error;
  }
}

/** Writes a first article, unless the folder has one. */
function firstArticle(articles: string, write: (articles: string) => string): InitFile {
  const [first] = findSeeds(listFiles(articles, { onError: () => {} }));
  return first === undefined ? { path: write(articles), isNew: true } : { path: join(articles, first), isNew: false };
}

/**
 * Writes .gitignore. For an existing file, the note lists the missing lines, which are left to the publisher to add.
 */
function gitIgnore(dir: string): InitFile {
  const made = writeIfMissing(dir, ['.gitignore'], () => `${ignored.join('\n')}\n`);
  if (made.isNew) return made;
  const names = new Set(textOf(made.path).split(/\r?\n/).map(plainName));
  const missing = ignored.filter((name) => !names.has(plainName(name)));
  return missing.length === 0 ? made : { ...made, note: `add ${missing.join(', ')} to it` };
}

/** Paths that git ignores. */
const ignored = ['node_modules/', 'dist/', '.wrangler/'];

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
