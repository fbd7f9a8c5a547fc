import type { Token } from 'markdown-it';
import { oneLine } from './plain-text.ts';

/**
 * Finds the lede of a body: its first paragraph that speaks, as plain text on one line.
 *
 * Passed over are pictures, a picture's caption, and lines that only point elsewhere ("Related article: …").
 * A body without such a paragraph yields its first text of any kind.
 */
export function findLede(tokens: readonly Token[]): string {
  const paragraphs = tokens.flatMap((token, index) => {
    const opener = tokens[index - 1];
    if (token.type !== 'inline' || opener?.type !== 'paragraph_open' || opener.level !== 0) return [];
    const children = token.children ?? [];
    return [{ children, text: oneLine(inlineText(children)) }];
  });
  const speaking = paragraphs.filter(
    ({ children, text }) => text !== '' && !isPicture(children) && !isPointer(text),
  );
  const [first, second] = speaking;
  const isFirstBlock = tokens[0]?.type === 'paragraph_open';
  const captioned =
    first !== undefined && second !== undefined && isFirstBlock && isCaption(first.children, first.text);
  const lede = captioned ? second : first;
  if (lede !== undefined) return lede.text;
  for (const token of tokens) {
    const text = token.type === 'inline' ? oneLine(inlineText(token.children ?? [])) : '';
    if (text !== '') return text;
  }
  return '';
}

/** The text of inline tokens: without marks, tags and scripts, a picture as its alternative text. */
export function inlineText(tokens: readonly Token[]): string {
  let text = '';
  let hidden: RegExp | undefined;
  for (const token of tokens) {
    if (hidden !== undefined) {
      if (token.type === 'html_inline' && hidden.test(token.content)) hidden = undefined;
    } else if (token.type === 'image') text += inlineText(token.children ?? []);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
    else if (token.type === 'html_inline') {
      const silent = /^<(script|style|textarea)\b/i.exec(token.content)?.[1];
      if (silent !== undefined) hidden = new RegExp(`^</${silent}`, 'i');
      else text += /^<br\b/i.test(token.content) ? ' ' : unknownTag(token.content);
    } else text += token.content;
  }
  return text;
}

/** What looks like a tag but is none that HTML knows, such as `<T>` in a headline, is what the author wrote. */
function unknownTag(source: string): string {
  const name = /^<\/?([a-z][a-z0-9-]*)/i.exec(source)?.[1]?.toLowerCase();
  return name === undefined || inlineElements.has(name) ? '' : source;
}

const inlineElements = new Set(
  (
    'a abbr acronym audio b bdi bdo big br button center cite code data del dfn div em font footer h1 h2 h3 h4 h5 h6 ' +
    'header hr i iframe img input ins kbd label li main mark nav ol p picture pre q rp rt ruby s samp script section ' +
    'small source span strike strong style sub sup svg time tt u ul var video wbr'
  ).split(' '),
);

function isPicture(children: readonly Token[]): boolean {
  return (
    children.some(({ type }) => type === 'image') &&
    children.every(({ type, content }) => type !== 'text' || content.trim() === '')
  );
}

function isPointer(text: string): boolean {
  return /^(?:related(?: (?:article|story|stories|reading|news))?|read (?:more|also)|see also|more|watch|listen)s?:/i.test(
    text,
  );
}

/**
 * Tells a picture's caption, which stands before the lede, by the ways in which captions carry a credit: it ends in
 * a bold or italic name, is italic as a whole, opens with "Photo:" or closes with an agency after a stroke.
 */
function isCaption(children: readonly Token[], text: string): boolean {
  if (text.length > 400) return false;
  if (/^(?:photo|image|picture|illustration|graphic|credit|caption)(?: (?:by|credit))?:/i.test(text))
    return true;
  if (/(?:[/(] ?|photo: ?|photo by )[\p{Lu}][\p{L}.' -]{1,40}\)?\.?$/u.test(text)) return true;
  const meaningful = children.filter(({ type, content }) => type !== 'text' || content.trim() !== '');
  const last = meaningful.at(-1);
  if (last?.type !== 'strong_close' && last?.type !== 'em_close') return false;
  const opener = last.type.replace('close', 'open');
  const opened = meaningful.findLastIndex(({ type, level }) => type === opener && level === last.level);
  const credit = inlineText(meaningful.slice(opened)).trim();
  // A paragraph that is bold as a whole is a standfirst, not a caption.
  if (opened === 0) return last.type === 'em_close';
  return credit.length <= 100 && !/[.!?]$/.test(credit.replace(/\b\p{Lu}\.$/u, ''));
}
