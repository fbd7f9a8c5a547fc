import type { Instant } from '../article.ts';
import type { Span } from '../place.ts';
import { quote, type Report } from '../problem.ts';
import type { Block } from './blocks.ts';
import { type Dateline, longestDateline, mayHaveLabel, readDateline } from './dateline.ts';

/** The dates of publication and update that a seed contains. */
export interface SeedDates {
  readonly published: Instant;
  /** Never before `published`. */
  readonly updated: Instant;
  /** The paragraphs with the dates, which are not part of the body. */
  readonly spans: readonly Span[];
}

/**
 * Finds the dateline: the first paragraph that is a date, below the headline or else above it, and the labeled
 * paragraphs ("Updated") that follow it. Reports invalid dates; returns `bad` if no valid date is left.
 */
export function findDates(
  blocks: BlocksInOrder,
  headline: Block | undefined,
  timezone: string,
  report: Report,
): SeedDates | 'bad' | undefined {
  const start = indexBelow(blocks, headline);
  const found: FoundDateline[] = [];
  for (const block of startingAt(start, blocks)) {
    const isFirst = found.length === 0;
    if (!isFirst && !mayHaveLabel(block.text)) break;
    const next = datelineOf(block, timezone, isFirst && block === blocks.at(start));
    if (isFirst && next === undefined) continue;
    if (next === undefined || !(isFirst || next.dateline.labeled)) break;
    found.push(next);
    if (next.span !== block || found.length === 4) break;
  }
  return found.length === 0 ? undefined : combine(found, report);
}

/** Blocks that are split from the text only as far as they are asked for. */
type BlocksInOrder = Pick<readonly Block[], 'at'>;

/** Returns the index of the block below the headline. */
function indexBelow(blocks: BlocksInOrder, headline: Block | undefined): number {
  let index = 0;
  if (headline !== undefined) while (blocks.at(index++) !== headline);
  return index;
}

function* startingAt(start: number, blocks: BlocksInOrder): Generator<Block> {
  let index = start;
  for (let block = blocks.at(index); block !== undefined; block = blocks.at(++index)) yield block;
  for (index = 0; index < start; index++) {
    const block = blocks.at(index);
    if (block !== undefined) yield block;
  }
}

interface FoundDateline {
  readonly dateline: Dateline;
  readonly span: Span;
}

/** A dateline is a paragraph of its own. Directly below the headline it may also be the first lines of a paragraph. */
function datelineOf(block: Block, timezone: string, leads: boolean): FoundDateline | undefined {
  // "25. February" is a date in many languages but looks like a list item in Markdown.
  if (block.kind !== 'paragraph' && !/^ {0,3}\d{1,2}\. ?[\p{L}\d][^\n]*$/u.test(block.text)) return undefined;
  const { text, start } = block;
  const whole = readDateline(text, timezone);
  if (whole !== undefined) return { dateline: whole, span: block };
  if (!leads) return undefined;
  for (let end = longestDateline; end > 0; ) {
    end = text.lastIndexOf('\n', end - 1);
    const dateline = readDateline(text.slice(0, Math.max(0, end)), timezone);
    if (dateline !== undefined) return { dateline, span: { start, end: start + end } };
  }
  return undefined;
}

/** Reports the faults of the datelines and combines their dates. */
function combine(found: readonly FoundDateline[], report: Report): SeedDates | 'bad' {
  for (const { dateline, span } of found) {
    for (const { written, at, reading } of dateline.faults) {
      const place = span.start + at;
      if (reading.kind === 'bad') {
        const code = reading.ambiguous ? 'ambiguous-date' : 'bad-date';
        report('error', code, place, `expected a date, got ${quote(written)}: ${reading.reason}`);
      } else {
        const message = `${quote(written)} is not a ${reading.wrongWeekday}; the date is used, so correct the weekday ("dateline check --fix" can do it)`;
        report('warning', 'wrong-weekday', place, message);
      }
    }
  }
  const firstOf = (name: 'published' | 'updated') =>
    found.map(({ dateline }) => dateline[name]).find((moment) => moment !== undefined);
  const published = firstOf('published') ?? firstOf('updated');
  if (published === undefined) return 'bad';
  const spans = found.map(({ span }) => span);
  return { ...inOrder(published, firstOf('updated'), spans[0]?.start ?? 0, report), spans };
}

/** Pairs the dates of an article. An update before the publication is reported and ignored. */
export function inOrder(
  published: Instant,
  updated: Instant | undefined,
  at: number,
  report: Report,
): Pick<SeedDates, 'published' | 'updated'> {
  if (updated === undefined || updated >= published) return { published, updated: updated ?? published };
  const message = `updated ${updated} is before published ${published} and is ignored; correct one of them`;
  report('warning', 'updated-before-published', at, message);
  return { published, updated: published };
}

/** Reports that no paragraph is a date. A short paragraph below the headline was probably meant to be one. */
export function reportNoDate(blocks: BlocksInOrder, headline: Block | undefined, report: Report): void {
  const suspect = blocks.at(indexBelow(blocks, headline));
  if (suspect?.kind === 'paragraph' && suspect.text.length <= 40) {
    const got = `expected a date, got ${quote(suspect.text)}`;
    report('error', 'bad-date', suspect.start, `${got}; write it like 2025-02-25 or February 25, 2025`);
  } else {
    const message = 'expected a date in a paragraph of its own under the headline, like February 25, 2025';
    report('error', 'no-date', headline?.start ?? 0, message);
  }
}
