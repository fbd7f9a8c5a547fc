import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Problem } from '../../article/problem.ts';
import { type PublicationFile, parsePublicationFile } from '../../publication/file/publication-file.ts';
import type { Listed } from '../disk/list-files.ts';
import { readText } from '../disk/read-text.ts';
import { KeptText } from './kept-texts.ts';
import { publicationFiles } from './seen-changes.ts';

export interface FolderOptions {
  /** The folder's paths, if it has been listed before it is first read. */
  readonly listed?: Listed;
  /** The public address of a publication that names none. */
  readonly url: string;
  /** Takes the place of the one that it names (`SITE_URL`). */
  readonly urlOverride?: string;
  /** Whether a file that may be half written is waited for, as whoever reads the folder again can. */
  readonly waits?: boolean;
}

/** What is known of the publication file. */
export interface KnownPublication extends PublicationFile {
  readonly isSound: boolean;
  /** The text that says so. */
  readonly text?: KeptText;
  /** Its name, where it is there and says anything. */
  readonly written?: string;
}

/** Reads the publication file among the `paths` of a folder, `before` what was known of it, which holds while there are errors. */
export function readKnownPublication(
  dir: string,
  paths: readonly string[],
  { url, urlOverride }: FolderOptions,
  before: KnownPublication | undefined,
): KnownPublication {
  const name = paths.find((path) => publicationFiles.includes(path));
  const defaults = omitUndefined({ title: basename(resolve(dir)) || 'Articles', url, urlOverride });
  const file = name === undefined ? undefined : readText(join(dir, name));
  if (before?.written !== undefined && (name === undefined || file?.text?.trim() === '')) {
    const problem = lost(join(dir, name ?? before.written), name !== undefined);
    return { ...before, problems: [problem], isSound: false };
  }
  const publication = parsePublicationFile(
    name === undefined || file?.text === undefined ? undefined : { path: join(dir, name), text: file.text },
    defaults,
  );
  const problems = [...(file?.problem === undefined ? [] : [file.problem]), ...publication.problems];
  const written = name === undefined || file?.text?.trim() === '' ? {} : { written: name };
  if (problems.length > 0) return { ...(before ?? publication), problems, isSound: false, ...written };
  const text = file?.text === undefined ? {} : { text: new KeptText(Buffer.from(file.text)) };
  return { ...publication, problems, isSound: true, ...text, ...written };
}

/**
 * The file at fault for what a publication does not say: its own, or where it has none, one of its articles, since a place
 * that is not there is shown by nobody.
 */
export function publicationFileIn(dir: string, articles: readonly { readonly file: string }[]): string {
  const own = publicationFiles.map((name) => join(dir, name)).find((file) => existsSync(file));
  return own ?? articles[0]?.file ?? dir;
}

/** A publication file that says wrong things may say a wrong beginning of ids, too. */
export function hasBrokenPublication(problems: readonly Problem[], dir: string): boolean {
  return problems.some((problem) => isOfPublication(problem, dir));
}

/** Tells an error of the publication file, with which zone, address and ids of every article are guesses. */
export function isOfPublication({ severity, file }: Problem, dir: string): boolean {
  return severity === 'error' && publicationFiles.some((name) => file === join(dir, name));
}

/**
 * A publication file that is gone or empty may be half saved, and where it is not, the ids and addresses that readers know
 * must not hang on it.
 */
function lost(file: string, isEmpty: boolean): Problem {
  const what = isEmpty ? 'the file is empty' : 'the file is gone';
  const message = `${what}, and with it the ids and addresses that readers know; write it again, or start anew to publish without it`;
  const code = isEmpty ? 'bad-yaml' : 'unreadable';
  return { file, line: 1, column: 1, severity: 'error', code, message };
}
