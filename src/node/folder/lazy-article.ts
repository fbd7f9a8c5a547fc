import type { Article, ArticleHead, SourceText } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import type { ParsedArticle, ParsedSeed } from '../../article/parse.ts';
import { formatProblem, type Problem } from '../../article/problem.ts';
import type { OffHeapText } from './off-heap-text.ts';
import { longText } from './render-elsewhere.ts';

/** What reads and renders a {@link LazyArticle}. */
interface Reparser {
  /** Parses a text again, once for all parts of the same article. */
  parseAgain(article: LazyArticle): ParsedSeed;
  /** Renders an article in another thread. */
  renderElsewhere(article: LazyArticle): Promise<Article>;
  fileOf(path: string): string;
}

/** An article with only its head and its bytes in memory. */
export class LazyArticle implements ParsedArticle {
  readonly head: ArticleHead;
  readonly reader: Reparser;
  readonly path: string;
  readonly text: OffHeapText;
  readonly inherited: Inherited | undefined;
  /** Renders a long text without making requests wait. */
  readonly render?: () => Promise<Article>;
  #rendering: Promise<Article> | undefined;

  constructor(head: ArticleHead, reader: Reparser, path: string, text: OffHeapText, inherited: Inherited | undefined) {
    this.head = head;
    this.reader = reader;
    this.path = path;
    this.text = text;
    this.inherited = inherited;
    if (text.byteLength > longText) this.render = () => this.#renderElsewhere();
  }

  article(): Article {
    try {
      return this.#parsed().article();
    } catch (error) {
      throw this.#unrenderable(error);
    }
  }

  #renderElsewhere(): Promise<Article> {
    this.#rendering ??= this.reader
      .renderElsewhere(this)
      .catch((error: unknown) => Promise.reject(this.#unrenderable(error)))
      .finally(() => {
        this.#rendering = undefined;
      });
    return this.#rendering;
  }

  #unrenderable(error: unknown): UnrenderableArticle {
    return new UnrenderableArticle(failure(this.reader.fileOf(this.path), error), { cause: error });
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

/** Thrown by an article whose body cannot be rendered. */
export class UnrenderableArticle extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options: ErrorOptions) {
    super(formatProblem(problem), options);
    this.problem = problem;
  }
}

/** The problem of an article on which the parser or renderer fails. Other articles are not affected. */
export function failure(file: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  const message = `the article is left out, because it cannot be rendered: ${why}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}
