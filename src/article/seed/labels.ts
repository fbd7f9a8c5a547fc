import type { Span } from '../place.ts';
import type { Report } from '../problem.ts';
import type { Block, Blocks } from './blocks.ts';
import { readOriginalUrl } from './original-url.ts';
import { readId, type StatedId } from './seed-id.ts';

/** What the labeled lines of a seed state: "Id:" and "Original url:". */
export interface Labels {
  readonly id: StatedId;
  /** The original URL. */
  readonly url?: string | undefined;
  /** The labeled lines, which are not part of the body. */
  readonly spans: readonly Span[];
  /** Whether a line may be a label but none states an original URL. */
  readonly lacksUrl: boolean;
}

/** Reads the labeled lines apart from `others`. Below front matter only the plainest labels count. */
export function readLabels(
  text: string,
  blocks: Blocks,
  others: readonly Span[],
  isBelowFrontMatter: boolean,
  report: Report,
): Labels {
  const from = firstLabel(text, blocks.from);
  if (from === undefined) return { id: { at: 0, spans: [] }, spans: [], lacksUrl: false };
  const rest = blocks.around(from).filter((block) => !others.includes(block));
  const id = readId(rest, isBelowFrontMatter, report, from);
  const { url, isNamed, spans } = readOriginalUrl(withoutSpans(rest, id.spans), isBelowFrontMatter, report, from);
  return { id, url, spans: [...id.spans, ...spans], lacksUrl: !isNamed };
}

/** Removes the blocks that an id fills, so that the original URL above it is at the end of the seed again. */
function withoutSpans(blocks: readonly Block[], spans: readonly Span[]): readonly Block[] {
  if (spans.length === 0) return blocks;
  const ends = new Map(spans.map(({ start, end }) => [start, end]));
  return blocks.filter(({ start, text }) => (ends.get(start) ?? 0) < start + text.length);
}

/**
 * Finds the first line, from an offset on, that may begin with "Id:", "Original url:", "Source:" or a variant. No label
 * comes earlier, and most texts have none, so this spares splitting them into blocks.
 */
export function firstLabel(text: string, from: number): number | undefined {
  // Regular expressions treat these characters as line ends.
  if (text.includes('\u2028') || text.includes('\u2029')) return from;
  for (let start = from; ; ) {
    label.lastIndex = start;
    if (label.test(text)) return start;
    const end = text.indexOf('\n', start);
    if (end === -1) return undefined;
    start = end + 1;
  }
}

const label = /[^a-z0-9\n]*(?:id[*_ ]*:|source|(?:this (?:article|post|story) )?(?:was )?original)/iy;
