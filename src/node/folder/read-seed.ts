import type { Article, ArticleHead, SourceText } from '../../article/article.ts';
import { type ParsedArticle, type ParsedSeed, type ParseOptions, parseSeed } from '../../article/parse.ts';
import { hasErrors, type Problem } from '../../article/problem.ts';
import { articlePath } from '../../publication/address.ts';
import { mintId } from '../../publication/identity.ts';
import type { Site } from '../../publication/site.ts';
import { prefixOf } from '../disk/list-files.ts';
import { type ReadText, readText } from '../disk/read-text.ts';
import type { ArticleFiles } from './article-files.ts';
import { type KeptText, KeptTexts } from './kept-texts.ts';
import type { Candidate } from './unique-articles.ts';

/** What is wrong with a seed, and what it would publish: what it says, or what it last said well. */
export interface KnownSeed {
  readonly problems: readonly Problem[];
  readonly candidate?: Candidate;
}

/**
 * Reads the seeds of a folder by what its site says. Of a text nothing stays in memory but its head and its bytes, from
 * which it is parsed again when its body is asked for.
 */
export class SeedReader {
  readonly #prefix: string;
  readonly #files: ArticleFiles;
  readonly site: Site;
  readonly #options: SiteOptions;
  readonly #texts = new KeptTexts();
  #again: { readonly text: KeptText; readonly parsed: ParsedSeed } | undefined;

  constructor(dir: string, site: Site, files: ArticleFiles) {
    this.#prefix = prefixOf(dir);
    this.#files = files;
    this.site = site;
    this.#options = parseOptions(site);
  }

  /** Reads the seed at a path; `before` is what was known of it. */
  read(path: string, before: KnownSeed | undefined): KnownSeed {
    const file = this.#prefix + path;
    const { text, problem }: ReadText = readText(file);
    const parsed: ParsedSeed =
      text === undefined ? { problems: problem === undefined ? [] : [problem] } : this.#parse(path, text);
    // A seed is read by its path in the folder, on which its id depends, and shown by the path that leads to it from here.
    const problems =
      parsed.problems.length === 0 ? none : parsed.problems.map((problem) => ({ ...problem, file }));
    const heads = headsOf(parsed);
    if (heads !== undefined && text !== undefined)
      return { problems, candidate: this.#held(path, heads, this.#texts.keep(text)) };
    // What has become a draft is not published on, what has become wrong is.
    if (!hasErrors(problems) || before?.candidate === undefined) return { problems };
    return { problems, candidate: { ...this.#reread(before.candidate), kept: true } };
  }

  /** What was known of a seed, by what the site says now; its file is not asked. */
  again(seed: KnownSeed): KnownSeed {
    return seed.candidate === undefined ? seed : { ...seed, candidate: this.#reread(seed.candidate) };
  }

  #reread(candidate: Candidate): Candidate {
    const { source, kept } = candidate;
    if (!(source instanceof HeldArticle) || source.reader === this) return candidate;
    const { path, text } = source;
    const heads = headsOf(this.#parse(path, text.toString()));
    // What cannot be read by the new settings stays as it was.
    return heads === undefined ? candidate : { ...this.#held(path, heads, text), kept };
  }

  /** An article whose text is kept for when its body is asked for. */
  #held(path: string, { head, elsewhere, isIdWritten }: ParsedHeads, text: KeptText): Candidate {
    const held = (head: ArticleHead) => new HeldArticle(head, this, path, text);
    const other = elsewhere && { elsewhere: held(elsewhere) };
    return { file: this.#prefix + path, source: held(head), isIdWritten, ...other, kept: false };
  }

  /** Parses a seed again, once for all that is asked of one article before another is. */
  parseAgain(path: string, text: KeptText): ParsedSeed {
    if (this.#again?.text !== text) this.#again = { text, parsed: this.#parse(path, text.toString()) };
    return this.#again.parsed;
  }

  #parse(path: string, text: string): ParsedSeed {
    const findFile = this.#files.finder(path, this.site.url);
    return parseSeed({ path, text }, { ...this.#options, findFile });
  }
}

/** What stays in memory of a parsed seed. */
interface ParsedHeads {
  readonly head: ArticleHead;
  /** The same under the address of {@link ParsedSeed.withLongSlug}. */
  readonly elsewhere?: ArticleHead;
  readonly isIdWritten: boolean;
}

function headsOf({ source, withLongSlug, isIdWritten = false }: ParsedSeed): ParsedHeads | undefined {
  return source && { head: source.head, ...(withLongSlug && { elsewhere: withLongSlug.head }), isIdWritten };
}

const none: readonly never[] = [];

/** An article of which only the head is at hand. */
class HeldArticle implements ParsedArticle {
  readonly head: ArticleHead;
  readonly reader: SeedReader;
  readonly path: string;
  readonly text: KeptText;

  constructor(head: ArticleHead, reader: SeedReader, path: string, text: KeptText) {
    this.head = head;
    this.reader = reader;
    this.path = path;
    this.text = text;
  }

  article(): Article {
    return this.#parsed().article();
  }

  sourceText(): SourceText {
    return this.#parsed().sourceText();
  }

  #parsed(): ParsedArticle {
    const { source, withLongSlug } = this.reader.parseAgain(this.path, this.text);
    const parsed = [source, withLongSlug].find((one) => one?.head.slug === this.head.slug);
    // The same text under the same options.
    if (parsed === undefined) throw new Error(`${this.path} could be parsed once and not again`);
    return parsed;
  }
}

/** The text of an article that a {@link SeedReader} read. */
export function textOf({ source }: Candidate): KeptText | undefined {
  return source instanceof HeldArticle ? source.text : undefined;
}

/** How the seeds of a site are read, wherever they stand. */
type SiteOptions = Omit<ParseOptions, 'findFile'>;

export function parseOptions(site: Site): SiteOptions {
  const { timezone, id } = site;
  // Below it a site's paths stand.
  const folder = new URL('.', site.url).href;
  return {
    timezone,
    articleUrl: (slug) => folder + articlePath(slug),
    mintId: (slug) => mintId(id, slug),
  };
}
