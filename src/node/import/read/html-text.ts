import { readText } from '../../../article/body/first-picture.ts';
import { blockNames, boxNames } from '../../../article/body/html/dropped-blocks.ts';
import { safeHtml } from '../../../article/body/html/safe-html.ts';
import { escapeText } from '../../../article/escape.ts';
import { oneLine } from '../../../article/plain-text.ts';

/** Reads the text of untrusted HTML as one line. */
export function textOfHtml(html: string): string {
  // The addresses don't matter here.
  const clean = safeHtml(html, { permalink: 'https://site.example/', slug: 'text' });
  return oneLine(readText(clean).replaceAll('\u00a0', ' '));
}

/** Reads a title or a name that may be HTML, since RSS doesn't declare which. A lone tag is taken as text. */
export function plainLine(text: string | undefined): string {
  if (text === undefined) return '';
  // The test for paired tags takes quadratic time, so long text counts as HTML without it.
  const isHtml = text.length > 20_000 || reference.test(text) || pairedTag.test(text);
  return oneLine(isHtml ? textOfHtml(text) : text);
}

/** Reads a description or summary that may be HTML, by the rules for content. */
export function plainSummary(text = ''): string {
  return oneLine(/[&<]/.test(text) ? textOfHtml(guessHtml(text)) : text);
}

/** Converts content of an undeclared type to HTML. Text without known tags becomes paragraphs. */
export function guessHtml(text: string): string {
  const isHtml = knownTag.test(text) || anyEndTag.test(text);
  return isHtml ? text : paragraphs(text.replaceAll('<', '&lt;'));
}

/** Converts plain text to HTML: a paragraph for each block of lines, a line break for each line. */
export function htmlOfText(text: string): string {
  return paragraphs(escapeText(text));
}

function paragraphs(escaped: string): string {
  return escaped
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .filter((part) => /\S/.test(part))
    .map((part) => `<p>${part.trim().replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}

const reference = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i;
const known = `${[...blockNames, ...boxNames].join('|')}|a|abbr|address|article|aside|audio|b|bdi|bdo|blockquote|br|caption|cite|code|dd|del|details|dfn|dir|div|dl|dt|em|embed|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|label|li|mark|menu|nobr|noscript|object|ol|p|picture|pre|q|rt|ruby|s|samp|section|select|small|span|strike|strong|sub|summary|sup|svg|table|tbody|td|th|thead|time|tr|tt|u|ul|var|video|wbr`;
const knownTag = new RegExp(String.raw`<\/?(?:${known})(?:\s[^<>]*)?\/?>|<!--`, 'i');
/** An unknown start tag may be text, as in `Vec<T>` and `ssh <user>`. An end tag isn't. */
const anyEndTag = /<\/[a-z][\w:.-]*\s*>/i;
const pairedTag = new RegExp(
  String.raw`<(${known})(?:\s[^<>]*)?>[\s\S]*?<\/\1\s*>|<(?:br|img|hr)(?:\s[^<>]*)?\/?>`,
  'i',
);
