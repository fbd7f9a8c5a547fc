/** Elements beside which no paragraph stands. */
const blocks =
  'table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|iframe|script';
const blockTag = new RegExp(`</?(?:${blocks})(?:\\s[^<>]*)?/?>`, 'gi');
const opensBlock = new RegExp(`^</?(?:${blocks})(?:[\\s/>])`, 'i');

/**
 * Makes paragraphs where lines are blank and line breaks where they end, as WordPress does when it shows a post that
 * was written so. Code keeps its lines.
 */
export function paragraphsOf(html: string): string {
  const text = html.replace(/\r\n?/g, '\n');
  const lower = text.toLowerCase();
  const parts: string[] = [];
  let from = 0;
  for (const { 1: name = '', index } of lower.matchAll(/<(pre|script|style)(?=[\s>])/g)) {
    if (index < from) continue;
    const close = `</${name}>`;
    const at = lower.indexOf(close, index);
    // One that has no end is looked for no more: others would take the square of the length.
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
      if (opensBlock.test(part)) return part;
      const lines = part.replace(/(?<!<br ?\/?>)\n/gi, '<br>\n');
      // What stands alone in a cell, an item or a heading is no paragraph of its own.
      const isInner = inline.test(all[index - 1] ?? '') && /^<(?:\/|figcaption)/i.test(all[index + 1] ?? '');
      return isInner ? lines : `<p>${lines}</p>`;
    })
    .join('\n');
}

const inline = /^<(?:p|h[1-6]|li|td|th|dt|dd|figure|figcaption|caption|summary|legend|address)(?:[\s>])/i;
