import type { ArticleHead, ArticleSource, FindFile } from './article.ts';
import { headOf } from './article-head.ts';
import { renderContent } from './body/content.ts';
import { once } from './once.ts';
import { parseText } from './parse-text.ts';
import { type PlainFacts, readPlainSeed } from './plain-seed.ts';
import { legalText } from './plain-text.ts';
import type { Problem } from './problem.ts';
import { type isClean, unifyLines } from './seed/seed-text.ts';
import { seedName, slugOf } from './slug.ts';
import type { WrittenArticle } from './written-article.ts';

/** A text file with one article. */
export interface Seed {
  /** Path inside the publication's folder, with `/`; its last part names the article's page. */
  readonly path: string;
  readonly text: string;
  /** Whether {@link isClean} has been asked already and said so. */
  readonly isClean?: boolean;
}

/** What an article takes from its publication. */
export interface ParseOptions {
  /** IANA name of the zone in which a date without one is read. */
  readonly timezone: string;
  /** Gives the absolute URL of the page that this site has for an article. */
  readonly articleUrl: (slug: string) => string;
  /** Gives the id of an article that names no original URL: a `tag:` URI (RFC 4151). */
  readonly mintId: (slug: string) => string;
  /** Finds files beside the article; where there are none, left out. */
  readonly findFile?: FindFile;
}

/** An article of which there is a file. */
export interface ParsedArticle extends ArticleSource {
  written(): WrittenArticle;
}

export interface ParsedSeed {
  /** Absent when a problem is an error, and for a file that is not to be published: a draft or a page. */
  readonly source?: ParsedArticle;
  /** The same article under the address that it takes where another article has its slug; only of one with front matter. */
  readonly elsewhere?: ParsedArticle;
  /** Whether the file itself says its id, so that neither its name nor its publication has a part in it. */
  readonly isIdWritten?: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Reads a seed: front matter where it has some, headline, dateline, body and original URL, in the order in which people
 * write them.
 *
 * Finds every problem of the file, not only the first. The body is rendered when {@link ArticleSource.article} is
 * called.
 */
export function parseSeed(seed: Seed, options: ParseOptions): ParsedSeed {
  // Markdown would show a sign of its own for what no document can carry (CommonMark §2.3).
  const text = seed.isClean === true ? seed.text : legalText(unifyLines(seed.text));
  const { path } = seed;
  const plain = readPlainSeed(text, options.timezone);
  return plain === undefined
    ? parseText(path, text, options)
    : { source: plainArticle({ path, text }, plain, options), isIdWritten: false, problems: [] };
}

function plainHead(path: string, facts: PlainFacts, options: ParseOptions): ArticleHead {
  return headOf(slugOf(seedName(path)), undefined, facts, undefined, path, options);
}

/** Makes the article of a plain seed. */
function plainArticle(
  seed: Pick<Seed, 'path' | 'text'>,
  facts: PlainFacts,
  options: ParseOptions,
): ParsedArticle {
  const { path, text } = seed;
  const head = plainHead(path, facts, options);
  const whole = once(() => {
    const { source } = parseText(path, text, options);
    if (source === undefined) throw new Error(`${path} has a head but no article`);
    return source;
  });
  return {
    head,
    article: () => {
      const body = text.slice(facts.bodyAt);
      return { ...head, ...renderContent(body, { ...head, findFile: options.findFile }), enclosures: [] };
    },
    written: () => whole().written(),
  };
}
