import type { Instant } from '../article.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { quote, type Report } from '../problem.ts';
import type { Block, Blocks } from '../seed/blocks.ts';
import { readLabels } from '../seed/labels.ts';
import { findDates, inOrder, type SeedDates } from '../seed/seed-dates.ts';
import { isHeadline, type SeedBody, type SeedFacts, titleOf } from '../seed/seed-format.ts';
import { dateInPath, invalidDateInPath, titleInPath } from '../seed/seed-path.ts';
import type { Metadata } from './metadata.ts';

/**
 * Combines front matter with what the text below it states. Returns `undefined` for a page, which has no date anywhere
 * and is reported.
 *
 * Front matter without a title is followed by a text in the seed format: a heading at its start is the headline, and a
 * date below that is the dateline. Otherwise the text is the body, except for a dateline at its start if front matter
 * has no date. A date in the text takes precedence over one in the path.
 */
export function readWithFrontMatter(
  { text, path, blocks }: SeedBody,
  metadata: Metadata,
  timezone: string,
  report: Report,
): SeedFacts | undefined {
  const needsDate = metadata.published === undefined;
  // Most articles state both in front matter, and then no block need be split.
  const opening = needsDate || metadata.title === undefined ? blocks.at(0) : undefined;
  const heading = opening !== undefined && isHeadline(opening) ? opening : undefined;
  const headline = metadata.title === undefined ? heading : undefined;
  const inText =
    needsDate || headline !== undefined
      ? // A date further down means something else. An invalid date is harmless if front matter has one.
        findDates(firstBlocks(blocks, 3), heading, timezone, needsDate ? report : () => {})
      : undefined;
  if (inText === 'bad' && needsDate) return undefined;
  const dates = typeof inText === 'object' ? inText : undefined;
  const published =
    metadata.published ??
    dates?.published ??
    dateInPath(path, timezone) ??
    dateInPath(metadata.path ?? '', timezone) ??
    metadata.updated;
  if (published === undefined) {
    reportPage(path, metadata, report);
    return undefined;
  }
  if (metadata.title === undefined && headline === undefined && !metadata.hasInvalidTitle) {
    const message = `no title, so the file name becomes ${quote(titleInPath(path))}; add a "title" to the front matter`;
    report('warning', 'no-headline', 0, message);
  }
  const dateSpans = dates?.spans ?? [];
  const updated = metadata.updated ?? updatedIn(dates);
  const labels = readLabels(text, blocks, dateSpans, true, report);
  const ordered = inOrder(published, updated, metadata.updatedAt ?? dateSpans[0]?.start ?? 0, report);
  return omitUndefined({
    title: metadata.title ?? (titleOf(headline) || titleInPath(path)),
    titleAt: metadata.title === undefined ? headline?.start : metadata.titleAt,
    ...ordered,
    publishedAt: needsDate ? dateSpans[0]?.start : metadata.publishedAt,
    url: metadata.url ?? labels.url,
    statedId: labels.id,
    excluded: [...dateSpans, ...labels.spans, ...(headline === undefined ? [] : [headline])],
  });
}

function firstBlocks(blocks: Blocks, count: number): Block[] {
  return Array.from({ length: count }, (_, index) => blocks.at(index)).filter((block) => block !== undefined);
}

function reportPage(path: string, { hasInvalidDate, computedDate }: Metadata, report: Report): void {
  const invalid = invalidDateInPath(path);
  if (invalid !== undefined)
    report('error', 'bad-date', 0, `expected a date in the path, got ${quote(invalid)}; rename the file`);
  else if (!hasInvalidDate)
    report('warning', 'page', 0, computedDate === undefined ? pageMessage : computedMessage(computedDate));
}

function computedMessage(written: string): string {
  return `${quote(written)} is no date that stays the same, so this is a page and not an article; write a "date" such as 2026-03-02 to publish it`;
}

const pageMessage =
  'front matter without a date, in it, in the text or in the path, makes this a page and not an article; add a "date" to publish it';

/** Returns the date of the update; a dateline without one repeats its publication date. */
function updatedIn(dates: SeedDates | undefined): Instant | undefined {
  return dates === undefined || dates.updated === dates.published ? undefined : dates.updated;
}
