import { withoutEmphasis } from './dateline.ts';
import type { Block } from './seed-text.ts';

/** Where a seed names the address at which the article first appeared. */
export interface OriginalUrl {
  /** The blocks that say so, which are no part of the body. */
  readonly blocks: readonly Block[];
  /** The absolute address in its canonical spelling (RFC 4287 §4.2.6.1), or what stands in its place. */
  readonly url: string | { readonly bad: string };
}

/**
 * Finds every paragraph that is a label such as "Original url:" and an address: bare, in `<…>` or a Markdown link,
 * in the same paragraph or in the next.
 *
 * "Source:" often credits something else inside an article, so it counts only in the paragraphs around the
 * dateline and at the end, and only with an address.
 */
export function findOriginalUrls(blocks: readonly Block[]): OriginalUrl[] {
  const found: OriginalUrl[] = [];
  blocks.forEach((block, index) => {
    if (block.kind !== 'paragraph' || block.text.length > 4096) return;
    const text = block.text.replace(/\s+/g, ' ');
    const label = labels.exec(withoutEmphasis(text.slice(0, 60)));
    if (label === null) return;
    const sure = label[1] !== undefined;
    const rest = text.replace(labelled, '').trim();
    const next = blocks[index + 1];
    const here = rest !== '' || next === undefined || next.kind !== 'paragraph';
    const value = here ? rest : next.text;
    const taken = here ? [block] : [block, next];
    const atEdge = index <= 3 || index + taken.length === blocks.length;
    const address = addressIn(value);
    const url = address === undefined ? undefined : canonicalUrl(address);
    if (url !== undefined && (sure || atEdge)) found.push({ blocks: taken, url });
    // A sentence may well begin with these words; a label stands alone or before a colon.
    else if (sure && (address !== undefined || label[0].trimEnd().endsWith(':')))
      found.push({ blocks: taken, url: { bad: value } });
  });
  return found;
}

/** Spells an absolute http or https address as WHATWG URL does; `undefined` for anything else. */
export function canonicalUrl(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  return new URL(address).href;
}

const words =
  'original(?:ly)? (?:ur[li]|link|address|article|published(?: at| on| in)?|posted(?: at| on)?|appeared(?: at| on| in)?)';
const labels = new RegExp(`^(?:(${words})|source(?: ur[li]| link)?(?= ?:)) ?(?::|$|(?=[<[]|https?:))`, 'i');
/** The same at the start of the raw text, with the emphasis that may surround it. */
const labelled = /^[*_]*(?:original(?:ly)?|source)[^:<[]*?(?=:|<|\[|https?:|$):?[*_]*:?/i;

function addressIn(text: string): string | undefined {
  const plain = text.replace(/^[*_]+|[*_.]+$/g, '').trim();
  return (
    /^<([^<>\s]+)>$/.exec(plain)?.[1] ??
    /^\[[^\]]*\]\(\s*<?([^\s<>]*?)>?(?:\s+["'(].*["')])?\s*\)$/.exec(plain)?.[1] ??
    /^([a-z][a-z0-9+.-]*:\/\/\S+)$/i.exec(text.trim().replace(/^[*_]+|[*_]+$/g, ''))?.[1]
  );
}
