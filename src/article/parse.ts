import type { ArticleHead, ArticleSource, Author, FindFile, WrittenArticle } from './article.ts';
import { renderContent } from './body/content.ts';
import { edited, sourceOffsets } from './edit.ts';
import { readBelowFrontMatter } from './front-matter/below-front-matter.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { readFiles } from './front-matter/media.ts';
import { type Metadata, readMetadata } from './front-matter/metadata.ts';
import { writtenFiles } from './front-matter/written-files.ts';
import { omitUndefined } from './omit-undefined.ts';
import { placesIn } from './place.ts';
import { cutOut, legalText } from './plain-text.ts';
import type { Problem, Report } from './problem.ts';
import { readSeedFormat, type SeedFacts } from './seed/seed-format.ts';
import { isAbsoluteIri, mintedPart, reportTwoIds } from './seed/seed-id.ts';
import { datingOf, isSectionPage, languageInPath, otherSlug, sectionInPath } from './seed/seed-path.ts';
import { Blocks, unifyLines } from './seed/seed-text.ts';
import { findShortcodes } from './shortcodes/shortcodes.ts';
import { seedName, slugOf } from './slug.ts';

/** A text file with one article. */
export interface Seed {
  /** Path inside the publication's folder, with `/`; its last part names the article's page. */
  readonly path: string;
  readonly text: string;
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
  const text = legalText(unifyLines(seed.text));
  const { path } = seed;
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
  const said = front === undefined ? undefined : readMetadata(front.table, datingOf(path, timezone), report);
  if (said?.isDraft) return { problems: [] };
  const body = { text, path, blocks: new Blocks(text, front?.body) };
  const read =
    said === undefined
      ? readSeedFormat(body, timezone, report)
      : readBelowFrontMatter(body, said, timezone, report);
  if (read === undefined) return result();
  if (said?.expires !== undefined && said.expires <= read.published) {
    const message = `expires ${said.expires}, not after it is published, ${read.published}, so it never appears; correct one of the two`;
    report('warning', 'expires-before-published', said.expiresAt ?? 0, message);
    return result();
  }

  const slug = said?.slug === undefined ? slugOf(seedName(path)) : cutOut(slugOf(said.slug));
  const id = writtenId(said?.id, read, report);
  isIdWritten = (id ?? said?.id) !== undefined;
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
      ...(said?.expiresAt === undefined ? {} : { expiryPlace: placeOf(said.expiresAt) }),
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

/** Makes the head of the article at a path of what is known of it; it has no part of the text. */
function headOf(
  slug: string,
  id: string | undefined,
  { title, published, updated, url }: Pick<SeedFacts, 'title' | 'published' | 'updated' | 'url'>,
  said: Metadata | undefined,
  path: string,
  options: ParseOptions,
): ArticleHead {
  const { authors = none, tags = none, extent }: Partial<Metadata> = said ?? {};
  const section = sectionInPath(path);
  const language = said?.language ?? (said === undefined ? undefined : languageInPath(path));
  const plainId = id === undefined ? said?.id : undefined;
  return omitUndefined({
    id: id === undefined ? options.mintId(plainId === undefined ? slug : mintedPart(plainId)) : cutOut(id),
    plainId: plainId === undefined ? undefined : cutOut(plainId),
    slug,
    permalink: url === undefined ? options.articleUrl(slug) : cutOut(url),
    title: cutOut(title),
    published,
    updated,
    expires: said?.expires,
    authors: authors.length === 0 ? authors : authors.map(cutOutAuthor),
    tags: tags.length === 0 ? tags : tags.map(cutOut),
    section,
    language,
    extent,
  });
}

function cutOutAuthor({ name, email, url }: Author): Author {
  return omitUndefined({
    name: cutOut(name),
    email: email === undefined ? undefined : cutOut(email),
    url: url === undefined ? undefined : cutOut(url),
  });
}

/**
 * The IRI that stands in the file: in front matter or behind "Id:", else the original URL. Any other `id` of front matter
 * counts before the original URL, but after an "Id:".
 */
function writtenId(
  inFront: string | undefined,
  { written, url }: SeedFacts,
  report: Report,
): string | undefined {
  const iri = inFront !== undefined && isAbsoluteIri(inFront) ? inFront : undefined;
  if (iri !== undefined && written.id !== undefined && iri !== written.id)
    reportTwoIds(iri, written.id, written.at, report);
  return iri ?? written.id ?? (inFront === undefined ? url : undefined);
}
