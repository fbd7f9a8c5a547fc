import type { ArticleSource, Instant, SourceText } from './article.ts';
import type { Person } from './author.ts';
import { renderContent } from './body/content.ts';
import type { AlertWords } from './body/markdown/alerts.ts';
import { applyEdits, originalOffsets } from './edit.ts';
import type { FindFile } from './find-local-file.ts';
import { headOf } from './front-matter/article-head.ts';
import { afterPublication, isNeverShown } from './front-matter/corrections.ts';
import { namedFiles, readFiles } from './front-matter/episode/media.ts';
import { readFrontMatter } from './front-matter/front-matter.ts';
import { elsewhere, type Inherited, inheritedDelay, withInherited } from './front-matter/inherited.ts';
import { readMetadata } from './front-matter/metadata.ts';
import { pageValues } from './front-matter/page-values.ts';
import { readWithFrontMatter } from './front-matter/with-front-matter.ts';
import { recordingFlags } from './media/recordings.ts';
import { omitUndefined } from './omit-undefined.ts';
import type { PermalinkRule } from './permalink/parts.ts';
import { placeOnSite } from './permalink/permalink.ts';
import { type PlaceOf, placesIn } from './place.ts';
import { copyText, legalText } from './plain-text.ts';
import { hasErrors, type Problem, type Report } from './problem.ts';
import { Blocks } from './seed/blocks.ts';
import { normalizeLines } from './seed/lines.ts';
import { readSeedFormat, type SeedFacts } from './seed/seed-format.ts';
import { statedIri } from './seed/seed-id.ts';
import { dateContext, isSectionPage, languageInPath, longSlug } from './seed/seed-path.ts';
import { findShortcodes } from './shortcodes/shortcodes.ts';
import { seedName, slugOf } from './slug.ts';

/** A text file with one article, at a path inside the publication's folder, with `/`. The file name gives the slug. */
export interface Seed {
  readonly path: string;
  readonly text: string;
}

/** What an article takes from its publication. */
export interface ParseOptions {
  /** IANA name of the time zone for dates without one. */
  readonly timezone: string;
  /** Returns the absolute URL of an article's page on this site. */
  readonly articleUrl: (slug: string) => string;
  /** Returns the id of an article without an id or original URL: a `tag:` URI (RFC 4151). */
  readonly mintId: (slug: string) => string;
  /** How the site makes the addresses of articles, if it has pages of its own. */
  readonly rule?: PermalinkRule | undefined;
  /** Returns the names of alerts in a language, by default the publication's; without it they are in English. */
  readonly alertWords?: (language: string | undefined) => AlertWords;
  /** Finds the files that an article refers to; absent if there are none. */
  readonly findFile?: FindFile;
  /** What the folders of the article say about when it is published. */
  readonly inherited?: Inherited | undefined;
  /** The people whom the publication describes. */
  readonly people?: readonly Person[] | undefined;
  /** Whether articles are needed in Markdown, too. */
  readonly inMarkdown?: boolean | undefined;
}

/** An article that was read from a file. */
export interface ParsedArticle extends ArticleSource {
  sourceText(): SourceText;
}

export interface ParsedSeed {
  /** Absent if any problem is an error, and for a file that is not published: a draft or a page. */
  readonly source?: ParsedArticle;
  /** The same article with a longer slug, for when another article has its slug; only with front matter. */
  readonly withLongSlug?: ParsedArticle;
  /** Whether an error says that the article is private, so that an earlier version of it is withdrawn, too. */
  readonly isWithheld?: boolean;
  /** Whether the file states its id, so that the id depends neither on the file name nor on the publication. */
  readonly isIdWritten?: boolean;
  /** In the order of their position. */
  readonly problems: readonly Problem[];
}

/**
 * Parses a seed: optional front matter, headline, dateline, body and original URL.
 *
 * Reports every problem of the file, not only the first, and never throws for a malformed one. The body is rendered
 * only when {@link ArticleSource.article} is called.
 */
export function parseSeed(seed: Seed, options: ParseOptions): ParsedSeed {
  // Markdown would replace the characters that no document can carry by U+FFFD (CommonMark §2.3).
  const text = legalText(normalizeLines(seed.text));
  const problems: Problem[] = [];
  const placeOf = placesIn(text);
  const article = parseText({ path: seed.path, text }, options, placeOf, (severity, code, offset, message) => {
    // Faults of inherited values are reported in the file that sets them.
    if (offset === elsewhere) return;
    problems.push({ file: seed.path, ...placeOf(Math.max(0, offset)), severity, code, message });
  });
  if (article === 'unpublished') return { problems: [] };
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (article === 'private') return { isWithheld: true, problems: sorted };
  return hasErrors(sorted) ? { problems: sorted } : { ...article, problems: sorted };
}

/** Parses a normalized text. Returns `undefined` if something required is missing, which is reported. */
function parseText(
  { path, text }: Seed,
  options: ParseOptions,
  placeOf: PlaceOf,
  report: Report,
): Omit<ParsedSeed, 'problems'> | 'unpublished' | 'private' | undefined {
  const { timezone, findFile, inherited, people } = options;
  const frontMatter = readFrontMatter(text, report);
  if (frontMatter === 'broken') return undefined;
  if (frontMatter !== undefined && isSectionPage(path)) return 'unpublished';
  const table = withInherited(frontMatter?.table, inherited);
  const read = table && readMetadata(table, dateContext(path, timezone), report, { keys: inherited?.authors, people });
  if (read?.withheld === 'draft') return 'unpublished';
  const bodyStart = frontMatter?.body ?? 0;
  const seedBody = { text, path, blocks: new Blocks(text, bodyStart) };
  const written =
    frontMatter === undefined || read === undefined
      ? readSeedFormat(seedBody, timezone, report)
      : readWithFrontMatter(seedBody, read, timezone, report);
  // The key that marks it as private may be inherited, and is then reported elsewhere.
  if (written === undefined || read?.withheld !== undefined) return read?.withheld && 'private';
  const delay = inherited && inheritedDelay(frontMatter?.table, inherited, timezone, report);
  const facts = delay === undefined ? written : delayed(written, delay);
  const metadata = read && afterPublication(read, facts.published);
  if (metadata !== undefined && isNeverShown(metadata, facts.published)) {
    const message = `expires ${metadata.expires}, not after it is published, ${facts.published}, so it never appears; correct one of the two`;
    report('warning', 'expires-before-published', metadata.expiresAt ?? 0, message);
    return undefined;
  }
  // Pepys wrote in 1660; a year of fewer digits is a default of some program.
  if (facts.published < '1000') {
    const message = `${facts.published} is hardly the day on which the article was published; correct the date`;
    report('warning', 'bad-date', facts.publishedAt ?? 0, message);
  }

  const slug = metadata?.slug === undefined ? slugOf(seedName(path)) : copyText(slugOf(metadata.slug));
  const onSite = placeOnSite(options.rule, { path, ...facts, frontMatter: frontMatter?.table });
  // The page on the site is the original, whatever other copy the article names.
  const originalUrl = onSite.address ?? facts.url;
  const id = statedIri(metadata?.id, onSite.address === undefined ? facts : { statedId: facts.statedId }, report);
  const isIdWritten = (id ?? metadata?.id) !== undefined;
  const permalink = originalUrl ?? options.articleUrl(slug);
  const files = readFiles(frontMatter?.table, { permalink, findFile }, report);
  const commentsOnly = frontMatter === undefined;
  const language = metadata?.language ?? languageInPath(path, commentsOnly) ?? inherited?.language;
  const alertWords = options.alertWords?.(language);
  const around = { findFile, alertWords, frontMatter: frontMatter && pageValues(frontMatter.table) };
  const shortcodes = findShortcodes(text, bodyStart, path, report, { ...around, commentsOnly });
  const edits = [...facts.excluded.map(({ start, end }) => ({ start, end, text: '' })), ...shortcodes];

  const body = () => applyEdits(text, bodyStart, edits);
  const placesInBody = (): PlaceOf => {
    const original = originalOffsets(text, bodyStart, edits);
    return (offset) => placeOf(original(offset));
  };
  const sourceText = (): SourceText => ({
    body: body(),
    bodyPlace: placesInBody(),
    titlePlace: placeOf(facts.titleAt ?? 0),
    datePlace: placeOf(facts.publishedAt ?? 0),
    expiryPlace: metadata?.expiresAt === undefined ? undefined : placeOf(Math.max(0, metadata.expiresAt)),
    hasSummary: metadata?.summary !== undefined,
    files: frontMatter === undefined ? [] : namedFiles(frontMatter.table, { permalink, findFile }, placeOf),
    media: files,
  });
  const withSlug = (slug: string): ParsedArticle => {
    const identity = {
      id: isIdWritten ? id : onSite.id,
      permalink: originalUrl ?? options.articleUrl(slug),
      aliases: onSite.aliases,
    };
    const head = {
      ...headOf(slug, { ...identity, path, language, inherited: inherited?.language }, facts, metadata, options.mintId),
      ...recordingFlags(files),
    };
    const article = () => ({
      ...head,
      ...renderContent(body(), {
        ...head,
        findFile,
        alertWords,
        placeOf: (offset) => placesInBody()(offset),
        inMarkdown: options.inMarkdown,
      }),
      ...omitUndefined({ summary: metadata?.summary }),
      ...files,
    });
    return { head, article, sourceText };
  };
  const longer = frontMatter && longSlug(slug, path);
  return omitUndefined({
    source: withSlug(slug),
    withLongSlug: longer === undefined ? undefined : withSlug(longer),
    isIdWritten,
  });
}

function delayed(facts: SeedFacts, until: Instant): SeedFacts {
  const later = (instant: Instant): Instant => (instant > until ? instant : until);
  return { ...facts, published: later(facts.published), updated: later(facts.updated) };
}
