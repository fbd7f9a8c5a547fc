import type { ArticleHead, ArticleSource, FindFile } from './article.ts';
import { plainText, renderContent } from './content.ts';
import { findOriginalUrls } from './original-url.ts';
import { legalText, oneLine } from './plain-text.ts';
import { type Problem, quote, type Report } from './problem.ts';
import { findDates } from './seed-dates.ts';
import { type Block, type Span, splitBlocks, unifyLines } from './seed-text.ts';
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

export interface ParsedSeed {
  /** Absent when a problem is an error. */
  readonly source?: ArticleSource;
  readonly problems: readonly Problem[];
}

/**
 * Reads a seed: headline, dateline, body and original URL, in the order in which people write them.
 *
 * Finds every problem of the file, not only the first. The body is rendered when {@link ArticleSource.article} is
 * called.
 */
export function parseSeed(seed: Seed, options: ParseOptions): ParsedSeed {
  // Markdown would show a sign of its own for what no document can carry (CommonMark §2.3).
  const text = legalText(unifyLines(seed.text));
  const blocks = splitBlocks(text);
  const problems: Problem[] = [];
  const report: Report = (severity, code, offset, message) => {
    problems.push({ file: seed.path, ...placeOf(offset, text), severity, code, message });
  };

  const headline = blocks.find(({ kind, text }) => kind === 'heading' && text !== '');
  const title = oneLine(plainText(headline?.text ?? ''));
  if (title === '') {
    const message = 'expected a headline; begin the file with "# " and the headline';
    report('error', 'no-headline', headline?.start ?? 0, message);
  }
  const dates = findDates(blocks, headline, options.timezone, report);
  const spans = dates?.spans ?? [];
  const original = takeOriginalUrl(
    blocks.filter((block) => block !== headline && !spans.includes(block)),
    report,
  );
  if (dates === undefined || problems.some(({ severity }) => severity === 'error')) {
    return { problems: inOrder(problems) };
  }

  const missed = original.url === undefined ? unreadOriginalUrl.exec(text) : null;
  if (missed !== null) {
    const message = `${quote(missed[0].trim())} is not read as the original URL; write "Original url: <https://…>" in a paragraph of its own`;
    report('warning', 'missed-original-url', missed.index, message);
  }
  const slug = slugOf(seedName(seed.path));
  const head: ArticleHead = {
    id: original.url ?? options.mintId(slug),
    slug,
    permalink: original.url ?? options.articleUrl(slug),
    title,
    published: dates.published,
    updated: dates.updated,
    authors: [],
    tags: [],
  };
  const taken = [...spans, ...original.spans, ...(headline === undefined ? [] : [headline])];
  const contentOptions = { ...head, findFile: options.findFile };
  const article = () => ({
    ...head,
    ...renderContent(without(text, taken), contentOptions),
    enclosures: [],
  });
  return { source: { head, article }, problems: inOrder(problems) };
}

/** A line that names an original URL in a form that is none: in a sentence, a list or a quotation. */
const unreadOriginalUrl =
  /^[^\w\n]{0,20}(?:this (?:article|post|story) )?(?:was )?original(?:ly)? (?:ur[li]|link|published (?:at|on|in))\b[ \t:–—<*_-]{0,6}(?:\[[^\]\n]{0,60}\]\(<?)?https?:.{0,20}/im;

function takeOriginalUrl(blocks: readonly Block[], report: Report): { url?: string; spans: readonly Span[] } {
  const found = findOriginalUrls(blocks);
  for (const { url, at } of found) {
    if (typeof url === 'string') continue;
    const message = `expected an address that begins with https:// after the label, got ${quote(url.bad)}`;
    report('error', 'bad-original-url', at, message);
  }
  const last = found.at(-1);
  if (last === undefined || typeof last.url !== 'string') return { spans: [] };
  if (found.some(({ url }) => typeof url === 'string' && url !== last.url)) {
    report('warning', 'two-original-urls', last.at, 'a second original URL; this one counts');
  }
  return { url: last.url, spans: found.flatMap(({ spans }) => spans) };
}

/** Counts line and column, both from 1, of the first sign at or after an offset. */
function placeOf(offset: number, text: string): { line: number; column: number } {
  const before = text.slice(0, offset);
  const column = offset - before.lastIndexOf('\n');
  return { line: before.split('\n').length, column };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function without(text: string, spans: readonly Span[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    rest += text.slice(from, start);
    from = end;
  }
  return rest + text.slice(from);
}
