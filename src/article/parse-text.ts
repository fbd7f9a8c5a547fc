import type { ArticleHead } from './article.ts';
import { readBelowFrontMatter } from './below-front-matter.ts';
import { renderContent } from './content.ts';
import { edited, sourceOffsets } from './edit.ts';
import { frontMatterEnd } from './front-matter/find-front-matter.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { mayNameFiles, readFiles } from './front-matter/media.ts';
import { type Metadata, readMetadata } from './front-matter/metadata.ts';
import type { Dating } from './front-matter/moments.ts';
import { readPlainMetadata } from './front-matter/plain-metadata.ts';
import { writtenFiles } from './front-matter/written-files.ts';
import type { ParsedArticle, ParsedSeed, ParseOptions } from './parse.ts';
import { placesIn } from './place.ts';
import type { PlainFacts } from './plain-seed.ts';
import { cutOut } from './plain-text.ts';
import type { Problem, Report } from './problem.ts';
import { readSeedFormat, type SeedFacts } from './seed-format.ts';
import { isAbsoluteIri, mintedPart, reportTwoIds } from './seed-id.ts';
import { dateInPath, isSectionPage, languageInPath, otherSlug, sectionInPath } from './seed-path.ts';
import { Blocks } from './seed-text.ts';
import { isMdx } from './shortcodes/mdx.ts';
import { findShortcodes } from './shortcodes/shortcodes.ts';
import { seedName, slugOf } from './slug.ts';

/** Reads a seed of any kind, of which the text is clean. */
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
  const said = front === undefined ? undefined : readMetadata(front.table, datingOf(path, timezone), report);
  if (said?.isDraft) return { problems: [] };
  const body = { text, path, blocks: new Blocks(text, front?.body) };
  const read =
    said === undefined
      ? readSeedFormat(body, timezone, report)
      : readBelowFrontMatter(body, said, timezone, report);
  if (read === undefined) return result();

  const slug = slugOf(said?.slug ?? seedName(path));
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

/** What is known of a seed without its body. */
export interface ParsedTop {
  readonly head: ArticleHead;
  /** The same under the address of {@link ParsedSeed.elsewhere}. */
  readonly elsewhere?: ArticleHead;
  /** As {@link ParsedSeed.isIdWritten}. */
  readonly isIdWritten: boolean;
}

/**
 * Reads a seed with front matter by the beginning of its text, of which it is known that it is clean and that there are
 * neither labels nor shortcodes from {@link frontMatterEnd} on; `undefined` where the whole text is needed, as wherever
 * something is wrong.
 */
export function parseFrontTop(path: string, top: string, options: ParseOptions): ParsedTop | undefined {
  const end = frontMatterEnd(top);
  if (end === 0 || isSectionPage(path) || isMdx(path)) return undefined;
  let isSound = true;
  const report = () => {
    isSound = false;
  };
  const front = readFrontMatter(top, report);
  if (!isSound || front === undefined || front === 'broken' || front.body < end) return undefined;
  const { timezone } = options;
  const plain = readPlainMetadata(front.table, timezone);
  if (plain !== undefined)
    return topOf(undefined, { ...plain, updated: plain.published }, plain, path, options);
  if (mayNameFiles(front.table)) return undefined;
  const said = readMetadata(front.table, datingOf(path, timezone), report);
  if (said.isDraft || said.title === undefined || said.published === undefined) return undefined;
  const body = { text: '', path, blocks: new Blocks('') };
  const read = readBelowFrontMatter(body, said, timezone, report);
  if (read === undefined) return undefined;
  const id = writtenId(said.id, read, report);
  return isSound ? topOf(id, read, said, path, options) : undefined;
}

function topOf(
  id: string | undefined,
  facts: Parameters<typeof headOf>[2],
  said: SaidOfHead & Pick<Metadata, 'slug'>,
  path: string,
  options: ParseOptions,
): ParsedTop {
  const slug = slugOf(said.slug ?? seedName(path));
  const other = otherSlug(slug, path);
  const head = (slug: string) => headOf(slug, id, facts, said, path, options);
  return {
    head: head(slug),
    ...(other === undefined ? {} : { elsewhere: head(other) }),
    isIdWritten: (id ?? said.id) !== undefined,
  };
}

function datingOf(path: string, timezone: string): Dating {
  return { timezone, hasDateInPath: dateInPath(path, timezone) !== undefined };
}

const none: readonly never[] = [];
/** What of front matter stands in a head. */
type SaidOfHead = Partial<Pick<Metadata, 'authors' | 'tags' | 'extent' | 'language' | 'id'>>;
const nothingSaid: SaidOfHead = {};

/** Makes the head of the article at a path of what is known of it. */
export function headOf(
  slug: string,
  id: string | undefined,
  { title, published, updated, url }: Omit<PlainFacts, 'bodyAt'> & Pick<SeedFacts, 'url'>,
  said: SaidOfHead | undefined,
  path: string,
  options: ParseOptions,
): ArticleHead {
  const { authors = none, tags = none, extent } = said ?? nothingSaid;
  const section = sectionInPath(path);
  const language = said?.language ?? (said === undefined ? undefined : languageInPath(path));
  const plainId = id === undefined ? said?.id : undefined;
  return {
    id: id ?? options.mintId(plainId === undefined ? slug : mintedPart(plainId)),
    ...(plainId === undefined ? {} : { plainId }),
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
 * The IRI that stands in the file: in front matter or behind "Id:", else the original URL. Any other `id` of front matter
 * counts before the original URL, but after an "Id:".
 */
function writtenId(inFront: string | undefined, { written, url }: SeedFacts, report: Report) {
  const iri = inFront !== undefined && isAbsoluteIri(inFront) ? inFront : undefined;
  if (iri !== undefined && written.id !== undefined && iri !== written.id)
    reportTwoIds(iri, written.id, written.at, report);
  return iri ?? written.id ?? (inFront === undefined ? url : undefined);
}
