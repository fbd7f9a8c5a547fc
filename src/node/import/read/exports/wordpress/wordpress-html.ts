import { linkParagraph } from '../../html-markup.ts';
import type { WordPressContext } from './wordpress-export.ts';
import { insertFootnotes } from './wordpress-footnotes.ts';
import { replaceShortcodes } from './wordpress-shortcodes.ts';

/** Renders a stored post as WordPress does. `unknown` lists the shortcodes of plug-ins, which stay as text. */
export function renderWordPress(
  stored: string,
  context: WordPressContext,
): { readonly text: string; readonly unknown: readonly string[] } {
  const unknown = new Set<string>();
  const whole = insertFootnotes(insertSharedBlocks(stored, context.blocks), context.footnotes ?? []);
  // The block editor stores paragraphs. For older posts WordPress adds them when it renders.
  const isBlocks = /<!-- wp:/.test(stored);
  const plain = removeComments(whole);
  const shown = replaceShortcodes(isBlocks ? linkLoneAddresses(plain) : plain, context, unknown);
  return { text: isBlocks ? shown : addParagraphs(linkLoneAddresses(shown)), unknown: [...unknown] };
}

function insertSharedBlocks(stored: string, blocks: WordPressContext['blocks']): string {
  const reference = /<!-- wp:block \{"ref":(\d{1,12})[^>]{0,200}-->/g;
  return stored.replace(reference, (whole, id: string) => blocks.get(id) ?? whole);
}

/** Links an address that is alone on its line, which WordPress would embed. */
function linkLoneAddresses(html: string): string {
  return html.replace(/^[ \t]*(https?:\/\/[^\s<>"]+)[ \t]*$/gm, (_, url: string) =>
    linkParagraph(url.replaceAll('&amp;', '&')),
  );
}

/** Removes comments, which are the editor's markup. */
function removeComments(html: string): string {
  let text = '';
  let from = 0;
  for (let at = html.indexOf('<!--'); at !== -1; at = html.indexOf('<!--', from)) {
    const end = html.indexOf('-->', at);
    if (end === -1) break;
    text += html.slice(from, at);
    from = end + 3;
  }
  return text + html.slice(from);
}

/** Turns blank lines into paragraphs and line ends into breaks, except in code. */
function addParagraphs(html: string): string {
  const text = html.replace(/\r\n?/g, '\n');
  const lower = text.toLowerCase();
  const parts: string[] = [];
  let from = 0;
  for (const { 1: name = '', index } of lower.matchAll(/<(pre|script|style)(?=[\s>])/g)) {
    if (index < from) continue;
    const close = `</${name}>`;
    const at = lower.indexOf(close, index);
    // Stop at an unclosed element: a search for each one's end would take quadratic time.
    if (at === -1) break;
    parts.push(paragraphs(text.slice(from, index)), text.slice(index, at + close.length));
    from = at + close.length;
  }
  return [...parts, paragraphs(text.slice(from))].filter((part) => part !== '').join('\n');
}

function paragraphs(html: string): string {
  return html
    .replace(blockTag, (tag) => `\n\n${tag}\n\n`)
    .split(/\n[ \t]*\n\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part, index, all) => {
      if (startsWithBlock.test(part)) return part;
      const lines = part.replace(/(?<!<br ?\/?>)\n/gi, '<br>\n');
      // The only text of a cell, a list item or a heading gets no paragraph.
      const isAlone = holder.test(all[index - 1] ?? '') && /^<(?:\/|figcaption)/i.test(all[index + 1] ?? '');
      return isAlone ? lines : `<p>${lines}</p>`;
    })
    .join('\n');
}

const blocks =
  'table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|iframe|script';
const blockTag = new RegExp(`</?(?:${blocks})(?:\\s[^<>]*)?/?>`, 'gi');
const startsWithBlock = new RegExp(`^</?(?:${blocks})(?:[\\s/>])`, 'i');
const holder = /^<(?:p|h[1-6]|li|td|th|dt|dd|figure|figcaption|caption|summary|legend|address)(?:[\s>])/i;
