import type { Problem } from '../../article/problem.ts';
import type { Theme } from '../../publication/site.ts';
import type { FileStateChange } from '../disk/file-state.ts';
import type { FolderReader } from '../disk/folder-reader.ts';
import type { PendingFiles } from './changes/pending-files.ts';
import { publicationDebounce } from './debounce.ts';
import { publicationFiles } from './options/publication-file.ts';
import { type PublicationState, readPublicationState, type SiteOptions } from './publication-state.ts';

/** Reads the publication file and the theme of a folder, each again when it changes. */
export class SiteReader {
  readonly #dir: string;
  readonly #reader: FolderReader;
  readonly #options: SiteOptions;
  readonly #pending: PendingFiles | undefined;
  #publication: PublicationState | undefined;
  #theme: { readonly theme: Theme | undefined; readonly problems: readonly Problem[] } | undefined;

  constructor(dir: string, reader: FolderReader, options: SiteOptions, pending: PendingFiles | undefined) {
    this.#dir = dir;
    this.#reader = reader;
    this.#options = options;
    this.#pending = pending;
  }

  /** Reads what changed; `paths` are all files of the folder. */
  read(changes: readonly FileStateChange[], paths: readonly string[]): PublicationState {
    const publication = this.#readPublication(changes, paths);
    if (this.#theme === undefined || changes.some(({ path }) => path.startsWith('theme/')))
      this.#theme = readTheme(this.#reader, paths);
    const { theme, problems } = this.#theme;
    const site = theme === undefined ? publication.site : { ...publication.site, theme };
    return { ...publication, site, problems: publication.problems.concat(problems) };
  }

  #readPublication(changes: readonly FileStateChange[], paths: readonly string[]): PublicationState {
    const before = this.#publication;
    const change = changes.find(({ path }) => publicationFiles.includes(path));
    if (before !== undefined && change === undefined) return before;
    const name = paths.find((path) => publicationFiles.includes(path));
    const after = readPublicationState(this.#dir, this.#reader, name, this.#options, before);
    const isPending =
      before !== undefined &&
      change !== undefined &&
      this.#pending?.holds(change.path, () => publicationDebounce(before, after)) === true;
    if (isPending) return before;
    this.#publication = after;
    return after;
  }
}

/** The publisher's own parts of the pages. They are trusted input. */
const themeFiles: Readonly<Record<keyof Theme, string>> = {
  style: 'theme/style.css',
  header: 'theme/header.html',
  footer: 'theme/footer.html',
};

function readTheme(reader: FolderReader, paths: readonly string[]) {
  const problems: Problem[] = [];
  const theme: { -readonly [Part in keyof Theme]: Theme[Part] } = {};
  for (const part of ['style', 'header', 'footer'] as const) {
    if (!paths.includes(themeFiles[part])) continue;
    const { text, problem } = reader.read(themeFiles[part]);
    if (problem !== undefined) problems.push(problem);
    if (text !== undefined) theme[part] = text;
  }
  return { theme: Object.keys(theme).length === 0 ? undefined : theme, problems };
}
