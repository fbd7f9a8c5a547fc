import { join } from 'node:path';
import type { FindFile } from '../article/article.ts';
import { type ParsedSeed, parseSeed } from '../article/parse.ts';
import { articlePath } from '../publication/address.ts';
import { mintId } from '../publication/identity.ts';
import type { Site } from '../publication/site.ts';
import type { ArticleFiles } from './article-files.ts';
import { readText } from './read-text.ts';
import { hasErrors } from './report.ts';
import type { Candidate } from './unique-articles.ts';

/** A seed as it was read, and what it would publish: what it says, or what it last said well. */
export interface KnownSeed {
  readonly parsed: ParsedSeed;
  readonly candidate?: Candidate;
}

/** Reads the seed at a path of a folder, `before` what was known of it. */
export function readSeed(
  dir: string,
  path: string,
  site: Site,
  files: ArticleFiles,
  before: KnownSeed | undefined,
): KnownSeed {
  const file = join(dir, path);
  const { text, problem } = readText(file);
  const parsed: ParsedSeed =
    problem === undefined && text !== undefined
      ? shownAs(file, parseSeed({ path, text }, parseOptions(site, files.finder(path, site.url))))
      : { problems: problem === undefined ? [] : [problem] };
  const { source, elsewhere, isIdWritten = false } = parsed;
  if (source !== undefined) {
    const other = elsewhere === undefined ? {} : { elsewhere };
    return { parsed, candidate: { file, source, isIdWritten, ...other, kept: false } };
  }
  // What has become a draft is not published on, what has become wrong is.
  if (!hasErrors(parsed.problems) || before?.candidate === undefined) return { parsed };
  return { parsed, candidate: { ...before.candidate, kept: true } };
}

/** A seed is read by its path in the folder, on which its id depends, and shown by the path that leads to it from here. */
function shownAs(file: string, parsed: ParsedSeed): ParsedSeed {
  return { ...parsed, problems: parsed.problems.map((problem) => ({ ...problem, file })) };
}

/** How the seeds of a site are read. */
export function parseOptions(
  { timezone, url, id }: Site,
  findFile: FindFile,
): Parameters<typeof parseSeed>[1] {
  return {
    findFile,
    timezone,
    articleUrl: (slug) => folderOf(url) + articlePath(slug),
    mintId: (slug) => mintId(id, slug),
  };
}

let known = { url: '', folder: '' };

/** Below which a site's paths stand, as {@link URL} resolves them; remembered, for all of its articles ask. */
function folderOf(url: string): string {
  if (known.url !== url) known = { url, folder: new URL('.', url).href };
  return known.folder;
}
