import { lstatSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ArticleSource, FindFile, Instant } from '../article/article.ts';
import { instantOf } from '../article/date.ts';
import { type ParsedSeed, parseSeed } from '../article/parse.ts';
import type { Problem } from '../article/problem.ts';
import { articlePath } from '../publication/address.ts';
import { mintId } from '../publication/identity.ts';
import { type PublicationFile, parsePublicationFile } from '../publication/publication-file.ts';
import type { Site } from '../publication/site.ts';
import { ArticleFiles } from './article-files.ts';
import { listFiles } from './list-files.ts';
import { changeOf, readText, unreadable } from './read-text.ts';
import { hasErrors } from './report.ts';
import { seedsAmong } from './seed-files.ts';
import { readTheme } from './theme-files.ts';
import { type Candidate, uniqueArticles } from './unique-articles.ts';

/** What a folder of articles holds at one moment. */
export interface FolderReading extends PublicationFile {
  /** The articles that can be published, in the order of their files' names. */
  readonly sources: readonly ArticleSource[];
  /** The same articles, each with its file. */
  readonly articles: readonly Candidate[];
  /** When the folder last changed, by the dates of its files and folders, as the end of that second. */
  readonly changed: Instant;
  /** The files of articles that are as they were when they could last be published. */
  readonly kept: readonly string[];
  /** What lies beside the articles. */
  readonly files: ArticleFiles;
}

export interface FolderOptions {
  /** The public address of a publication that names none. */
  readonly url: string;
  /** Takes the place of the one that it names (`SITE_URL`). */
  readonly urlOverride?: string;
}

interface KnownSeed {
  /** Changes when the file does. */
  readonly stamp: string;
  readonly parsed: ParsedSeed;
  /** The article as it was when the file could last be published, and under its other address. */
  readonly lastGood?: Pick<Candidate, 'source' | 'elsewhere' | 'isIdWritten'>;
}

/**
 * A folder of articles on this machine's disk.
 *
 * Reading it again parses only the files that changed, and keeps the last good version of an article whose file went
 * bad.
 */
export class SeedFolder {
  readonly #dir: string;
  readonly #options: FolderOptions;
  readonly #files: ArticleFiles;
  /** Changes when a file beside the articles does; what an article says of its pictures may then be another thing. */
  #media = '';
  #known = new Map<string, KnownSeed>();
  #site = '';
  /** The files whose articles the last reading published. */
  #published: ReadonlySet<string> = new Set();

  constructor(dir: string, options: FolderOptions) {
    this.#dir = dir;
    this.#options = options;
    this.#files = new ArticleFiles(dir);
  }

  /** Reads the folder; what is wrong with a file is a problem, what is wrong with the folder itself an error. */
  read(): FolderReading {
    const problems: Problem[] = [];
    const unlisted: Problem[] = [];
    const now = Date.now();
    let changed = 0;
    const paths = listFiles(this.#dir, {
      // A folder has the date at which a file in it came or went.
      enter: (path) => {
        changed = Math.max(changed, changeOf(path, now));
      },
      fail: (folder, error) => unlisted.push(unreadable(folder, error)),
    });
    const publication = this.#readPublicationFile(paths, problems);
    const isSound = problems.length === 0;
    const theme = readTheme(this.#dir, paths, problems);
    // Another zone, address or id base means another reading of every seed.
    const { timezone, url, id } = publication.site;
    const site = JSON.stringify([timezone, url, id]);
    const before = site === this.#site ? this.#known : new Map<string, KnownSeed>();
    const seeds = new Map<string, KnownSeed>();
    for (const path of paths) changed = Math.max(changed, changeOf(join(this.#dir, path), now));
    this.#media = this.#files.stamp(paths);
    for (const path of seedsAmong(paths)) {
      const seed = this.#readSeed(path, publication.site, before.get(path));
      if (seed !== undefined) seeds.set(path, seed);
    }
    // A broken publication file says nothing of the seeds: what was known of them holds when it is mended.
    if (isSound) {
      this.#known = seeds;
      this.#site = site;
    }
    const candidates = [...seeds].flatMap(([path, { parsed, lastGood }]) =>
      lastGood === undefined
        ? []
        : [{ file: join(this.#dir, path), ...lastGood, kept: parsed.source === undefined }],
    );
    const unique = uniqueArticles(candidates, this.#published);
    this.#published = new Set(unique.articles.map(({ file }) => file));
    // Not pushed one by one: a folder can have more problems than a call takes arguments.
    const all = problems.concat(
      unlisted,
      [...seeds.values()].flatMap(({ parsed }) => parsed.problems),
      unique.problems,
    );
    return {
      ...publication,
      ...(theme === undefined ? {} : { site: { ...publication.site, theme } }),
      sources: unique.articles.map(({ source }) => source),
      articles: unique.articles,
      files: this.#files,
      kept: unique.articles.flatMap(({ file, kept }) => (kept ? [file] : [])),
      changed: instantOf(changed) ?? '',
      problems: all.toSorted(byPlace),
    };
  }

  #readPublicationFile(paths: readonly string[], problems: Problem[]): PublicationFile {
    const name = paths.find((path) => path === 'publication.yaml' || path === 'publication.yml');
    const { url, urlOverride } = this.#options;
    const defaults = {
      title: basename(resolve(this.#dir)) || 'Articles',
      url,
      ...(urlOverride === undefined ? {} : { urlOverride }),
    };
    const file = name === undefined ? undefined : readText(join(this.#dir, name));
    if (file?.problem !== undefined) problems.push(file.problem);
    const publication = parsePublicationFile(
      file?.text === undefined ? undefined : { path: file.path, text: file.text },
      defaults,
    );
    problems.push(...publication.problems);
    return publication;
  }

  #readSeed(path: string, site: Site, before: KnownSeed | undefined): KnownSeed | undefined {
    const shown = join(this.#dir, path);
    let stamp = '';
    try {
      const stat = statSync(shown);
      // To read a pipe would take for ever.
      if (!stat.isFile()) return undefined;
      stamp = `${stat.mtimeMs}-${stat.size}-${stat.ino}-${this.#media}`;
      if (before?.stamp === stamp) return before;
    } catch {
      // A file can vanish between the listing and the look at it; a link that leads nowhere is still there.
      if (lstatSync(shown, { throwIfNoEntry: false }) === undefined) return undefined;
    }
    const { text, problem } = readText(shown);
    const parsed: ParsedSeed =
      problem === undefined && text !== undefined
        ? shownAs(shown, parseSeed({ path, text }, parseOptions(site, this.#files.finder(path, site.url))))
        : { problems: problem === undefined ? [] : [problem] };
    // What has become a draft is not published on, what has become wrong is.
    const lastGood = hasErrors(parsed.problems) ? before?.lastGood : lastGoodOf(parsed);
    return { stamp, parsed, ...(lastGood === undefined ? {} : { lastGood }) };
  }
}

function lastGoodOf({ source, elsewhere, isIdWritten = false }: ParsedSeed): KnownSeed['lastGood'] {
  if (source === undefined) return undefined;
  return { source, isIdWritten, ...(elsewhere === undefined ? {} : { elsewhere }) };
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
    articleUrl: (slug) => new URL(articlePath(slug), url).href,
    mintId: (slug) => mintId(id, slug),
  };
}

function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
