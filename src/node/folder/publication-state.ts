import { basename, join, resolve } from 'node:path';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Problem } from '../../article/problem.ts';
import { type PublicationFile, parsePublicationFile } from '../../publication/file/publication-file.ts';
import type { FolderReader } from '../disk/folder-reader.ts';

/** Settings that come from outside the publication file. */
export interface SiteOptions {
  /** The public address if the publication file sets none. */
  readonly url: string;
  /** Replaces the address of the publication file (`SITE_URL`). */
  readonly urlOverride?: string | undefined;
}

/** The current settings of a publication. While its file has errors, the last good settings apply. */
export interface PublicationState extends PublicationFile {
  readonly isSound: boolean;
  /** The text with these settings. */
  readonly text?: string | undefined;
  /** The name of the publication file, if it exists and is not empty. */
  readonly written?: string | undefined;
}

/** Reads the publication file `name` of a folder, or the defaults if it has none; `before` is the previous state. */
export function readPublicationState(
  dir: string,
  reader: FolderReader,
  name: string | undefined,
  options: SiteOptions,
  before: PublicationState | undefined,
): PublicationState {
  const { text, problem } = name === undefined ? {} : reader.read(name);
  const isEmpty = text?.trim() === '';
  if (before?.written !== undefined && (name === undefined || isEmpty)) {
    const file = join(dir, name ?? before.written);
    return { ...before, problems: [lostFile(file, isEmpty)], isSound: false };
  }
  const publication = parsePublicationFile(
    name === undefined || text === undefined ? undefined : { path: join(dir, name), text },
    omitUndefined({ title: basename(resolve(dir)) || 'Articles', ...options }),
  );
  const problems = (problem === undefined ? [] : [problem]).concat(publication.problems);
  const written = isEmpty ? undefined : name;
  if (problems.length > 0)
    return { ...(before ?? publication), problems, isSound: false, ...omitUndefined({ written }) };
  return { ...publication, problems, isSound: true, text, written };
}

/** A missing or empty publication file may be half saved. If it is not, known ids and addresses must not change. */
function lostFile(file: string, isEmpty: boolean): Problem {
  const what = isEmpty ? 'the file is empty' : 'the file is gone';
  const message = `${what}, and with it the ids and addresses that readers know; restore it, or restart to publish without it`;
  const code = isEmpty ? 'bad-yaml' : 'unreadable';
  return { file, line: 1, column: 1, severity: 'error', code, message };
}
