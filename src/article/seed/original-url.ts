import { unescapeMarkdown } from '../body/content.ts';
import type { Span } from '../place.ts';
import { quote, type Report } from '../problem.ts';
import { canonicalUrl } from '../web-address.ts';
import type { Block } from './blocks.ts';

/** A line of a seed that states the address at which the article first appeared. */
export interface OriginalUrl {
  /** The label and the address, which are not part of the body. */
  readonly spans: readonly Span[];
  /** The normalized absolute address (RFC 4287 §4.2.6.1), or the text in its place. */
  readonly url: string | { readonly bad: string };
  /** The offset of that in the text of the seed. */
  readonly at: number;
  /** Whether the label is "Original url:" itself. */
  readonly isExplicit: boolean;
}

/**
 * Reads the original URL and reports labels without a valid address. If there are several, the last one counts. Below
 * front matter "Source:" may credit anything, so only "Original url:" counts there.
 */
export function readOriginalUrl(
  blocks: readonly Block[],
  isBelowFrontMatter: boolean,
  report: Report,
  from = 0,
): { url?: string; isNamed: boolean; spans: readonly Span[] } {
  const found = findOriginalUrls(blocks, from).filter(({ isExplicit }) => isExplicit || !isBelowFrontMatter);
  for (const { url, at } of found) {
    if (typeof url === 'string') continue;
    const message = `expected an address that begins with https:// after the label, got ${quote(url.bad)}`;
    report('error', 'bad-original-url', at, message);
  }
  const last = found.at(-1);
  const isNamed = last !== undefined;
  if (last === undefined || typeof last.url !== 'string') return { isNamed, spans: [] };
  if (found.some(({ url }) => typeof url === 'string' && url !== last.url)) {
    const message = 'a second original URL; this one is used, so delete the other';
    report('warning', 'two-original-urls', last.at, message);
  }
  return { url: last.url, isNamed, spans: found.flatMap(({ spans }) => spans) };
}

/**
 * Finds every label such as "Original url:" with an address: bare, in `<…>` or a Markdown link, after the label, on the
 * next line or in the next paragraph. No label comes before the offset `from`.
 *
 * "Source:" often credits something else inside an article, so it counts only at the top and at the end, and only with
 * an address.
 */
export function findOriginalUrls(blocks: readonly Block[], from = 0): OriginalUrl[] {
  return blocks.flatMap((block, index) => {
    if (block.kind !== 'paragraph' || block.end <= from || !mayBeLabel.test(block.text)) return [];
    return [...block.text.matchAll(labels)].flatMap((label) => {
      const next = blocks[index + 1];
      const follow = next?.kind === 'paragraph' ? next : undefined;
      const found = addressAfter(label, block, follow);
      const end = index + found.spans.length;
      // A credit in italics may follow.
      const isLast = end >= blocks.length || (end === blocks.length - 1 && /^[*_(]/.test(blocks[end]?.text ?? ''));
      const atEdge = index <= 1 || isLast;
      if (typeof found.url === 'string') return isSure(label) || atEdge ? [found] : [];
      return label.index === 0 && isMeant(label, found.url.bad) ? [found] : [];
    });
  });
}

/** A label begins a line, ends at a colon, the address or the line end, and may be bold or italic. */
const labels =
  /^[ \t]*[*_]*(?:original(?:ly)? (ur[li]|link|address|article|(?:published|posted|appeared)(?: (?:at|on|in))?)|source(?: ur[li]| link)?(?=[*_ ]*:))[*_ ]*(?:(:)[*_ \t]*|$|(?=[<[]|https?:))/gim;

/** A quick test first: {@link labels} is slow to start. */
const mayBeLabel = /^[ \t]*[*_]*(?:original|source)/im;

function isSure(label: RegExpExecArray): boolean {
  return label[1] !== undefined;
}

/** Reports whether an address was meant: "Originally published:" may also introduce a date or a newspaper. */
function isMeant([, name, colon]: RegExpExecArray, value: string): boolean {
  if (name === undefined) return false;
  if (addressIn(value) !== undefined) return true;
  return colon !== undefined && (/^(?:ur|link|address)|at$/i.test(name) || /^(?:[^\s\d]\S*)?$/.test(value));
}

/** Longer texts are not addresses, since the expressions run on untrusted text. */
const longest = 2048;

function addressAfter(label: RegExpExecArray, block: Block, next: Block | undefined): OriginalUrl {
  const labelEnd = label.index + label[0].length;
  const here = /\S/.test(block.text.slice(labelEnd)) || next === undefined;
  const { text, start } = here ? block : next;
  const from = here ? labelEnd + text.slice(labelEnd).search(/\S|$/) : 0;
  const lineEnd = text.indexOf('\n', from);
  // A bare address ends with its line, but the text of a link may span several.
  const ends = lineEnd === -1 ? [text.length] : [lineEnd, text.length];
  const values = ends.map((end) => ({ end, url: canonicalUrl(addressIn(text.slice(from, end)) ?? '') }));
  const { end, url } = values.find(({ url }) => url !== undefined) ?? { end: ends[0] ?? from };
  const labeled = { start: block.start + label.index, end: block.end };
  return {
    spans: here ? [{ ...labeled, end: start + end }] : [labeled, { start, end: start + end }],
    url: url ?? { bad: text.slice(from, end).trim() },
    at: start + from,
    isExplicit: /^[ \t]*[*_]*original ur[li]/i.test(label[0]),
  };
}

function addressIn(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const plain = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^[*_]+/, '')
    .replace(/(?<![*_.,;])[*_.,;]+$/, '');
  const exact = /^<([^<>\s]+)>$/.exec(plain)?.[1];
  if (exact !== undefined) return exact;
  const written =
    /^\[[^\]]*\]\( ?<?([^ <>]*?)>?(?: ["'(].*["')])? ?\)$/.exec(plain)?.[1] ??
    /^([a-z][a-z0-9+.-]*:\/\/\S+)$/i.exec(plain)?.[1];
  // Outside `<…>` Markdown escapes possible markup (CommonMark §2.4, §2.5).
  return written === undefined ? undefined : unescapeMarkdown(written);
}
