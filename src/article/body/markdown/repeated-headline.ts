import MarkdownIt, { type Token } from 'markdown-it';
import { inlineText } from './inline-text.ts';

/** Removes the first heading of a body if it repeats `title`; anything before the heading stays. */
export function removeRepeatedHeadline(tokens: readonly Token[], title: string): Token[] {
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open' && token.level === 0) {
      const heading = inlineText(tokens[index + 1]?.children ?? []);
      return isSame(heading, title) ? tokens.toSpliced(index, 3) : [...tokens];
    }
    if (token.type !== 'html_block' || token.level > 0) continue;
    const heading = findHeading(token.content);
    if (heading === undefined) continue;
    if (heading.hasMedia || !isSame(heading.text, title)) return [...tokens];
    const rest = withoutEmptyWrappers(token.content.slice(0, heading.start) + token.content.slice(heading.end));
    if (rest === '') return tokens.toSpliced(index, 1);
    return tokens.with(index, Object.assign(Object.create(token) as Token, { content: rest }));
  }
  return [...tokens];
}

/** Finds the first heading in a block of HTML, and skips comments. */
function findHeading(html: string) {
  for (const { 0: tag, 1: name, index: start } of html.matchAll(headingTag)) {
    if (name === undefined) continue;
    const inner = start + tag.length;
    const { 0: end = '', index = -1 } = new RegExp(`</${name}\\s*>`, 'i').exec(html.slice(inner)) ?? {};
    if (index === -1) return undefined;
    const written = html.slice(inner, inner + index);
    return {
      start,
      end: inner + index + end.length,
      text: markdown.utils.unescapeAll(written.replace(/<[^<>]*>/g, '')),
      hasMedia: /<(?:img|picture|video|audio|iframe|embed)\b/i.test(written),
    };
  }
  return undefined;
}

const markdown = new MarkdownIt();
const headingTag = /<!--.*?(?:-->|$)|<(h[1-6])(?:\s[^<>]*)?>/gis;

/** Removes elements that contained only the heading. */
function withoutEmptyWrappers(html: string): string {
  const rest = html.replace(/<(header|hgroup|div|center)(?:\s[^<>]*)?>\s*<\/\1\s*>/gi, '');
  return /\S/.test(rest) ? rest : '';
}

/** Ignores case, white space, quotation marks, kinds of dash and final punctuation, but C# is not C++. */
function isSame(a: string, b: string): boolean {
  const normalize = (text: string): string =>
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\u00AD\u200B\u2060\uFEFF"'`´‘’‚‛“”„‟«»‹›「」『』]+/g, '')
      .replaceAll('…', '...')
      .replace(/[-‐-―−]+/g, '-')
      .replace(/\s+/g, ' ')
      .replace(/ ?- ?/g, '-')
      .trim()
      .replace(/(?<![.!?:])[.!?:]+$/, '')
      .trim();
  const [one, other] = [normalize(a), normalize(b)];
  return one === other && (one !== '' || a.trim() === b.trim());
}
