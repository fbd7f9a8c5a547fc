import type { Instant } from '../article.ts';
import { type DateReading, readDate, readTimestamp } from './date.ts';

/** What the paragraph under a headline says of time. */
export interface Dateline {
  readonly published?: Instant;
  readonly updated?: Instant;
  /** Whether its first date has a label. */
  readonly labelled: boolean;
  readonly faults: readonly DatelineFault[];
}

/** What is wrong with one of its dates. */
export interface DatelineFault {
  /** The date as it was written, without its label. */
  readonly written: string;
  /** Where that begins in the paragraph. */
  readonly at: number;
  readonly reading: DateReading;
}

/**
 * Reads a paragraph that holds nothing but dates, each with or without a label such as "Published" or "Updated";
 * `undefined` when it holds anything else.
 */
export function readDateline(paragraph: string, timezone: string): Dateline | undefined {
  if (paragraph.length > longest) return undefined;
  const exact = readTimestamp(paragraph);
  if (exact !== undefined) return { published: exact, labelled: false, faults: [] };
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
  return { ...moments, labelled: labels.test(firstPart), faults };
}

/** The longest paragraph that is looked at; what is read in it is text of strangers. */
export const longest = 300;

/** Takes away the marks of emphasis and code and of a hard line break, and leaves the underscore of `America/New_York`. */
function withoutEmphasis(text: string): string {
  return text.replace(/[*`]+|(?<![\p{L}\d])_+|_+(?![\p{L}\d])|\\$/gmu, '');
}

const publishedLabel = '(?:(?:first|originally) )?(?:published|posted|created)';
const updatedLabel = '(?:last )?(?:updated?|modified|edited|revised|changed)';
/** A label, which captures something when it is of an update. */
const labels = new RegExp(
  `^(?:${publishedLabel}|date(?:d| published| of publication)?|(?:publication|release) date|(${updatedLabel}))(?: on| at)?(?: ?[:–—-] ?| +)`,
  'i',
);

/** Tells whether a paragraph can be a dateline that has a label; to ask this first spares the reading of all others. */
export function mayHaveLabel(paragraph: string): boolean {
  return labelWord.test(paragraph);
}

const labelWord =
  /^[^a-z\d]*(?:first|originally|publi|posted|created|date|release|last|update|modified|edited|revised|changed)/i;

/**
 * Between two dates: a line's end, a stroke, a dot, a spaced dash, which also stand before a time; or nothing but the
 * next date's label.
 */
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
