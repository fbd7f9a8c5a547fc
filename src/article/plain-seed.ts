import type { Instant } from './article.ts';
import { mayHaveLabel, readDateline } from './seed/dateline.ts';
import { hasLabels } from './seed/seed-labels.ts';

/** What the plainest seeds say above their body. */
export interface PlainFacts {
  readonly title: string;
  readonly published: Instant;
  readonly updated: Instant;
  /** The offset at which the body begins. */
  readonly bodyAt: number;
}

/**
 * Reads a seed that begins with a headline without marks, an empty line and a date on a line of its own, with which nothing is
 * wrong, and that has no labels anywhere; `undefined` for all others, and wherever there is a doubt. To split a text into
 * blocks and to look for what may be wrong with it takes several times as long, and most seeds are plain.
 */
export function readPlainSeed(text: string, timezone: string): PlainFacts | undefined {
  const facts = readTop(text, timezone);
  return facts === undefined || hasLabels(text, 0) || mayHaveLabel(text.slice(facts.bodyAt))
    ? undefined
    : facts;
}

/** Likewise of a seed of which only the beginning is at hand, and of which it is known that it is clean and has no labels. */
export function readPlainTop(top: string, timezone: string): PlainFacts | undefined {
  const facts = readTop(top, timezone);
  if (facts === undefined) return undefined;
  const below = top.slice(facts.bodyAt);
  return wordBelow.test(below) && !mayHaveLabel(below) ? facts : undefined;
}

/** What follows may be another line of the dateline, which its first word tells, if it isn't cut off. */
const wordBelow = /^\n\n[^a-z\d]*[a-z\d][\s\S]{20}/i;

function readTop(text: string, timezone: string): PlainFacts | undefined {
  const [top, title = '', date = ''] = plainTop.exec(text) ?? [];
  if (top === undefined || marks.test(title) || listMark.test(date)) return undefined;
  const dateline = readDateline(date, timezone);
  if (dateline?.published === undefined || dateline.faults.length > 0) return undefined;
  const { published, updated = published } = dateline;
  return updated < published ? undefined : { title, published, updated, bodyAt: top.length };
}

/** A line that begins with a letter or a digit and ends at an empty line is a paragraph, unless it is an item of a list. */
const plainTop = /^# (\S(?:[^\n]*\S)?)\n\n([A-Za-z\d](?:[^\n]*\S)?)(?=\n\n|\n?$)/;
const listMark = /^\d{1,9}[.)]/;
/** What Markdown may take for something else than text, and white space that would become one space. */
const marks = /[\\`*_[\]<>!~#]|&[#\w]|:\/\/| {2}|[^\S ]|\u0085/;
