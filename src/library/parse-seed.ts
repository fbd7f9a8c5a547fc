import type { Article, ArticleHead } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { parseSeed as parse, type Seed } from '../article/parse.ts';
import type { Problem } from '../article/problem.ts';
import { parseOptions } from '../publication/addresses/parse-options.ts';
import type { Site } from '../publication/site/site.ts';
import { readSite, type SiteSettings } from './site-settings.ts';

/** An article that was read from a text. {@link createFeeds} and {@link publish} take it beside items. */
export interface SeedArticle {
  readonly head: ArticleHead;
  /** Renders the body. */
  article(): Article;
}

/** What was read from a text. */
export interface ParsedSeed {
  /** Absent if any problem is an error, and for a text that is not published: a draft or a page. */
  readonly source?: SeedArticle;
  /** In the order of their position. */
  readonly problems: readonly Problem[];
}

const parsed = new WeakSet<object>();

/**
 * Parses a text with one article, as the command does with a file: the same ids, addresses and problems. It knows no
 * files beside the text.
 *
 * @example parseSeed({ path: 'hello.md', text: '# Hello\n\nMay 4, 2026\n\nIt works.\n' }, site)
 */
export function parseSeed(seed: Seed, site: SiteSettings | Site): ParsedSeed {
  const { source, problems } = parse(seed, parseOptions(readSite(site)));
  if (source !== undefined) parsed.add(source);
  return omitUndefined({ source, problems });
}

/** Reports whether a value comes from {@link parseSeed}, and so needs no check. */
export function isParsed(value: unknown): value is SeedArticle {
  return typeof value === 'object' && value !== null && parsed.has(value);
}
