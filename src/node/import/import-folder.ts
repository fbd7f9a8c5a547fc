import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFrontMatter } from '../../article/front-matter/front-matter.ts';
import { readMetadata } from '../../article/front-matter/metadata.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { isAbsoluteIri, mintSuffix } from '../../article/seed/seed-id.ts';
import { normalizeLines } from '../../article/seed/lines.ts';
import { mintId } from '../../publication/identity.ts';
import type { Site } from '../../publication/site.ts';
import { listFiles } from '../disk/list-files.ts';
import { readText } from '../disk/read-text.ts';
import { seedsAmong } from '../disk/seed-files.ts';
import { hasBrokenPublication } from '../folder/known-publication.ts';
import { SeedFolder } from '../folder/seed-folder.ts';

/** What is known of an article by which it is told from another. */
export interface KnownArticle {
  readonly file: string;
  readonly title?: string;
  readonly url?: string;
  /** A draft, or an article that is broken or stands behind another. */
  readonly isUnpublished?: true;
}

/** The folder into which items come: what is there already, and names that are free. */
export class ImportFolder {
  readonly dir: string;
  readonly site: Site;
  /** By id. */
  readonly #known = new Map<string, KnownArticle>();
  /** The names in each folder, in one case of letters, since some disks know but one. */
  readonly #names = new Map<string, Set<string>>();

  constructor(dir: string, defaultUrl: string) {
    this.dir = dir;
    const reading = new SeedFolder(dir, { url: defaultUrl }).read();
    // It says how ids begin and what language is meant.
    if (hasBrokenPublication(reading.problems, dir))
      throw new Error('the publication file has errors; mend it first (dateline check)');
    this.site = reading.site;
    for (const { file, source } of reading.articles) {
      const { id, title, permalink } = source.head;
      this.#known.set(id, { file, title, url: permalink });
    }
    const published = new Set(reading.articles.map(({ file }) => file));
    const paths = listFiles(dir, { fail: () => {} });
    for (const path of seedsAmong(paths)) {
      const file = join(dir, path);
      if (!published.has(file)) this.#readUnpublished(file);
    }
  }

  /** The id that an article has whose front matter says `written`. */
  idOf(written: string): string {
    return isAbsoluteIri(written) ? written : mintId(this.site.id, mintSuffix(written));
  }

  article(id: string): KnownArticle | undefined {
    return this.#known.get(id);
  }

  /** Takes down an article that is there from now on. */
  add(id: string, article: KnownArticle): void {
    this.#known.set(id, article);
  }

  /** Finds a path for a name in a folder inside this one, with a number where the name is taken, and keeps it. */
  freePath(folder: string, name: string, ending: string): string {
    const taken = this.#names.get(folder) ?? namesIn(join(this.dir, folder));
    this.#names.set(folder, taken);
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}-${number}`;
    taken.add(free.toLowerCase());
    return `${folder === '' ? '' : `${folder}/`}${free}${ending}`;
  }

  /** Writes a file that isn't there yet. */
  write(path: string, text: string): void {
    const file = join(this.dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }

  /** Drafts, and articles that are broken or stand behind others, have ids as well. */
  #readUnpublished(file: string): void {
    const text = normalizeLines(readText(file).text ?? '');
    const front = readFrontMatter(text, () => {});
    if (front === undefined || front === 'broken') return;
    const { id, url, title } = readMetadata(front.table, { timezone: 'UTC', hasDateInPath: true }, () => {});
    const known = id === undefined ? url : this.idOf(id);
    if (known === undefined || this.#known.has(known)) return;
    this.#known.set(known, omitUndefined({ file, isUnpublished: true, title, url }));
  }
}

/** Names without endings: `a.md` and `a.txt` would share an address. */
function namesIn(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  return new Set(readdirSync(folder).map((name) => name.replace(/\.[^.]*$/, '').toLowerCase()));
}
