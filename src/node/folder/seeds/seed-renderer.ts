import type { Article } from '../../../article/article.ts';
import { type ParsedArticle, parseSeed } from '../../../article/parse.ts';
import { parseOptions } from '../../../publication/addresses/parse-options.ts';
import { homeOf, type Site } from '../../../publication/site/site.ts';
import { pathPrefix } from '../../disk/list-folder.ts';
import { readText } from '../../disk/read-text.ts';
import { hashText } from '../../state/text-table.ts';
import type { ArticleFiles, AskedFiles } from '../files/article-files.ts';
import { ChangedText, type LazyArticle, type Renderer, type SeedText } from '../render/lazy-article.ts';
import { type RenderJob, withTranslations } from '../render/render-article.ts';
import { renderElsewhere } from '../render/render-elsewhere.ts';
import { basisOf, versionOf, writeReferences } from './article-version.ts';
import type { FolderState } from './folder-state.ts';

/** What a {@link SeedRenderer} works with, whatever the settings of the site. */
export interface RendererParts {
  readonly dir: string;
  readonly files: ArticleFiles;
  readonly state: FolderState;
}

/** Renders seeds with the settings of their site. Their texts are read when they are needed. */
export class SeedRenderer implements Renderer {
  readonly #site: Site;
  readonly #parts: RendererParts;
  readonly #prefix: string;
  readonly #options: ReturnType<typeof parseOptions>;
  #lastParsed: { read: SeedText; slug: string; parsed: ParsedArticle; asked: AskedFiles } | undefined;

  constructor(site: Site, parts: RendererParts) {
    this.#site = site;
    this.#parts = parts;
    this.#prefix = pathPrefix(parts.dir);
    this.#options = parseOptions(site);
  }

  /** Returns the text of an article, from its file unless that has changed; `undefined` if it is lost. */
  publishedText({ path, hash, text: held }: SeedText): string | undefined {
    if (held !== undefined) return held;
    const { text } = readText(this.#prefix + path, this.#parts.dir);
    return text !== undefined && hashText(text) === hash ? text : this.#parts.state.text(hash);
  }

  parse(article: LazyArticle): ParsedArticle {
    return this.#parsed(article).parsed;
  }

  #parsed(article: LazyArticle) {
    const { read, head } = article;
    if (this.#lastParsed?.read === read && this.#lastParsed.slug === head.slug) return this.#lastParsed;
    const { path, inherited } = read;
    const asked: AskedFiles = new Map();
    const findFile = this.#parts.files.finderFor(path, this.#site.url, asked, homeOf(this.#site));
    const seed = { path, text: this.#textOf(article) };
    const { source, withLongSlug } = parseSeed(seed, { ...this.#options, findFile, inherited });
    const parsed = [source, withLongSlug].find((one) => one?.head.slug === head.slug);
    // The same text was parsed with the same options before.
    if (parsed === undefined) throw new Error(`${path} could be parsed once and not again`);
    this.#lastParsed = { read, slug: head.slug, parsed, asked };
    return this.#lastParsed;
  }

  #textOf(article: LazyArticle): string {
    const text = this.publishedText(article.read);
    if (text === undefined) throw new ChangedText();
    return text;
  }

  keptRendering(article: LazyArticle): Article | undefined {
    const version = this.versionOf(article);
    return version === undefined ? undefined : this.#parts.state.rendering(version);
  }

  render(article: LazyArticle): Article {
    const { parsed, asked } = this.#parsed(article);
    const rendered = parsed.article();
    this.note(article, asked);
    return withTranslations(rendered, article.head.translations);
  }

  jobFor(article: LazyArticle, unresolved: readonly string[] = []): RenderJob {
    const { path, inherited } = article.read;
    const seed = { path, text: this.#textOf(article) };
    const { slug, translations } = article.head;
    const articles = new Map(unresolved.map((written) => [written, this.#parts.files.findArticle(path, written)]));
    return { dir: this.#parts.dir, site: this.#site, seed, slug, translations, inherited, articles };
  }

  async renderElsewhere(article: LazyArticle): Promise<Article> {
    const first = await renderElsewhere(this.jobFor(article));
    const isWhole = first.error !== undefined || first.unresolved.length === 0;
    const last = isWhole ? first : await renderElsewhere(this.jobFor(article, first.unresolved));
    const { article: rendered, error, asked } = last;
    if (rendered === undefined) throw new Error(error);
    // A change of these files changes the article.
    for (const written of asked.keys()) this.#parts.files.describeFrom(article.read.path, written);
    this.note(article, asked);
    return rendered;
  }

  note({ read }: LazyArticle, asked: AskedFiles): void {
    const references = writeReferences(asked);
    if (read.references === references) return;
    read.references = references;
    this.#parts.state.refer(read.path, read.hash, references);
  }

  versionOf({ head: { slug, translations }, read }: LazyArticle): string | undefined {
    const { path, hash, inherited, references } = read;
    if (references === undefined) return undefined;
    return versionOf(
      { path, slug, hash, translations },
      basisOf(this.#site, inherited),
      this.#site,
      references,
      this.#parts.files,
    );
  }

  fileOf(path: string): string {
    return this.#prefix + path;
  }
}
