import type { Article, ArticleHead } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import { type ParsedArticle, type ParsedSeed, type ParseOptions, parseSeed } from '../../article/parse.ts';
import { hasErrors, type Problem } from '../../article/problem.ts';
import type { Site } from '../../publication/site.ts';
import { endPosition } from '../disk/decode-text.ts';
import type { FolderReader } from '../disk/folder-reader.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { ArticleFiles } from './article-files.ts';
import { failure, LazyArticle } from './lazy-article.ts';
import { type OffHeapText, OffHeapTexts } from './off-heap-text.ts';
import { parseOptions } from './parse-options.ts';
import { renderElsewhere } from './render-elsewhere.ts';
import type { ArticleRules } from './rules/rule-file.ts';
import type { SeedArticle } from './seed-article.ts';

/** The problems of a seed, and its article or the last good version of it. */
export interface SeedState {
  readonly problems: readonly Problem[];
  readonly article?: SeedArticle;
}

/**
 * Reads the seeds of a folder with the settings of its site. Only the head and the bytes of a seed stay in memory; they
 * are parsed again when the body is needed.
 */
export class SeedReader {
  readonly #prefix: string;
  readonly #folder: FolderReader;
  readonly #files: ArticleFiles;
  readonly #rulesOf: (path: string) => ArticleRules;
  readonly site: Site;
  readonly #options: Omit<ParseOptions, 'findFile'>;
  readonly #texts = new OffHeapTexts();
  #lastParsed: { text: OffHeapText; inherited: Inherited | undefined; parsed: ParsedSeed } | undefined;

  constructor(
    dir: string,
    folder: FolderReader,
    site: Site,
    files: ArticleFiles,
    rulesOf: (path: string) => ArticleRules,
  ) {
    this.#prefix = pathPrefix(dir);
    this.#folder = folder;
    this.#files = files;
    this.#rulesOf = rulesOf;
    this.site = site;
    this.#options = parseOptions(site);
  }

  /** Reads the seed at a path. If it has errors, the article of `before` stays. */
  read(path: string, before: SeedState | undefined): SeedState {
    const file = this.#prefix + path;
    const rules = this.#rulesOf(path);
    if (rules === 'withheld') return { problems: none };
    if (rules === 'broken') return { problems: none, ...(before?.article && { article: this.#stale(before.article) }) };
    const { text = '', problem = tooLong(path, text) } = this.#folder.read(path);
    const parsed: ParsedSeed = problem === undefined ? this.#parse(path, text, rules) : { problems: [problem] };
    // The parser names the path in the folder, on which the id depends. Users need the path from where they are.
    const problems = parsed.problems.length === 0 ? none : parsed.problems.map((one) => ({ ...one, file }));
    if (parsed.source !== undefined)
      return { problems, article: this.#lazyArticle(path, parsed.source, parsed, this.#texts.store(text), rules) };
    // A seed that became a draft or private is withdrawn; one with other new errors is not.
    if (!hasErrors(problems) || parsed.isWithheld === true || before?.article === undefined) return { problems };
    return { problems, article: this.#stale(before.article) };
  }

  #stale(article: SeedArticle): SeedArticle {
    return { ...this.#withThisSite(article), isStale: true };
  }

  /** Applies the settings of this site to a seed in memory, without reading its file. */
  updateSite(seed: SeedState): SeedState {
    return seed.article === undefined ? seed : { ...seed, article: this.#withThisSite(seed.article) };
  }

  #withThisSite(article: SeedArticle): SeedArticle {
    const { source, isStale } = article;
    if (!(source instanceof LazyArticle) || source.reader === this) return article;
    const { path, text, inherited } = source;
    const parsed = this.#parse(path, text.toString(), inherited);
    // A text that the new settings make invalid stays as it was.
    if (parsed.source === undefined) return article;
    return { ...this.#lazyArticle(path, parsed.source, parsed, text, inherited), isStale };
  }

  #lazyArticle(
    path: string,
    { head }: ParsedArticle,
    { withLongSlug, isIdWritten = false }: ParsedSeed,
    text: OffHeapText,
    inherited: Inherited | undefined,
  ): SeedArticle {
    const lazy = (head: ArticleHead) => new LazyArticle(head, this, path, text, inherited);
    const other = withLongSlug && { withLongSlug: lazy(withLongSlug.head) };
    return { file: this.#prefix + path, source: lazy(head), isIdWritten, ...other, isStale: false };
  }

  parseAgain({ path, text, inherited }: LazyArticle): ParsedSeed {
    const last = this.#lastParsed;
    if (last?.text === text && last.inherited === inherited) return last.parsed;
    this.#lastParsed = { text, inherited, parsed: this.#parse(path, text.toString(), inherited) };
    return this.#lastParsed.parsed;
  }

  #parse(path: string, text: string, inherited: Inherited | undefined): ParsedSeed {
    const findFile = this.#files.finderFor(path, this.site.url);
    try {
      return parseSeed({ path, text }, { ...this.#options, findFile, inherited });
    } catch (error) {
      return { problems: [failure(path, error)] };
    }
  }

  async renderElsewhere({ path, text, inherited, head }: LazyArticle): Promise<Article> {
    const { site } = this;
    const seed = { path, text: text.toString() };
    const job = { dir: this.#files.dir, site, seed, slug: head.slug, inherited };
    const { article, error, written } = await renderElsewhere(job);
    for (const address of written) this.#files.refer(path, address);
    if (article === undefined) throw new Error(error);
    return article;
  }

  fileOf(path: string): string {
    return this.#prefix + path;
  }
}

/** Characters of an article's file; a long book has a million. */
const longest = 5_000_000;

function tooLong(file: string, text: string): Problem | undefined {
  if (text.length <= longest) return undefined;
  const message = `the file has ${text.length} characters, and the limit of ${longest} ends here; split the article`;
  return { file, ...endPosition(text.slice(0, longest)), severity: 'error', code: 'unreadable', message };
}

const none: readonly never[] = [];

/** Returns the text of an article that a {@link SeedReader} read. */
export function seedText({ source }: Pick<SeedArticle, 'source'>): OffHeapText | undefined {
  return source instanceof LazyArticle ? source.text : undefined;
}
