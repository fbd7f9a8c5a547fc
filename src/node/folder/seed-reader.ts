import type { Article, ArticleHead, SourceText } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import { type ParsedArticle, type ParsedSeed, type ParseOptions, parseSeed } from '../../article/parse.ts';
import { formatProblem, hasErrors, type Problem } from '../../article/problem.ts';
import { articlePath } from '../../publication/address.ts';
import { mintId } from '../../publication/identity.ts';
import type { Site } from '../../publication/site.ts';
import { alertWordsFor } from '../../publication/words/alert-words.ts';
import type { FolderReader } from '../disk/folder-reader.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { ArticleFiles } from './article-files.ts';
import { type OffHeapText, OffHeapTexts } from './off-heap-text.ts';
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
    const { text = '', problem } = this.#folder.read(path);
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

  /** Parses a text again, once for all parts of the same article. */
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

  fileOf(path: string): string {
    return this.#prefix + path;
  }
}

/** Thrown by an article whose body cannot be rendered. */
export class UnrenderableArticle extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options: ErrorOptions) {
    super(formatProblem(problem), options);
    this.problem = problem;
  }
}

/** The problem of an article on which the parser or renderer fails. Other articles are not affected. */
function failure(file: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  const message = `the article is left out, because it cannot be rendered: ${why}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}

const none: readonly never[] = [];

/** An article with only its head in memory. */
class LazyArticle implements ParsedArticle {
  readonly head: ArticleHead;
  readonly reader: SeedReader;
  readonly path: string;
  readonly text: OffHeapText;
  readonly inherited: Inherited | undefined;

  constructor(
    head: ArticleHead,
    reader: SeedReader,
    path: string,
    text: OffHeapText,
    inherited: Inherited | undefined,
  ) {
    this.head = head;
    this.reader = reader;
    this.path = path;
    this.text = text;
    this.inherited = inherited;
  }

  article(): Article {
    try {
      return this.#parsed().article();
    } catch (error) {
      throw new UnrenderableArticle(failure(this.reader.fileOf(this.path), error), { cause: error });
    }
  }

  sourceText(): SourceText {
    return this.#parsed().sourceText();
  }

  #parsed(): ParsedArticle {
    const { source, withLongSlug } = this.reader.parseAgain(this);
    const parsed = [source, withLongSlug].find((one) => one?.head.slug === this.head.slug);
    // The same text was parsed with the same options before.
    if (parsed === undefined) throw new Error(`${this.path} could be parsed once and not again`);
    return parsed;
  }
}

/** Returns the text of an article that a {@link SeedReader} read. */
export function seedText({ source }: SeedArticle): OffHeapText | undefined {
  return source instanceof LazyArticle ? source.text : undefined;
}

/** Returns the options for parsing the seeds of a site, apart from the files beside them. */
export function parseOptions({ timezone, id, url, language: usual }: Site): Omit<ParseOptions, 'findFile'> {
  // The paths of a site are relative to the folder of its address.
  const folder = new URL('.', url).href;
  return {
    timezone,
    articleUrl: (slug) => folder + articlePath(slug),
    mintId: (slug) => mintId(id, slug),
    alertWords: (language = usual) => alertWordsFor(language),
  };
}
