import { unescapeMarkdown } from '../body/content.ts';
import type { Span } from '../place.ts';
import { canonicalUrl } from '../web-address.ts';
import type { Block } from './seed-text.ts';

/** Where a seed names the address at which the article first appeared. */
export interface OriginalUrl {
  /** The label and the address, which are no part of the body. */
  readonly spans: readonly Span[];
  /** The absolute address in its canonical spelling (RFC 4287 §4.2.6.1), or what stands in its place. */
  readonly url: string | { readonly bad: string };
  /** Where that begins in the seed's text. */
  readonly at: number;
}

/**
 * Finds every line that is a label such as "Original url:" and an address: bare, in `<…>` or a Markdown link, behind
 * the label, on the next line or in the next paragraph.
 *
 * "Source:" often credits something else inside an article, so it counts only in the paragraphs around the
 * dateline and at the end, and only with an address.
 */
export function findOriginalUrls(blocks: readonly Block[]): OriginalUrl[] {
  return blocks.flatMap((block, index) => {
    // Asking first is cheap, and almost no paragraph has a label.
    if (block.kind !== 'paragraph' || !/^[ \t]*[*_]*(?:original|source)/im.test(block.text)) return [];
    return [...block.text.matchAll(labels)].flatMap((label) => {
      const next = blocks[index + 1];
      const follow = next?.kind === 'paragraph' ? next : undefined;
      const found = addressAfter(label, block, follow);
      const rest = blocks.slice(index + found.spans.length);
      // Behind it a credit in italics may stand.
      const atEdge =
        index <= 1 || rest.length === 0 || (rest.length === 1 && /^[*_(]/.test(rest[0]?.text ?? ''));
      if (typeof found.url === 'string') return isSure(label) || atEdge ? [found] : [];
      return label.index === 0 && isMeant(label, found.url.bad) ? [found] : [];
    });
  });
}

/** A label fills the start of a line up to a colon, the address or the line's end, and may be in bold or italics. */
const labels =
  /^[ \t]*[*_]*(?:original(?:ly)? (ur[li]|link|address|article|(?:published|posted|appeared)(?: (?:at|on|in))?)|source(?: ur[li]| link)?(?=[*_ ]*:))[*_ ]*(?:(:)[*_ \t]*|$|(?=[<[]|https?:))/gim;

function isSure(label: RegExpExecArray): boolean {
  return label[1] !== undefined;
}

/** Tells whether an address must have been meant: behind "Originally published:" may stand a date or a newspaper. */
function isMeant([, name, colon]: RegExpExecArray, value: string): boolean {
  if (name === undefined) return false;
  if (addressIn(value) !== undefined) return true;
  return colon !== undefined && (/^(?:ur|link|address)|at$/i.test(name) || /^(?:[^\s\d]\S*)?$/.test(value));
}

/** The longest address that is looked for, since what is read is text of strangers. */
const longest = 2048;

function addressAfter(label: RegExpExecArray, block: Block, next: Block | undefined): OriginalUrl {
  const labelEnd = label.index + label[0].length;
  const here = /\S/.test(block.text.slice(labelEnd)) || next === undefined;
  const { text, start } = here ? block : next;
  const from = here ? labelEnd + text.slice(labelEnd).search(/\S|$/) : 0;
  const lineEnd = text.indexOf('\n', from);
  // The address ends with its line; the text of a link may fill several.
  const ends = lineEnd === -1 ? [text.length] : [lineEnd, text.length];
  const values = ends.map((end) => ({ end, url: canonicalUrl(addressIn(text.slice(from, end)) ?? '') }));
  const { end, url } = values.find(({ url }) => url !== undefined) ?? { end: ends[0] ?? from };
  const labelled = { start: block.start + label.index, end: block.end };
  return {
    spans: here ? [{ ...labelled, end: start + end }] : [labelled, { start, end: start + end }],
    url: url ?? { bad: text.slice(from, end).trim() },
    at: start + from,
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
  // Outside of `<…>` Markdown escapes what might be markup (CommonMark §2.4, §2.5).
  return written === undefined ? undefined : unescapeMarkdown(written);
}
