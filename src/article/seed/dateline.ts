import type { Instant } from '../article.ts';
import { type DateReading, readDate, readTimestamp } from './date.ts';

/** The dates in the paragraph below a headline. */
export interface Dateline {
  readonly published?: Instant;
  readonly updated?: Instant;
  /** Whether its first date has a label. */
  readonly labeled: boolean;
  readonly faults: readonly DatelineFault[];
}

/** An invalid date, or a date with the wrong weekday. */
export interface DatelineFault {
  /** The date as written, without its label. */
  readonly written: string;
  /** Its offset in the paragraph. */
  readonly at: number;
  readonly reading: DateReading;
}

/**
 * Reads a paragraph that consists of dates, each with or without a label such as "Published" or "Updated". Returns
 * `undefined` if it contains anything else.
 */
export function readDateline(paragraph: string, timezone: string): Dateline | undefined {
  if (paragraph.length > longestDateline) return undefined;
  const exact = readTimestamp(paragraph);
  if (exact !== undefined) return { published: exact, labeled: false, faults: [] };
  const faults: DatelineFault[] = [];
  const moments: { published?: Instant; updated?: Instant } = {};
  const parts = withoutEmphasis(paragraph)
    .replace(/[^\S\n]+/g, ' ')
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [firstPart] = parts;
  if (firstPart === undefined) return undefined;
  for (const part of parts) {
    const label = labels.exec(part);
    const written = part.slice(label?.[0].length ?? 0);
    const reading = readDate(written, timezone);
    if (reading === undefined) return undefined;
    if (reading.kind === 'bad' || reading.wrongWeekday !== undefined) {
      faults.push({ written, at: Math.max(0, paragraph.indexOf(written)), reading });
    }
    if (reading.kind === 'date') {
      moments[label?.[1] === undefined ? 'published' : 'updated'] ??= reading.instant;
    }
  }
  return { ...moments, labeled: labels.test(firstPart), faults };
}

/** Longer paragraphs are not read as datelines, since the expressions below run on untrusted text. */
export const longestDateline = 300;

/** Removes marks of emphasis and code and hard line breaks, but keeps the underscore of `America/New_York`. */
function withoutEmphasis(text: string): string {
  return text.replace(/[*`]+|(?<![\p{L}\d])_+|_+(?![\p{L}\d])|\\$/gmu, '');
}

const publishedLabel = '(?:(?:first|originally) )?(?:published|posted|created)';
const updatedLabel = '(?:last )?(?:updated?|modified|edited|revised|changed)';
/** A label; the group captures only labels of an update. */
const labels = new RegExp(
  `^(?:${publishedLabel}|date(?:d| published| of publication)?|(?:publication|release) date|(${updatedLabel}))(?: on| at)?(?: ?[:–—-] ?| +)`,
  'i',
);

/** A quick test that a paragraph may be a dateline with a label. */
export function mayHaveLabel(paragraph: string): boolean {
  return labelWord.test(paragraph);
}

const labelWord =
  /^[^a-z\d]*(?:first|originally|publi|posted|created|date|release|last|update|modified|edited|revised|changed)/i;

/** What separates dates: a line end, a bar, a dot or a spaced dash (unless a time follows), or just a label. */
const separators = new RegExp(
  [
    String.raw`\n`,
    String.raw`(?: ?[|·•;]|(?<!${publishedLabel}|${updatedLabel}) [–—-](?= ))(?! ?\d{1,2}(?:[:.]\d\d| ?[ap]\.?m))`,
    String.raw`(?<!\b(?:first|originally|last)),?(?: /)? (?=(?:${publishedLabel}|${updatedLabel})\b)`,
    String.raw` ?\((?=${updatedLabel}\b)`,
    String.raw`(?<=\d|m\.?)\) ?$`,
  ].join('|'),
  'i',
);
