import type { Instant } from '../article.ts';
import { plainText } from '../body/content.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { Span } from '../place.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { findOriginalUrls, type OriginalUrl } from './original-url.ts';
import { findDates, reportNoDate } from './seed-dates.ts';
import { takeId, type WrittenId } from './seed-id.ts';
import { hasLabels } from './seed-labels.ts';
import { dateInPath, isAboutFolder } from './seed-path.ts';
import type { Block, Blocks } from './seed-text.ts';

/** What an article is called, when it was published and where, and what of its text says so. */
export interface SeedFacts {
  readonly title: string;
  /** Where it stands in the seed's text; absent where the path says it. */
  readonly titleAt?: number;
  readonly published: Instant;
  /** Where that date stands; absent where the path says it. */
  readonly publishedAt?: number;
  /** Never before `published`. */
  readonly updated: Instant;
  /** The original URL. */
  readonly url?: string;
  /** The id that the text names, outside of front matter. */
  readonly written: WrittenId;
  /** What is no part of the body. */
  readonly taken: readonly Span[];
}

/** The text of a seed, below its front matter where it has some. */
export interface SeedBody {
  readonly text: string;
  /** Path inside the publication's folder. */
  readonly path: string;
  readonly blocks: Blocks;
}

/**
 * Reads headline, dateline and original URL of a seed without front matter; `undefined` where something that it can't
 * be published without is missing, which is reported, and for a file about the folder, which isn't.
 */
export function readSeedFormat(
  { text, path, blocks }: SeedBody,
  timezone: string,
  report: Report,
): SeedFacts | undefined {
  const headline = firstHeadline(blocks);
  const title = titleOf(headline);
  const inText = findDates(blocks, headline, timezone, report);
  const inPath = inText === undefined ? dateInPath(path, timezone) : undefined;
  const dates = inPath === undefined ? inText : { published: inPath, updated: inPath, spans: [] };
  if (dates === undefined && isAboutFolder(path)) return undefined;
  if (title === '') {
    const message = 'expected a headline; begin the file with "# " and the headline';
    report('error', 'no-headline', headline?.start ?? 0, message);
  }
  if (dates === undefined) reportNoDate(blocks, headline, report);
  const spans = dates === 'bad' ? [] : (dates?.spans ?? []);
  const isLabelled = hasLabels(text, 0);
  const rest = isLabelled ? blocks.all().filter((block) => block !== headline && !spans.includes(block)) : [];
  const written = takeId(rest, false, report);
  const original = takeOriginalUrl(besides(written, rest), report);
  if (dates === undefined || dates === 'bad' || headline === undefined) return undefined;
  if (isLabelled && !original.isNamed) reportMissedUrl(text, report);
  const { published, updated } = dates;
  const url = original.url === undefined ? {} : { url: original.url };
  const taken = [...spans, ...written.spans, ...original.spans, headline];
  const [datedAt] = spans;
  const places = omitUndefined({ titleAt: headline.start, publishedAt: datedAt?.start });
  return { title, published, updated, ...places, ...url, written, taken };
}

/** The blocks that are left when those are gone that an id fills; what stands at the end of a seed then does so again. */
export function besides({ spans }: WrittenId, blocks: readonly Block[]): readonly Block[] {
  const ends = new Map(spans.map(({ start, end }) => [start, end]));
  return blocks.filter(({ start, text }) => (ends.get(start) ?? 0) < start + text.length);
}

/** The first heading that says something, for which no more is read than stands before it. */
function firstHeadline(blocks: Blocks): Block | undefined {
  let index = 0;
  let block = blocks.at(index);
  while (block !== undefined && !isHeadline(block)) block = blocks.at(++index);
  return block;
}

export function isHeadline({ kind, text }: Block): boolean {
  return kind === 'heading' && text !== '';
}

export function titleOf(headline: Block | undefined): string {
  return oneLine(plainText(headline?.text ?? ''));
}

/** Takes the original URL from the blocks that may name it, and reports what only wants to be one. */
export function takeOriginalUrl(
  blocks: readonly Block[],
  report: Report,
  counts: (found: OriginalUrl) => boolean = () => true,
): { url?: string; isNamed: boolean; spans: readonly Span[] } {
  const found = findOriginalUrls(blocks).filter(counts);
  for (const { url, at } of found) {
    if (typeof url === 'string') continue;
    const message = `expected an address that begins with https:// after the label, got ${quote(url.bad)}`;
    report('error', 'bad-original-url', at, message);
  }
  const last = found.at(-1);
  const isNamed = last !== undefined;
  if (last === undefined || typeof last.url !== 'string') return { isNamed, spans: [] };
  if (found.some(({ url }) => typeof url === 'string' && url !== last.url)) {
    report(
      'warning',
      'two-original-urls',
      last.at,
      'a second original URL; this one counts, so delete the other',
    );
  }
  return { url: last.url, isNamed, spans: found.flatMap(({ spans }) => spans) };
}

/** A line that names an original URL in a form that is none: in a sentence, a list or a quotation. */
const unreadOriginalUrl =
  /^[^\w\n]{0,20}(?:this (?:article|post|story) )?(?:was )?original(?:ly)? (?:ur[li]|link|published (?:at|on|in))\b[ \t:–—<*_-]{0,6}(?:\[[^\]\n]{0,60}\]\(<?)?https?:.{0,20}/im;

function reportMissedUrl(text: string, report: Report): void {
  const missed = unreadOriginalUrl.exec(text);
  if (missed === null) return;
  const message = `${quote(missed[0].trim())} is not read as the original URL; write "Original url: <https://…>" in a paragraph of its own`;
  report('warning', 'missed-original-url', missed.index, message);
}
