import { safeHtml } from '../../../article/body/html/safe-html.ts';
import { replaceFormulas } from '../../../article/body/tags/whole-elements.ts';
import { localizeAnchorLinks, resolvePageLinks } from '../markdown/anchor-links.ts';
import { findDifference, textBeforeCleaning } from '../markdown/compare-content.ts';
import { htmlToMarkdown } from '../markdown/html-to-markdown.ts';
import { loadLazyMedia } from '../markdown/load-lazy-media.ts';
import { normalizeFootnotes } from '../markdown/normalize-footnotes.ts';
import { parseHtml } from '../markdown/parse-html.ts';
import { htmlOfText } from '../read/html-text.ts';
import type { ImportedItem } from '../read/imported-item.ts';

/** Returns the name of the file that was downloaded from an absolute address. */
export type Rename = (address: string) => string | undefined;

export interface Body {
  /** Markdown. */
  readonly text: string;
  /** The pictures and recordings that it shows, by their absolute addresses. */
  readonly media: readonly string[];
  readonly warnings: readonly string[];
}

export interface BodySource extends Pick<ImportedItem, 'content' | 'title' | 'base'> {
  readonly url?: string | undefined;
  readonly slug: string;
}

/**
 * Writes the content of an item as Markdown. `render` returns the HTML that the site will show for Markdown. If that
 * lacks any of the content, the item's cleaned HTML is written instead, as one block.
 */
export function writeBody(
  { content, title, base, url = base, slug }: BodySource,
  rename: Rename | undefined,
  render: (markdown: string) => string,
): Body {
  const html = content.kind === 'html' ? normalizeHtml(content.text, url, base) : htmlOfText(content.text);
  const safe = safeHtml(html, { permalink: base, slug });
  const tree = parseHtml(html);
  const source = tree === undefined ? undefined : textBeforeCleaning(tree);
  // Downloaded files have other addresses, so they are not compared.
  const comparable = (one: string) => (rename === undefined ? one : removeMedia(one, rename));
  const lost = (shown: string) => findDifference(comparable(safe), comparable(shown), title, source);
  const media = new Set<string>();
  const written =
    tree &&
    htmlToMarkdown(tree, {
      base,
      rename: (address, isFile) => {
        if (isFile && /^https?:/.test(address)) media.add(address);
        return rename?.(address);
      },
    });
  if (written !== undefined) {
    const { escaped, minimal } = written;
    const shown = render(escaped);
    if (lost(shown) === undefined) {
      const isSame = minimal === escaped || rendersAs(minimal, shown, render);
      return { text: isSame ? minimal : escaped, media: [...media], warnings: [] };
    }
  }
  // Without a slug, ids and links to them stay as they are. They are cleaned again when the site renders them.
  const text = htmlBlock(safeHtml(html, { permalink: base }), rename ?? (() => undefined));
  const difference = lost(render(text));
  const warnings = difference === undefined ? [] : [`its text may be incomplete: ${difference.slice(0, 200)}`];
  const shown = [...safe.matchAll(addresses)].flatMap(([, name, address = '']) =>
    name === 'href' ? [] : [address.replaceAll('&amp;', '&')],
  );
  return { text, media: [...new Set([...shown, ...media])], warnings };
}

/** Rendering throws if the text is not a valid article. */
function rendersAs(text: string, shown: string, render: (markdown: string) => string): boolean {
  try {
    return render(text) === shown;
  } catch {
    return false;
  }
}

/** Rewrites formulas, lazy media, anchors and footnotes in the forms that Dateline knows. */
function normalizeHtml(written: string, page: string, base: string): string {
  const html = localizeAnchorLinks(loadLazyMedia(replaceFormulas(written)), page, base);
  const tree = /#[\s\S]*<ol/i.test(html) ? parseHtml(html) : undefined;
  return resolvePageLinks(tree === undefined ? html : normalizeFootnotes(html, tree), page);
}

const addresses = / (src|poster|href)="(https?:[^"]*)"/g;

/** Writes safe HTML as one block of Markdown, without blank lines and shortcodes. */
function htmlBlock(safe: string, rename: Rename): string {
  const html = safe
    .replace(addresses, (whole, name: string, address: string) => {
      const file = rename(address.replaceAll('&amp;', '&'));
      return file === undefined ? whole : ` ${name}="${file}"`;
    })
    .replace(/\n(?=[ \t]*\n)/g, '&#10;')
    .replaceAll('{', '&#123;')
    .replace(/^([ \t]*):(?=::)/gm, '$1&#58;');
  return html === '' ? '' : `<div>\n${html}\n</div>`;
}

function removeMedia(html: string, rename: Rename): string {
  return html
    .replace(/ (?:src|poster|srcset)="[^"]*"/g, '')
    .replace(addresses, (whole, _, address: string) =>
      rename(address.replaceAll('&amp;', '&')) === undefined ? whole : '',
    );
}
