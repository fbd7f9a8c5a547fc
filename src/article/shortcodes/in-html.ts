import { escapeAttribute } from '../escape.ts';

/** The start of an HTML block, which ends with a blank line (CommonMark §4.6, condition 6). */
const blockStart =
  /^ {0,3}<\/?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?:[\s/>]|$)/i;

/**
 * Reports whether an offset is inside an HTML block of a body that begins at `from`, in which Markdown is not read.
 * Looks back a few thousand characters.
 */
export function isInHtmlBlock(text: string, at: number, from = 0): boolean {
  const before = text.slice(Math.max(from, at - 3000), at);
  const blank = before.lastIndexOf('\n\n');
  return blockStart.test(blank === -1 ? before.replace(/^\n+/, '') : before.slice(blank + 2));
}

/** Writes the picture or link that replaces a shortcode as HTML; other text stays. */
export function asHtml(markdown: string): string {
  const plain = (text: string): string => escapeAttribute(text.replace(/\\([\\[\]])/g, '$1'));
  const [, alt, src, caption] = /^!\[(.*)\]\(<(.*)>\)(?: \*?(.*?)\*?)?$/.exec(markdown) ?? [];
  if (alt !== undefined && src !== undefined)
    return `<img src="${plain(src)}" alt="${plain(alt)}" />${caption ? ` <em>${plain(caption)}</em>` : ''}`;
  const [, label, url] = /^(?:\[(.*)\]\()?<(.*)>\)?$/.exec(markdown) ?? [];
  return url === undefined ? markdown : `<a href="${plain(url)}">${plain(label ?? url)}</a>`;
}
