import type { Article, ArticleHead, ArticleSource, FindFile } from './article.ts';
import { readBelowFrontMatter } from './below-front-matter.ts';
import { renderContent } from './content.ts';
import { edited, sourceOffsets } from './edit.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { readFiles } from './front-matter/media.ts';
import { type Metadata, readMetadata } from './front-matter/metadata.ts';
import { writtenFiles } from './front-matter/written-files.ts';
import { placesIn } from './place.ts';
import { type PlainFacts, readPlainSeed, readPlainTop } from './plain-seed.ts';
import { cutOut, legalText } from './plain-text.ts';
import type { Problem, Report } from './problem.ts';
import { readSeedFormat, type SeedFacts } from './seed-format.ts';
import { isAbsoluteIri, reportTwoIds } from './seed-id.ts';
import type { hasLabels } from './seed-labels.ts';
import { dateInPath, isSectionPage, languageInPath, otherSlug, sectionInPath } from './seed-path.ts';
import { Blocks, type isClean, unifyLines } from './seed-text.ts';
import { findShortcodes } from './shortcodes/shortcodes.ts';
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
    : { source: new PlainArticle({ path, text }, plain, options), isIdWritten: false, problems: [] };
}

/**
 * Reads the head of a plain seed by the beginning of its text, of which it is known that it {@link isClean} and has no labels
 * ({@link hasLabels}); `undefined` where the whole text is needed. The file says no id, and nothing is wrong with it.
 */
export function parsePlainTop(path: string, top: string, options: ParseOptions): ArticleHead | undefined {
  const facts = readPlainTop(top, options.timezone);
  return facts && plainHead(path, facts, options);
}

function plainHead(path: string, facts: PlainFacts, options: ParseOptions): ArticleHead {
  return headOf(slugOf(seedName(path)), undefined, facts, undefined, path, options);
}

/** An article of a plain seed. */
class PlainArticle implements ParsedArticle {
  readonly head: ArticleHead;
  readonly #seed: Pick<Seed, 'path' | 'text'>;
  readonly #bodyAt: number;
  readonly #options: ParseOptions;

  constructor(seed: Pick<Seed, 'path' | 'text'>, facts: PlainFacts, options: ParseOptions) {
    this.head = plainHead(seed.path, facts, options);
    this.#seed = seed;
    this.#bodyAt = facts.bodyAt;
    this.#options = options;
  }

  article(): Article {
    const { head } = this;
    const body = this.#seed.text.slice(this.#bodyAt);
    const content = renderContent(body, { ...head, findFile: this.#options.findFile });
    return { ...head, ...content, enclosures: [] };
  }

  written(): WrittenArticle {
    const { path, text } = this.#seed;
    const { source } = parseText(path, text, this.#options);
    if (source === undefined) throw new Error(`${path} has a head but no article`);
    return source.written();
  }
}

/** Reads a seed of any kind, its text clean. */
export function parseText(path: string, text: string, options: ParseOptions): ParsedSeed {
  const problems: Problem[] = [];
  const placeOf = placesIn(text);
  const report: Report = (severity, code, offset, message) => {
    problems.push({ file: path, ...placeOf(offset), severity, code, message });
  };
  let isIdWritten = false;
  const result = (source?: (slug: string) => ParsedArticle, slug = ''): ParsedSeed => {
    const inOrder = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
    if (source === undefined || problems.some(({ severity }) => severity === 'error'))
      return { problems: inOrder };
    const other = front === undefined ? undefined : otherSlug(slug, path);
    const elsewhere = other === undefined ? {} : { elsewhere: source(other) };
    return { source: source(slug), ...elsewhere, isIdWritten, problems: inOrder };
  };

  const front = readFrontMatter(text, report);
  if (front === 'broken') return result();
  if (front !== undefined && isSectionPage(path)) return { problems: [] };
  const { timezone } = options;
  const dating = () => ({ timezone, hasDateInPath: dateInPath(path, timezone) !== undefined });
  const said = front === undefined ? undefined : readMetadata(front.table, dating(), report);
  if (said?.isDraft) return { problems: [] };
  const body = { text, path, blocks: new Blocks(text, front?.body) };
  const read =
    said === undefined
      ? readSeedFormat(body, timezone, report)
      : readBelowFrontMatter(body, said, timezone, report);
  if (read === undefined) return result();

  const slug = slugOf(said?.slug ?? seedName(path));
  const id = writtenId(said?.id, read, report);
  isIdWritten = id !== undefined;
  const permalink = read.url ?? options.articleUrl(slug);
  const files = readFiles(front?.table, { permalink, findFile: options.findFile }, report);
  const taken = read.taken.map(({ start, end }) => ({ start, end, text: '' }));
  const shortcodes = front === undefined ? [] : findShortcodes(text, front.body, path, report);
  const edits = [...taken, ...shortcodes];
  const bodyText = () => edited(text, front?.body ?? 0, edits);
  const written = () => {
    const offsets = sourceOffsets(text, front?.body ?? 0, edits);
    return {
      body: bodyText(),
      bodyPlace: (offset: number) => placeOf(offsets(offset)),
      titlePlace: placeOf(read.titleAt ?? 0),
      datePlace: placeOf(read.publishedAt ?? 0),
      hasSummary: said?.summary !== undefined,
      files: front === undefined ? [] : writtenFiles(front.table, placeOf),
    };
  };
  return result((slug) => {
    const head = headOf(slug, id, read, said, path, options);
    const contentOptions = { ...head, findFile: options.findFile };
    const summary = said?.summary === undefined ? {} : { summary: said.summary };
    const article = () => ({ ...head, ...renderContent(bodyText(), contentOptions), ...summary, ...files });
    return { head, article, written };
  }, slug);
}

const none: readonly never[] = [];
const nothingSaid: Partial<Metadata> = {};

function headOf(
  slug: string,
  id: string | undefined,
  { title, published, updated, url }: Omit<PlainFacts, 'bodyAt'> & Pick<SeedFacts, 'url'>,
  said: Metadata | undefined,
  path: string,
  options: ParseOptions,
): ArticleHead {
  const { authors = none, tags = none, extent } = said ?? nothingSaid;
  const section = sectionInPath(path);
  const language = said?.language ?? (said === undefined ? undefined : languageInPath(path));
  return {
    // No slug can be a part with a stroke.
    id: id ?? options.mintId(said?.id === undefined ? slug : `id/${said.id}`),
    slug,
    permalink: url ?? options.articleUrl(slug),
    title: cutOut(title),
    published,
    updated,
    authors,
    tags,
    ...(section === undefined ? {} : { section }),
    ...(language === undefined ? {} : { language }),
    ...(extent === undefined ? {} : { extent }),
  };
}

/**
 * The id that stands in the file: an absolute IRI in front matter or behind "Id:", else the original URL. Any other
 * `id` of front matter is only a part of one that the publication mints, and an "Id:" counts before it.
 */
function writtenId(inFront: string | undefined, { written, url }: SeedFacts, report: Report) {
  const iri = inFront !== undefined && isAbsoluteIri(inFront) ? inFront : undefined;
  if (iri !== undefined && written.id !== undefined && iri !== written.id)
    reportTwoIds(iri, written.id, written.at, report);
  return iri ?? written.id ?? (inFront === undefined ? url : undefined);
}
