import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Instant } from '../../article/article.ts';
import { readFrontMatter } from '../../article/front-matter/front-matter.ts';
import { readMetadata } from '../../article/front-matter/metadata.ts';
import { normalizeLines } from '../../article/seed/lines.ts';
import { isAbsoluteIri, mintSuffix } from '../../article/seed/seed-id.ts';
import { mintId } from '../../publication/site/identity.ts';
import type { Site } from '../../publication/site/site.ts';
import { listFiles } from '../disk/list-folder.ts';
import { readText } from '../disk/read-text.ts';
import { findSeeds } from '../disk/seed-paths.ts';
import { createFileAsync, makeFolder, nameFile } from '../disk/write/write-file.ts';
import { hasBrokenPublication } from '../folder/options/publication-file.ts';
import { SeedFolder } from '../folder/seed-folder.ts';

/** The properties that identify an article. */
export interface KnownArticle {
  readonly file: string;
  readonly title?: string | undefined;
  readonly url?: string | undefined;
  readonly published?: Instant;
  /** True for a draft, a broken article, or one whose id another has. */
  readonly isUnpublished?: true;
}

/** The folder of an import: its existing articles and its free file names. */
export class ImportFolder {
  readonly dir: string;
  readonly site: Site;
  /** By id. */
  readonly #known = new Map<string, KnownArticle>();
  /** The names in each folder, in lower case, since some disks ignore case. */
  readonly #names = new Map<string, Set<string>>();

  constructor(dir: string, defaultUrl: string) {
    this.dir = dir;
    const reading = new SeedFolder(dir, { url: defaultUrl }).read();
    // Ids and languages depend on the publication file.
    if (hasBrokenPublication(reading.problems, dir))
      throw new Error('the publication file has errors; fix it first (dateline check)');
    this.site = reading.site;
    for (const { file, source } of reading.articles) {
      const { id, title, permalink, published } = source.head;
      this.#known.set(id, { file, title, url: permalink, published });
    }
    const published = new Set(reading.articles.map(({ file }) => file));
    const paths = listFiles(dir, { onError: () => {} });
    for (const path of findSeeds(paths)) {
      const file = join(dir, path);
      if (!published.has(file)) this.#readUnpublished(file);
    }
  }

  /** Returns the id of an article from the id in its front matter. */
  idOf(written: string): string {
    return isAbsoluteIri(written) ? written : mintId(this.site.id, mintSuffix(written));
  }

  article(id: string): KnownArticle | undefined {
    return this.#known.get(id);
  }

  add(id: string, article: KnownArticle): void {
    this.#known.set(id, article);
  }

  /**
   * Reserves a path in an inner folder, with a number added if the name is taken. Returns a taken path if the caller
   * can share it.
   */
  freePath(folder: string, name: string, ending: string, canShare: (path: string) => boolean = () => false): string {
    const taken = this.#names.get(folder) ?? namesIn(join(this.dir, folder));
    this.#names.set(folder, taken);
    const pathOf = (free: string): string => `${folder === '' ? '' : `${folder}/`}${free}${ending}`;
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()) && !canShare(pathOf(free)); number++) free = `${name}-${number}`;
    taken.add(free.toLowerCase());
    return pathOf(free);
  }

  /** Writes a file. Rejects if it exists. */
  async write(path: string, text: string): Promise<void> {
    const file = join(this.dir, path);
    makeFolder(dirname(file));
    await createFileAsync(file, text);
  }

  /**
   * Gives a finished part file a free name, as {@link freePath} does, and returns its path. An existing
   * file with that name and the same bytes is used instead: an interrupted import may have left it.
   */
  adopt(part: string, folder: string, name: string, ending: string): string {
    let isHere = false;
    const path = this.freePath(folder, name, ending, (taken) => {
      isHere = hasSameBytes(part, join(this.dir, taken));
      return isHere;
    });
    if (!isHere) nameFile(part, join(this.dir, path));
    return path;
  }

  /** Records the id of a file that gave no article. */
  #readUnpublished(file: string): void {
    const text = normalizeLines(readText(file, this.dir).text ?? '');
    const front = readFrontMatter(text, () => {});
    if (front === undefined || front === 'broken') return;
    const { id, url, title } = readMetadata(front.table, { timezone: 'UTC', hasDateInPath: () => true }, () => {});
    const known = id === undefined ? url : this.idOf(id);
    if (known === undefined || this.#known.has(known)) return;
    this.#known.set(known, { file, isUnpublished: true, title, url });
  }
}

/** Lists names without endings, since `a.md` and `a.txt` would have the same address. */
function namesIn(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  return new Set(readdirSync(folder).map((name) => name.replace(/\.[^.]*$/, '').toLowerCase()));
}

function hasSameBytes(one: string, other: string): boolean {
  const stats = statSync(other, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size !== statSync(one).size) return false;
  return readFileSync(one).equals(readFileSync(other));
}
