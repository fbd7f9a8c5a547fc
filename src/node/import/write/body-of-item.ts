import { safeHtml } from '../../../article/body/safe-html.ts';
import { htmlToMarkdown, readHtml } from '../markdown/html-to-markdown.ts';
import { withLinksToPage, withOwnAnchors } from '../markdown/own-anchors.ts';
import { withPlainFootnotes } from '../markdown/plain-footnotes.ts';
import { differenceOf } from '../markdown/same-content.ts';
import { sourceText } from '../markdown/source-text.ts';
import { htmlOfText } from '../read/html-text.ts';
import type { ImportedItem } from '../read/imported-item.ts';

/** Gives the name of the file that has come here from an absolute address. */
export type Rename = (address: string) => string | undefined;

export interface Body {
  /** Markdown. */
  readonly text: string;
  /** The pictures and recordings that it shows, by their absolute addresses. */
  readonly media: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Writes the content of an item as Markdown, and asks `show` what the site will show of it. Where that isn't all of
 * what the item says, its cleaned HTML stands for it, in one block.
 */
export function bodyOf(
  {
    content,
    title,
    base,
    url = base,
    slug,
  }: Pick<ImportedItem, 'content' | 'title' | 'base'> & {
    readonly url?: string | undefined;
    readonly slug: string;
  },
  rename: Rename | undefined,
  show: (markdown: string) => string,
): Body {
  const html = content.kind === 'html' ? settledHtml(content.text, url, base) : htmlOfText(content.text);
  const safe = safeHtml(html, { permalink: base, slug });
  const media = new Set<string>();
  const tree = readHtml(html);
  const source = tree === undefined ? undefined : sourceText(tree);
  const addressing = {
    base,
    rename: (address: string, isFile: boolean) => {
      if (isFile && /^https?:/.test(address)) media.add(address);
      return rename?.(address);
    },
  };
  const written = tree === undefined ? undefined : htmlToMarkdown(tree, addressing);
  // What is no article any more throws.
  const isShownAs = (text: string, shown: string): boolean => {
    try {
      return show(text) === shown;
    } catch {
      return false;
    }
  };
  // Once files have come here, their addresses are others.
  const settled = (one: string) => (rename === undefined ? one : withoutMedia(one, rename));
  const difference = (shown: string) => differenceOf(settled(safe), settled(shown), title, source);
  if (written !== undefined) {
    const { careful, plain } = written;
    const shown = show(careful);
    if (difference(shown) === undefined) {
      const text = plain === careful || isShownAs(plain, shown) ? plain : careful;
      return { text, media: [...media], warnings: [] };
    }
  }
  // Anchors and links to them stay as they are, for it will be read once more.
  const text = htmlBlock(safeHtml(html, { permalink: base }), rename ?? (() => undefined));
  const lost = difference(show(text));
  const warnings =
    lost === undefined ? [] : [`its text may not be all of what it was: ${lost.slice(0, 200)}`];
  const shown = [...safe.matchAll(addresses)].flatMap(([, name, address = '']) =>
    name === 'href' ? [] : [address.replaceAll('&amp;', '&')],
  );
  return { text, media: [...new Set([...shown, ...media])], warnings };
}

/** Has anchors and footnotes lie as this program knows them. */
function settledHtml(written: string, page: string, base: string): string {
  const html = withOwnAnchors(written, page, base);
  const tree = /#[\s\S]*<ol/i.test(html) ? readHtml(html) : undefined;
  return withLinksToPage(tree === undefined ? html : withPlainFootnotes(html, tree), page);
}

const addresses = / (src|poster|href)="(https?:[^"]*)"/g;

/** Writes safe HTML as one block of Markdown: nothing in it is a blank line or a mark of another framework. */
function htmlBlock(safe: string, rename: Rename): string {
  const settled = safe
    .replace(addresses, (whole, name: string, address: string) => {
      const file = rename(address.replaceAll('&amp;', '&'));
      return file === undefined ? whole : ` ${name}="${file}"`;
    })
    .replace(/\n(?=[ \t]*\n)/g, '&#10;')
    .replaceAll('{', '&#123;')
    .replace(/^([ \t]*):(?=::)/gm, '$1&#58;');
  return settled === '' ? '' : `<div>\n${settled}\n</div>`;
}

function withoutMedia(html: string, rename: Rename): string {
  return html
    .replace(/ (?:src|poster|srcset)="[^"]*"/g, '')
    .replace(addresses, (whole, _, address: string) =>
      rename(address.replaceAll('&amp;', '&')) === undefined ? whole : '',
    );
}
