import { isAbsolute, relative, sep } from 'node:path';
import type { Instant } from '../../article/article.ts';
import { parseSeed } from '../../article/parse.ts';
import { byPlace, type Problem, quote } from '../../article/problem.ts';
import { parseOptions } from '../../publication/addresses/parse-options.ts';
import { homeOf } from '../../publication/site/site.ts';
import { decodeText } from '../disk/decode-text.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { publicationErrorIn } from '../folder/options/publication-file.ts';
import type { CheckResult } from './check.ts';
import { lintArticle } from './lint/lint.ts';
import { siteFacts } from './lint/site-facts.ts';

/** An article that is piped into the command. */
export interface PipedArticle {
  readonly bytes: Uint8Array;
  /** The path of its file inside the folder, with `/`; it need not exist. */
  readonly path: string;
  /** The file's name in problems. */
  readonly name: string;
}

/** Checks an article as if it were in a file of the folder, whatever that file contains now. */
export function checkText(
  dir: string,
  reading: FolderSnapshot,
  { bytes, path, name }: PipedArticle,
  now: Instant,
): CheckResult {
  const text = decodeText(bytes);
  if (typeof text !== 'string') {
    const problem = { file: name, severity: 'error', code: 'not-utf8', ...text } as const;
    return { articles: 0, problems: [problem], notes: [] };
  }
  const { site, files } = reading;
  const { source, isIdWritten, problems } = parseSeed(
    { path, text },
    {
      ...parseOptions(site),
      findFile: files.finderFor(path, site.url, undefined, homeOf(site)),
      inherited: reading.inheritedBy(path),
    },
  );
  const file = pathPrefix(dir) + path;
  const others = reading.articles.filter((article) => article.file !== file);
  const article = source && { file, source, isIdWritten: isIdWritten === true, isStale: false };
  const articles = article === undefined ? others : [...others, article];
  const snapshot = { ...reading, articles, sources: articles.map((one) => one.source) };
  const found = [
    ...problems.map((problem) => ({ ...problem, file: name })),
    ...(article === undefined ? [] : lintArticle(article, siteFacts(dir, snapshot, now))).map((problem) => ({
      ...problem,
      file: name,
    })),
    ...sharedIds(article?.source.head.id, others, name),
  ];
  return {
    articles: article === undefined ? 0 : 1,
    problems: [...reading.problems.filter(publicationErrorIn(dir)), ...found.toSorted(byPlace)],
    notes: [],
  };
}

function sharedIds(id: string | undefined, others: FolderSnapshot['articles'], name: string): readonly Problem[] {
  const other = others.find(({ source }) => source.head.id === id)?.file;
  if (id === undefined || other === undefined) return [];
  const message = `${other} has the same id, ${quote(id)}; delete one of the two or correct its id or original URL`;
  return [{ file: name, line: 1, column: 1, severity: 'error', code: 'duplicate-id', message, other }];
}

/** Returns the path of a file inside the folder of articles; `undefined` if it is outside. */
export function pathIn(dir: string, file: string): string | undefined {
  const path = relative(dir, file);
  return isAbsolute(path) || /^\.\.(?:[/\\]|$)/.test(path) ? undefined : path.split(sep).join('/');
}
