import type { Instant } from './article.ts';
import { type DateReading, readDate } from './date.ts';

/** What the paragraph under a headline says of time. */
export interface Dateline {
  readonly published?: Instant;
  readonly updated?: Instant;
  /** What is wrong with a part of it, and the part. */
  readonly faults: readonly DatelineFault[];
}

export interface DatelineFault {
  readonly part: string;
  readonly reading: DateReading;
}

/**
 * Reads a paragraph that holds nothing but dates, each with or without a label such as "Published" or "Updated";
 * `undefined` when it holds anything else.
 */
export function readDateline(paragraph: string, timezone: string): Dateline | undefined {
  if (paragraph.length > 300) return undefined;
  const faults: DatelineFault[] = [];
  const moments: { published?: Instant; updated?: Instant } = {};
  const parts = withoutEmphasis(paragraph)
    .split(separators)
    .filter((part) => part.trim() !== '');
  for (const part of parts) {
    const label = labels.exec(part.trim());
    const reading = readDate(part.trim().slice(label?.[0].length ?? 0), timezone);
    if (reading === undefined) return undefined;
    if (reading.kind === 'bad' || reading.wrongWeekday !== undefined)
      faults.push({ part: part.trim(), reading });
    if (reading.kind === 'date')
      moments[label?.[1] === undefined ? 'published' : 'updated'] ??= reading.instant;
  }
  return parts.length === 0 ? undefined : { ...moments, faults };
}

/** Takes away the marks of emphasis and code, and leaves the underscore of `America/New_York`. */
export function withoutEmphasis(text: string): string {
  return text.replace(/[*`]+|(?<![\p{L}\d])_+|_+(?![\p{L}\d])/gu, '');
}

const labels =
  /^(?:(?:first |originally )?(?:published|posted)|dated?|((?:last )?(?:updated|modified|edited|revised|changed)))(?: on| at)?(?: ?[:–—-] ?| +)/i;

/** Between two dates: a line's end, a stroke, a dot, a spaced dash; or nothing but the next date's label. */
const separators =
  /\n|\s*[|·•;]\s*|\s+[–—-]\s+|\s*,?\s+(?=(?:last )?(?:updated|modified|edited|revised|published)\b)|\s*\((?=(?:last )?updated\b)|(?<=\d|m\.?)\)\s*$/i;
