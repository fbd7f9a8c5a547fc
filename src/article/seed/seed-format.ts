import type { Instant } from '../article.ts';
import { plainText } from '../body/content.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { Span } from '../place.ts';
import { oneLine } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import type { Block, Blocks } from './blocks.ts';
import { readLabels } from './labels.ts';
import { findDates, reportNoDate } from './seed-dates.ts';
import type { StatedId } from './seed-id.ts';
import { dateInPath, isReadmeLike } from './seed-path.ts';

/** The title, dates and addresses of an article, and the parts of the text that state them. */
export interface SeedFacts {
  readonly title: string;
  /** The offset of the title in the text; absent if it comes from the path. */
  readonly titleAt?: number;
  readonly published: Instant;
  /** The offset of the publication date; absent if it comes from the path. */
  readonly publishedAt?: number;
  /** Never before `published`. */
  readonly updated: Instant;
  /** The original URL. */
  readonly url?: string;
  /** The id that the text states, outside front matter. */
  readonly statedId: StatedId;
  /** The parts of the text that are not part of the body. */
  readonly excluded: readonly Span[];
}

/** The text of a seed, below its front matter if it has any. */
export interface SeedBody {
  readonly text: string;
  /** Path inside the publication's folder. */
  readonly path: string;
  readonly blocks: Blocks;
}

/**
 * Reads headline, dateline, id and original URL of a seed without front matter.
 *
 * Returns `undefined` if a required part is missing, which is reported, or for a file such as a README, which is not.
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
  if (dates === undefined && isReadmeLike(path)) return undefined;
  if (title === '') {
    const message = 'expected a headline; begin the file with "# " and the headline';
    report('error', 'no-headline', headline?.start ?? 0, message);
  }
  if (dates === undefined) reportNoDate(blocks, headline, report);
  const stated = dates === undefined || dates === 'bad' ? [] : dates.spans;
  const top = headline === undefined ? stated : [...stated, headline];
  const { id, url, spans, lacksUrl } = readLabels(text, blocks, top, false, report);
  if (dates === undefined || dates === 'bad' || headline === undefined) return undefined;
  if (lacksUrl) reportMissedUrl(text, report);
  return omitUndefined({
    title,
    titleAt: headline.start,
    published: dates.published,
    publishedAt: stated[0]?.start,
    updated: dates.updated,
    url,
    statedId: id,
    excluded: [...top, ...spans],
  });
}

/** Returns the first heading that is not empty, and splits no blocks beyond it. */
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
  // Obsidian hides what is between two percent signs.
  return oneLine(plainText((headline?.text ?? '').replace(/%%.*?%%/gs, '')));
}

/** An original URL that cannot be read because it is inside a sentence, a list or a quote. */
const unreadOriginalUrl =
  /^[^\w\n]{0,20}(?:this (?:article|post|story) )?(?:was )?original(?:ly)? (?:ur[li]|link|published (?:at|on|in))\b[ \t:–—<*_-]{0,6}(?:\[[^\]\n]{0,60}\]\(<?)?https?:.{0,20}/im;

function reportMissedUrl(text: string, report: Report): void {
  const missed = unreadOriginalUrl.exec(text);
  if (missed === null) return;
  const message = `${quote(missed[0].trim())} is not read as the original URL; write "Original url: <https://…>" in a paragraph of its own`;
  report('warning', 'missed-original-url', missed.index, message);
}
