import type { Problem } from '../../article/problem.ts';
import type { Site, Theme } from '../../publication/site.ts';
import type { FileChange } from '../disk/listed-file.ts';
import { type FolderOptions, type KnownPublication, readKnownPublication } from './known-publication.ts';
import { publicationFiles } from './seen-changes.ts';
import { readTheme } from './theme-files.ts';
import { restOfPublication, type UnfinishedFiles } from './unfinished-files.ts';

/** What the publication file of a folder and its theme say, each read again when it changed. */
export class FolderSite {
  readonly #dir: string;
  readonly #options: FolderOptions;
  readonly #unfinished: UnfinishedFiles | undefined;
  #publication: KnownPublication | undefined;
  #theme: { readonly theme: Theme | undefined; readonly problems: readonly Problem[] } | undefined;

  constructor(dir: string, options: FolderOptions, unfinished: UnfinishedFiles | undefined) {
    this.#dir = dir;
    this.#options = options;
    this.#unfinished = unfinished;
  }

  /** Reads what changed of them; `paths` are those of all files. */
  read(changes: readonly FileChange[], paths: readonly string[]): KnownPublication {
    const publication = this.#readPublication(changes, paths);
    if (this.#theme === undefined || changes.some(({ path }) => path.startsWith('theme/'))) {
      const problems: Problem[] = [];
      this.#theme = { theme: readTheme(this.#dir, paths, problems), problems };
    }
    const { theme, problems } = this.#theme;
    const site = theme === undefined ? publication.site : { ...publication.site, theme };
    return { ...publication, site, problems: publication.problems.concat(problems) };
  }

  #readPublication(changes: readonly FileChange[], paths: readonly string[]): KnownPublication {
    const before = this.#publication;
    const change = changes.find(({ path }) => publicationFiles.includes(path));
    if (before !== undefined && change === undefined) return before;
    const after = readKnownPublication(this.#dir, paths, this.#options, before);
    const isUnfinished =
      before !== undefined &&
      change !== undefined &&
      this.#unfinished?.waits(change.path, () => restOfPublication(before, after)) === true;
    if (isUnfinished) return before;
    this.#publication = after;
    return after;
  }
}

/** Tells whether seeds are read in another way by what one site says than by the other. */
export function isReadAnother(a: Site, b: Site): boolean {
  return a.timezone !== b.timezone || a.url !== b.url || a.id !== b.id;
}
