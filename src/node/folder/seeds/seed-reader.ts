import type { Inherited } from '../../../article/front-matter/inherited.ts';
import { hasErrors, type Problem } from '../../../article/problem.ts';
import { permalinkRule } from '../../../publication/addresses/parse-options.ts';
import { needsMarkdown } from '../../../publication/site/markdown-uses.ts';
import type { Site } from '../../../publication/site/site.ts';
import { endPosition } from '../../disk/decode-text.ts';
import { type FileState, isSameState } from '../../disk/file-state.ts';
import type { FolderReader } from '../../disk/folder-reader.ts';
import { pathPrefix } from '../../disk/list-folder.ts';
import { isDoubtful } from '../../state/file-table.ts';
import { hashText } from '../../state/text-table.ts';
import { failure, LazyArticle, type SeedText } from '../render/lazy-article.ts';
import type { ArticleRules } from '../rules/rule-file.ts';
import { basisOf } from './article-version.ts';
import type { KnownSeed } from './folder-state.ts';
import { HeadMaker } from './head-maker.ts';
import { changedArticle, isMarkedAsTranslated, type SeedArticle, type SeedState } from './seed-article.ts';
import { makeRecord, type SeedRecord } from './seed-record.ts';
import { type RendererParts, SeedRenderer } from './seed-renderer.ts';

/** What a {@link SeedReader} works with, whatever the settings of the site. */
export interface ReaderParts extends RendererParts {
  readonly folder: FolderReader;
  /** Whether articles are rendered later, when their files may have changed. */
  readonly keepsTexts: boolean;
  readonly rulesOf: (path: string) => ArticleRules;
}

/** Reads the seeds of a folder with the settings of its site. Only heads stay in memory. */
export class SeedReader {
  readonly site: Site;
  readonly #parts: ReaderParts;
  readonly #prefix: string;
  readonly #renderer: SeedRenderer;
  readonly #heads: HeadMaker;
  /** The basis of what inherits nothing. */
  readonly #plainBasis: string;

  constructor(site: Site, parts: ReaderParts) {
    this.site = site;
    this.#parts = parts;
    this.#prefix = pathPrefix(parts.dir);
    this.#renderer = new SeedRenderer(site, parts);
    this.#heads = new HeadMaker(site);
    this.#plainBasis = basisOf(site, undefined);
  }

  /** Reads the seed at a path, whose file has a state. If it has errors, the article of `before` stays. */
  read(path: string, file: FileState | undefined, before: SeedState | undefined): SeedState {
    const { folder, state, keepsTexts, rulesOf } = this.#parts;
    const rules = rulesOf(path);
    if (typeof rules === 'string') return this.#ruled(rules, before);
    const known = state.get(path);
    const isKnown = known !== undefined && isSameState(known.file, file) && this.#fits(known, rules);
    // Another process that read this version may not have kept its text.
    if (isKnown && (!keepsTexts || state.text(known.hash) !== undefined))
      return this.#stateOf(path, known, rules, before);
    const now = Date.now();
    const { text = '', problem = tooLong(path, text) } = folder.read(path);
    if (problem !== undefined) return this.#failed([{ ...problem, file: this.#prefix + path }], before);
    const [hash, basis] = [hashText(text), this.#basisOf(rules)];
    const isSameText = known?.hash === hash && known.basis === basis && this.#findsSame(known);
    const data = isSameText ? known.data : this.#parse(path, text, rules);
    const references = isSameText ? known.references : null;
    const seed = { path, hash, basis, data, references };
    if (file?.kind === 'file') state.set({ ...seed, file, isDoubtful: isDoubtful(file, now) });
    if (keepsTexts && data.head !== undefined && state.hasRoom) state.keep(hash, text);
    return this.#stateOf(path, seed, rules, before);
  }

  /**
   * Returns the state of the seed at a path, from what is known of it and without reading its file; `undefined` if
   * anything may have changed. `isSame` reports whether its file still has a state.
   */
  restore(path: string, known: KnownSeed, isSame: (file: FileState) => boolean): SeedState | undefined {
    const rules = this.#parts.rulesOf(path);
    if (typeof rules === 'string') return this.#ruled(rules, undefined);
    return isSame(known.file) && this.#fits(known, rules) ? this.#stateOf(path, known, rules, undefined) : undefined;
  }

  #ruled(rules: 'withheld' | 'broken', before: SeedState | undefined): SeedState {
    if (rules === 'withheld') return { problems: none };
    if (before?.article === undefined) return { problems: none, isBroken: true };
    return { problems: none, article: this.#stale(before.article) };
  }

  #fits(known: KnownSeed, rules: Inherited | undefined): boolean {
    return !known.isDoubtful && known.basis === this.#basisOf(rules) && this.#findsSame(known);
  }

  #findsSame({ path, data: { found = none } }: Pick<KnownSeed, 'path' | 'data'>): boolean {
    return (
      found.length === 0 ||
      found.every(([written, at]) => (this.#parts.files.findFrom(path, written)?.path ?? null) === at)
    );
  }

  #basisOf(rules: Inherited | undefined): string {
    return rules === undefined ? this.#plainBasis : basisOf(this.site, rules);
  }

  #parse(path: string, text: string, inherited: Inherited | undefined): SeedRecord {
    const { files } = this.#parts;
    try {
      return makeRecord({ path, text }, this.site, inherited, (written) => files.findFrom(path, written));
    } catch (error) {
      return { problems: [failure(path, error)] };
    }
  }

  #stateOf(
    path: string,
    { hash, data, references }: Pick<KnownSeed, 'hash' | 'data' | 'references'>,
    inherited: Inherited | undefined,
    before: SeedState | undefined,
  ): SeedState {
    const file = this.#prefix + path;
    const { head, longSlug, isLong = false, isIdWritten = false, isWithheld = false } = data;
    const problems = data.problems?.map((problem) => ({ ...problem, file })) ?? none;
    // A seed that became a draft or private is withdrawn; one with other new errors is not.
    if (head === undefined) return isWithheld ? { problems } : this.#failed(problems, before);
    const isTranslated = isMarkedAsTranslated(path, head, inherited);
    const asked = references ?? undefined;
    const text: SeedText = { path, hash, isLong, isIdWritten, inherited, isTranslated, references: asked };
    const withSlug = (slug?: string) => new LazyArticle(this.#heads.make(head, slug), this.#renderer, text);
    const source = withSlug();
    if (longSlug === undefined && problems.length === 0) return { problems, article: source };
    const other = longSlug === undefined ? {} : { withLongSlug: withSlug(longSlug) };
    return { problems, article: { file, source, isIdWritten, ...other, isStale: false } };
  }

  #failed(problems: readonly Problem[], before: SeedState | undefined): SeedState {
    if (!hasErrors(problems)) return { problems };
    if (before?.article === undefined) return { problems, isBroken: true };
    return { problems, article: this.#stale(before.article) };
  }

  #stale(article: SeedArticle): SeedArticle {
    const { source } = article;
    // Another process may delete the text from the state once no file has it.
    if (source instanceof LazyArticle) source.read.text ??= this.#parts.state.text(source.read.hash);
    return changedArticle(this.#withThisSite(article), { isStale: true });
  }

  /** Applies the settings of this site to a seed in memory, without reading its file. */
  updateSite(seed: SeedState): SeedState {
    const { problems, article } = seed;
    return article === undefined ? seed : { problems, article: this.#withThisSite(article) };
  }

  #withThisSite(article: SeedArticle): SeedArticle {
    const { source, isStale } = article;
    if (!(source instanceof LazyArticle) || source.renderer === this.#renderer) return article;
    const { path, hash, inherited } = source.read;
    const text = this.#renderer.publishedText(source.read);
    const record = text === undefined ? {} : this.#parse(path, text, inherited);
    // A text that the new settings make invalid stays as it was.
    if (record.head === undefined) return article;
    const { article: updated = article } = this.#stateOf(
      path,
      { hash, data: record, references: null },
      inherited,
      undefined,
    );
    if (updated.source instanceof LazyArticle) updated.source.read.text = text;
    return changedArticle(updated, { isStale });
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

/** Reports whether the settings of two sites make a difference to reading seeds. */
export function isReadDifferently(a: Site, b: Site): boolean {
  const facts = (site: Site): string => {
    const { timezone, url, id, language, people } = site;
    return JSON.stringify([timezone, url, id, language, permalinkRule(site), people, needsMarkdown(site)]);
  };
  return facts(a) !== facts(b);
}
