import type { Instant } from '../article.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { quote, type Report } from '../problem.ts';
import { findDates, type SeedDates } from '../seed/seed-dates.ts';
import {
  besides,
  isHeadline,
  type SeedBody,
  type SeedFacts,
  takeOriginalUrl,
  titleOf,
} from '../seed/seed-format.ts';
import { takeId } from '../seed/seed-id.ts';
import { hasLabels } from '../seed/seed-labels.ts';
import { dateInPath, noDateInPath, titleInPath } from '../seed/seed-path.ts';
import type { Block, Blocks } from '../seed/seed-text.ts';
import type { Metadata } from './metadata.ts';

/**
 * Puts together what front matter says with what stands below it; `undefined` for a page, which has no date anywhere
 * and is reported as one.
 *
 * Where front matter has no title, the text is in the seed format: a heading that opens it is the headline, and a date
 * under that is the dateline. Where it has one, the text is the body, but for a dateline that opens it when front matter
 * has no date either. A date in the text counts more than one in the path.
 */
export function readBelowFrontMatter(
  { text, path, blocks }: SeedBody,
  said: Metadata,
  timezone: string,
  report: Report,
): SeedFacts | undefined {
  const needsDate = said.published === undefined;
  // Of most articles front matter says both, and their text need not be looked at.
  const [opening] = needsDate || said.title === undefined ? firstOf(blocks, 1).filter(isHeadline) : [];
  const headline = said.title === undefined ? opening : undefined;
  const inText =
    needsDate || headline !== undefined
      ? // A date further down is something else; a wrong one does no harm where another is known.
        findDates(firstOf(blocks, 3), opening, timezone, needsDate ? report : () => {})
      : undefined;
  if (inText === 'bad' && needsDate) return undefined;
  const dates = typeof inText === 'object' ? inText : undefined;
  const inPath = dateInPath(path, timezone) ?? dateInPath(said.path ?? '', timezone);
  const dated = said.published ?? dates?.published ?? inPath ?? said.updated;
  if (dated === undefined) {
    const wrong = noDateInPath(path);
    if (wrong !== undefined)
      report('error', 'bad-date', 0, `expected a date in the path, got ${quote(wrong)}; rename the file`);
    else if (!said.isMisdated) report('warning', 'page', 0, pageMessage);
    return undefined;
  }
  if (said.title === undefined && headline === undefined && !said.isMistitled) {
    const message = `no title; ${quote(titleInPath(path))} stands for it, after the name of the file; write "title" in front matter`;
    report('warning', 'no-headline', 0, message);
  }
  const spans = dates?.spans ?? [];
  const rest = hasLabels(text, blocks.from) ? blocks.all().filter((block) => !spans.includes(block)) : [];
  const written = takeId(rest, true, report);
  // In bodies that come from elsewhere "Source:" credits anything, so only the plainest label is sure.
  const original = takeOriginalUrl(besides(written, rest), report, ({ spans: [label] }) =>
    /^\s*[*_]*original ur[li]/i.test(text.slice(label?.start, label?.end)),
  );
  const url = said.url ?? original.url;
  const titleAt = said.title === undefined ? headline?.start : said.titleAt;
  const publishedAt = said.published === undefined ? spans[0]?.start : said.publishedAt;
  return {
    title: said.title ?? (titleOf(headline) || titleInPath(path)),
    ...inOrder(dated, said.updated ?? updatedIn(dates), said.updatedAt ?? spans[0]?.start ?? 0, report),
    ...omitUndefined({ titleAt, publishedAt, url }),
    written,
    taken: [...spans, ...written.spans, ...original.spans, ...(headline === undefined ? [] : [headline])],
  };
}

function firstOf(blocks: Blocks, count: number): Block[] {
  return Array.from({ length: count }, (_, index) => blocks.at(index)).filter((block) => block !== undefined);
}

const pageMessage =
  'there is front matter but no date in it, in the text or in the path, so this is a page and no article; it is left out until it has a "date"';

/** A dateline without an update names its date for both. */
function updatedIn(dates: SeedDates | undefined): Instant | undefined {
  return dates === undefined || dates.updated === dates.published ? undefined : dates.updated;
}

function inOrder(
  published: Instant,
  updated: Instant | undefined,
  at: number,
  report: Report,
): { published: Instant; updated: Instant } {
  if (updated === undefined || updated >= published) return { published, updated: updated ?? published };
  const message = `updated ${updated} lies before published ${published} and is ignored; correct one of the two`;
  report('warning', 'updated-before-published', at, message);
  return { published, updated: published };
}
