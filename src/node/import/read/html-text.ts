import { blockNames, boxNames } from '../../../article/body/dropped-blocks.ts';
import { readText } from '../../../article/body/first-picture.ts';
import { safeHtml } from '../../../article/body/safe-html.ts';
import { escapeText } from '../../../article/escape.ts';
import { oneLine } from '../../../article/plain-text.ts';

/** Where nothing is resolved. */
const nowhere = { permalink: 'https://site.example/', slug: 'text' };

/** Reads the text of a stranger's HTML, as one line. */
export function textOfHtml(html: string): string {
  return oneLine(readText(safeHtml(html, nowhere)).replaceAll('\u00a0', ' '));
}

/** Tells whether a text that may be HTML has elements of it; what has none is plain. */
export function isMarkup(text: string): boolean {
  return knownTag.test(text) || anyEndTag.test(text);
}

/** Likewise of a title or a name, in which a tag alone is more likely meant as it is written. */
export function isMarkedLine(line: string): boolean {
  return pairedTag.test(line);
}

const known = `${[...blockNames, ...boxNames].join('|')}|a|abbr|address|article|aside|audio|b|bdi|bdo|blockquote|br|caption|cite|code|dd|del|details|dfn|dir|div|dl|dt|em|embed|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|label|li|mark|menu|nobr|noscript|object|ol|p|picture|pre|q|rt|ruby|s|samp|section|select|small|span|strike|strong|sub|summary|sup|svg|table|tbody|td|th|thead|time|tr|tt|u|ul|var|video|wbr`;
const knownTag = new RegExp(String.raw`<\/?(?:${known})(?:\s[^<>]*)?\/?>|<!--`, 'i');
/** Of other names a tag alone may be meant as it is written, as in `Vec<T>` and `ssh <user>`; nobody ends such a one. */
const anyEndTag = /<\/[a-z][\w:.-]*\s*>/i;
const pairedTag = new RegExp(
  String.raw`<(${known})(?:\s[^<>]*)?>[\s\S]*?<\/\1\s*>|<(?:br|img|hr)(?:\s[^<>]*)?\/?>`,
  'i',
);

/** Writes plain text as HTML: paragraphs where lines are blank, and line breaks where they end. */
export function htmlOfText(text: string): string {
  return paragraphs(escapeText(text));
}

/** Reads as HTML what nobody says whether it is; what has no tags and several lines is plain text with references at most. */
export function looseHtml(text: string): string {
  return isMarkup(text) ? text : paragraphs(text.replaceAll('<', '&lt;'));
}

function paragraphs(escaped: string): string {
  return escaped
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .filter((part) => /\S/.test(part))
    .map((part) => `<p>${part.trim().replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}
