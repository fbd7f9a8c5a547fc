import type { Article, ArticleHead, ArticleSource, SourceText } from '../../../article/article.ts';
import type { Inherited } from '../../../article/front-matter/inherited.ts';
import type { ParsedArticle } from '../../../article/parse.ts';
import { formatProblem, type Problem } from '../../../article/problem.ts';
import type { AskedFiles } from '../files/article-files.ts';
import type { Rendered, RenderJob } from './render-article.ts';

/** What reads and renders a {@link LazyArticle}. */
export interface Renderer {
  /** Returns the text, from its file unless that has changed; `undefined` if it is lost. */
  publishedText(read: SeedText): string | undefined;
  /** Parses the text again. */
  parse(article: LazyArticle): ParsedArticle;
  render(article: LazyArticle): Article;
  /** Returns what an earlier process rendered, if everything on which that depends is the same. */
  keptRendering(article: LazyArticle): Article | undefined;
  /** Renders in another thread. */
  renderElsewhere(article: LazyArticle): Promise<Article>;
  /** Returns what another thread needs; `unresolved` are the links that an earlier attempt could not resolve. */
  jobFor(article: LazyArticle, unresolved?: readonly string[]): RenderJob;
  /** Notes which files an article asked for when it was rendered. */
  note(article: LazyArticle, asked: AskedFiles): void;
  versionOf(article: LazyArticle): string | undefined;
  fileOf(path: string): string;
}

/** What identifies the text of an article, and what was found out about it. */
export interface SeedText {
  readonly path: string;
  readonly hash: string;
  readonly isLong: boolean;
  /** Whether the text states the id. */
  readonly isIdWritten: boolean;
  readonly inherited: Inherited | undefined;
  /** Whether its key, its path or its folder marks it as one of several languages. */
  readonly isTranslated: boolean;
  /** To which files it refers, in the form of the state; absent until it is known. */
  references: string | undefined;
  /** Held only if no file contains it. */
  text?: string | undefined;
}

/**
 * An article with only its head in memory. Its body is read from its file when a page needs it. To save memory, it is
 * also the `SeedArticle` of a seed without problems and with one address, as most are.
 */
export class LazyArticle implements ParsedArticle {
  readonly head: ArticleHead;
  readonly renderer: Renderer;
  readonly read: SeedText;

  constructor(head: ArticleHead, renderer: Renderer, read: SeedText) {
    this.head = head;
    this.renderer = renderer;
    this.read = read;
  }

  get source(): this {
    return this;
  }

  get file(): string {
    return this.renderer.fileOf(this.read.path);
  }

  get isIdWritten(): boolean {
    return this.read.isIdWritten;
  }

  get isStale(): boolean {
    return false;
  }

  get version(): string | undefined {
    return this.renderer.versionOf(this);
  }

  article(): Article {
    try {
      return this.renderer.keptRendering(this) ?? this.renderer.render(this);
    } catch (error) {
      throw this.unrenderable(error);
    }
  }

  /** Renders a long text without making requests wait. */
  get render(): (() => Promise<Article>) | undefined {
    return this.read.isLong ? () => renderElsewhere(this) : undefined;
  }

  unrenderable(error: unknown): UnrenderableArticle {
    return new UnrenderableArticle(failure(this.file, error), { cause: error });
  }

  sourceText(): SourceText {
    return this.renderer.parse(this).sourceText();
  }
}

/** The articles that are being rendered. A field of each article would take memory. */
const rendering = new Map<LazyArticle, Promise<Article>>();

async function renderElsewhere(article: LazyArticle): Promise<Article> {
  const kept = article.renderer.keptRendering(article);
  if (kept !== undefined) return kept;
  const known = rendering.get(article);
  if (known !== undefined) return known;
  const rendered = article.renderer
    .renderElsewhere(article)
    .catch((error: unknown) => Promise.reject(article.unrenderable(error)))
    .finally(() => rendering.delete(article));
  rendering.set(article, rendered);
  return rendered;
}

/** Reports whether an article can be rendered in any thread. */
export function isFromFile(source: ArticleSource): source is LazyArticle {
  return source instanceof LazyArticle;
}

/** Returns what another thread needs to render an article, as {@link Renderer.jobFor}. Throws if its text is lost. */
export function renderJobOf(article: LazyArticle, unresolved?: readonly string[]): RenderJob {
  try {
    return article.renderer.jobFor(article, unresolved);
  } catch (error) {
    throw article.unrenderable(error);
  }
}

/** Notes what another thread found out about an article. Throws if it could not be rendered. */
export function noteRendered(article: LazyArticle, { asked, error }: Pick<Rendered, 'asked' | 'error'>): void {
  if (error !== undefined) throw article.unrenderable(new Error(error));
  article.renderer.note(article, asked);
}

/** Thrown by an article whose body cannot be rendered. */
export class UnrenderableArticle extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options: ErrorOptions) {
    super(formatProblem(problem), options);
    this.problem = problem;
  }
}

/** The cause of an {@link UnrenderableArticle} whose file changed after its head was read. */
export class ChangedText extends Error {
  override readonly message = 'its file has changed since it was read; try again';
}

/** Reports whether reading the folder again can help. */
export function isChangedText(error: unknown): boolean {
  return error instanceof UnrenderableArticle && error.cause instanceof ChangedText;
}

/** The problem of an article on which the parser or renderer fails. Other articles are not affected. */
export function failure(file: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  const message = `the article is left out, because it cannot be rendered: ${why}`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}
