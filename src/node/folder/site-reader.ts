import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { placesIn } from '../../article/place.ts';
import { type Problem, quote } from '../../article/problem.ts';
import type { Theme } from '../../publication/site/site.ts';
import { placeholders, slotFiles, wrongPlaceholders } from '../../publication/site/slots.ts';
import type { FileStateChange } from '../disk/file-state.ts';
import { FolderReader } from '../disk/folder-reader.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { PendingFiles } from './changes/pending-files.ts';
import { publicationDebounce } from './debounce.ts';
import { publicationFiles, publicationHome } from './options/publication-file.ts';
import { type PublicationState, readPublicationState, type SiteOptions } from './publication-state.ts';
import { SectionPages } from './rules/section-pages.ts';

/** A folder around that of the articles, with the publication file. */
interface Around {
  readonly home: string;
  readonly reader: FolderReader;
}

/** Reads the publication file and the theme of a folder, each again when it changes. */
export class SiteReader {
  readonly #dir: string;
  readonly #reader: FolderReader;
  readonly #options: SiteOptions;
  readonly #pending: PendingFiles | undefined;
  readonly #around: Around | undefined;
  /** The state of the publication file there when it was last read. */
  #stamp = '';
  #publication: PublicationState | undefined;
  readonly #sections = new SectionPages();
  #theme: { readonly theme: Theme | undefined; readonly problems: readonly Problem[] } | undefined;

  constructor(dir: string, reader: FolderReader, options: SiteOptions, pending: PendingFiles | undefined) {
    this.#dir = dir;
    this.#reader = reader;
    this.#options = options;
    this.#pending = pending;
    const home = publicationHome(dir);
    this.#around = home === dir ? undefined : { home, reader: new FolderReader(home) };
  }

  /** Reads what changed; `paths` are all files of the folder. */
  read(changes: readonly FileStateChange[], paths: readonly string[]): PublicationState {
    const publication =
      this.#around === undefined ? this.#readPublication(changes, paths) : this.#readAround(this.#around);
    if (this.#theme === undefined || changes.some(({ path }) => path.startsWith('theme/')))
      this.#theme = readTheme(pathPrefix(this.#dir), this.#reader, paths);
    const { theme, problems } = this.#theme;
    const folder = this.#sections.read(this.#reader, changes, paths, publication.site.url);
    const site = {
      ...publication.site,
      ...(theme !== undefined && { theme }),
      ...(folder.length > 0 && { described: { ...publication.site.described, folder } }),
    };
    return { ...publication, site, problems: publication.problems.concat(problems) };
  }

  /** The file is not watched together with the articles, so it is looked at whenever they are read. */
  #readAround({ home, reader }: Around): PublicationState {
    const before = this.#publication;
    const name = publicationFiles.find((path) => existsSync(join(home, path)));
    const stats = name === undefined ? undefined : statSync(join(home, name), { throwIfNoEntry: false });
    const stamp = `${name} ${stats?.size} ${stats?.mtimeMs}`;
    if (before !== undefined && stamp === this.#stamp) return before;
    this.#stamp = stamp;
    this.#publication = readPublicationState(home, reader, name, this.#options, before);
    reader.close();
    return this.#publication;
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
const themeFiles: Readonly<Record<keyof Theme, string>> = { style: 'style.css', ...slotFiles };

function readTheme(prefix: string, reader: FolderReader, paths: readonly string[]) {
  const problems: Problem[] = [];
  const theme: { -readonly [Part in keyof Theme]: Theme[Part] } = {};
  for (const part of Object.keys(themeFiles) as (keyof Theme)[]) {
    const file = `theme/${themeFiles[part]}`;
    if (!paths.includes(file)) continue;
    const { text, problem } = reader.read(file);
    if (problem !== undefined) problems.push(problem);
    if (text === undefined) continue;
    theme[part] = text;
    if (part !== 'style') problems.push(...placeholderProblems(prefix + file, text));
  }
  return { theme: Object.keys(theme).length === 0 ? undefined : theme, problems };
}

function placeholderProblems(file: string, text: string): Problem[] {
  const placeOf = placesIn(text);
  return wrongPlaceholders(text).map(({ text: written, at }) => ({
    ...{ file, ...placeOf(at), severity: 'warning', code: 'unknown-placeholder' },
    message: `${quote(written)} is unknown and is shown as it is; the placeholders are ${placeholders.join(', ')}`,
  }));
}
