import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../article/problem.ts';

/** The names of the publication file; the first that exists counts. */
export const publicationFiles = ['publication.yaml', 'publication.yml'];

/** Reports whether a folder has a publication file, with or without errors. */
export function hasPublicationFile(dir: string): boolean {
  return publicationFiles.some((name) => existsSync(join(dir, name)));
}

/**
 * Returns the file to name in a problem about a missing setting: the publication file or, if there is none, an article,
 * because a report cannot point into a file that does not exist.
 */
export function publicationFilePath(dir: string, articles: readonly { readonly file: string }[]): string {
  const own = publicationFiles.map((name) => join(dir, name)).find((file) => existsSync(file));
  return own ?? articles[0]?.file ?? dir;
}

/** Reports whether the publication file has errors. Time zone, addresses and ids of all articles are then guesses. */
export function hasBrokenPublication(problems: readonly Problem[], dir: string): boolean {
  return problems.some((problem) => isPublicationError(problem, dir));
}

export function isPublicationError({ severity, file }: Problem, dir: string): boolean {
  return severity === 'error' && publicationFiles.some((name) => file === join(dir, name));
}
