import { readdirSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import type { Author } from '../../../article/author.ts';
import { readAuthorData } from '../../../article/front-matter/author-data.ts';
import type { AuthorKeys } from '../../../article/front-matter/people-and-tags.ts';
import { placesIn } from '../../../article/place.ts';
import { byPlace, type Problem } from '../../../article/problem.ts';
import { normalizeLines } from '../../../article/seed/lines.ts';
import type { FileStateChange } from '../../disk/file-state.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';
import { pathPrefix } from '../../disk/list-folder.ts';
import { type ReadText, readText } from '../../disk/read-text.ts';
import { siteRootFolder } from '../../disk/served-file.ts';
import type { PendingFiles } from '../changes/pending-files.ts';
import { foldersUpwards } from './site-settings.ts';

/** A data file with authors, and the folder whose articles may name them, with `/` at its end. */
interface AuthorFile {
  readonly prefix: string;
  readonly authors: ReadonlyMap<string, Author>;
  readonly problems: readonly Problem[];
}

/** Milliseconds for which a file that is written in place must stay unchanged. */
const authorsDebounce = 300;

/**
 * The data files that name authors by keys: `authors.yml` of Docusaurus, `_data/authors.yml` of Jekyll, Eleventy and
 * Hexo, `data/authors.toml` of Hugo, `content/authors/ana.json` of Astro and Nuxt. Those above the folder of articles
 * are read once, like the settings of a site.
 */
export class AuthorFiles {
  readonly #dir: string;
  readonly #prefix: string;
  readonly #folder: FolderReader;
  readonly #pending: PendingFiles | undefined;
  /** By path inside the folder. */
  readonly #files = new Map<string, AuthorFile>();
  #paths: readonly string[] = [];
  #around: ReadonlyMap<string, AuthorFile> | undefined;
  /** What the articles of a folder may name, by its path. */
  readonly #known = new Map<string, AuthorKeys | undefined>();

  constructor(dir: string, folder: FolderReader, pending: PendingFiles | undefined) {
    this.#dir = dir;
    this.#prefix = pathPrefix(dir);
    this.#folder = folder;
    this.#pending = pending;
  }

  get problems(): readonly Problem[] {
    const all = [...this.#files.values(), ...(this.#around?.values() ?? [])];
    return all.flatMap(({ problems }) => problems).toSorted(byPlace);
  }

  /**
   * Reads the files that changed, or all of them at first. `paths` lists all files of the folder if files were added or
   * removed. Returns the path prefixes of the articles whose authors may have changed.
   */
  update(changes: readonly FileStateChange[], paths: readonly string[] | undefined): readonly string[] {
    const isFirst = this.#around === undefined;
    this.#around ??= filesAbove(this.#dir);
    if (paths !== undefined) this.#paths = paths.filter((path) => describe(path) !== undefined);
    const affected: string[] = [];
    for (const [path, { prefix }] of this.#files) {
      if (this.#paths.includes(path)) continue;
      this.#files.delete(path);
      affected.push(prefix);
    }
    const changed = new Set(changes.map(({ path }) => path));
    for (const path of this.#paths) {
      const before = this.#files.get(path);
      if (before !== undefined && !changed.has(path)) continue;
      const { text, file } = readFile(this.#prefix + path, path, this.#folder.read(path), before);
      const debounce = () => ({ milliseconds: authorsDebounce, text });
      if (!isFirst && this.#pending?.holds(path, debounce) === true) continue;
      this.#files.set(path, file);
      affected.push(file.prefix);
    }
    if (affected.length > 0) this.#known.clear();
    return affected;
  }

  /** Returns the authors that the article at a path may name by keys; `undefined` if no file lists any. */
  of(path: string): AuthorKeys | undefined {
    if (this.#files.size === 0 && this.#around?.size === 0) return undefined;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (!this.#known.has(folder)) this.#known.set(folder, this.#knownIn(folder));
    return this.#known.get(folder);
  }

  #knownIn(folder: string): AuthorKeys | undefined {
    const inside = [...this.#files]
      .filter(([, { prefix, authors }]) => authors.size > 0 && folder.startsWith(prefix))
      .toSorted(([, a], [, b]) => b.prefix.length - a.prefix.length)
      .map(([path, file]) => [this.#prefix + path, file] as const);
    const all = [...inside, ...(this.#around ?? [])].filter(([, { authors }]) => authors.size > 0);
    const [nearest] = all;
    if (nearest === undefined) return undefined;
    // The nearest file wins.
    return { file: nearest[0], byKey: new Map(all.toReversed().flatMap(([, { authors }]) => [...authors])) };
  }
}

const endings = 'ya?ml|json|toml';
/** Where frameworks keep data, and the collections of their content. */
const dataFolders = ['', '_data/', 'data/', 'content/', 'src/_data/', 'src/data/', 'src/content/', 'source/_data/'];
const dataFile = new RegExp(
  `^((?:[^/]+/)*?)(?:${dataFolders.filter((folder) => folder !== '').join('|')})?authors(?:/([^/.]+))?\\.(${endings})$`,
  'i',
);

/** Describes a path by its name, if it may be a data file with authors. */
function describe(path: string): { prefix: string; key: string | undefined; isToml: boolean } | undefined {
  if (!path.includes('authors') || path.startsWith(siteRootFolder)) return undefined;
  const [isFile, prefix = '', key, ending] = dataFile.exec(path) ?? [];
  // In such a folder, these are Eleventy's data for its pages.
  if (isFile === undefined || key === 'authors' || key === 'index') return undefined;
  return { prefix, key, isToml: ending === 'toml' };
}

/**
 * Parses a data file; `path` is the part of its path that describes it. After an error, the authors of `before` stay.
 */
function readFile(
  shown: string,
  path: string,
  { text = '', problem }: ReadText,
  before?: AuthorFile,
): { text: string; file: AuthorFile } {
  const { prefix = '', key, isToml = false } = describe(path) ?? {};
  const problems: Problem[] = problem === undefined ? [] : [problem];
  const source = normalizeLines(text);
  const placeOf = placesIn(source);
  const authors = readAuthorData(source, { isToml, key }, (severity, code, offset, message) => {
    problems.push({ file: shown, ...placeOf(Math.max(0, offset)), severity, code, message });
  });
  return { text, file: { prefix, authors: authors ?? before?.authors ?? new Map(), problems } };
}

/** Reads the files above the folder of articles, the nearest first. */
function filesAbove(dir: string): ReadonlyMap<string, AuthorFile> {
  const found = new Map<string, AuthorFile>();
  const own = pathPrefix(resolve(dir));
  for (const folder of foldersUpwards(dir).slice(1))
    for (const data of dataFolders)
      for (const path of [...namesIn(join(folder, data)), ...namesIn(join(folder, data, 'authors'), 'authors/')]) {
        const shown = join(folder, data, path);
        // Like the settings of the site, they may be anywhere.
        if (describe(path) !== undefined && !shown.startsWith(own))
          found.set(shown, readFile(shown, path, readText(shown, parse(resolve(shown)).root)).file);
      }
  return found;
}

/** Lists the names in a folder, each after `prefix`; none if it is not one. */
function namesIn(folder: string, prefix = ''): string[] {
  try {
    return readdirSync(folder)
      .map((name) => prefix + name)
      .filter((path) => path.startsWith('authors'));
  } catch {
    return [];
  }
}
