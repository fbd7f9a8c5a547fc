import type { Token } from 'markdown-it';
import { blockNames, boxNames } from '../html/dropped-blocks.ts';
import { linearText } from '../html/math.ts';

/** Returns the text of inline tokens without markup and tags; a picture becomes its alternative text. */
export function inlineText(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) {
    if (token.type === 'image') text += inlineText(token.children ?? []);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
    else if (/^<math[\s>]/i.test(token.content) && token.type === 'html_inline') text += linearText(token.content);
    else if (token.type === 'html_inline') text += breaks.test(token.content) ? ' ' : '';
    else text += token.content;
  }
  return text;
}

/** Tags that separate words: those that browsers show as blocks, even where blocks are not allowed. */
const breaks = new RegExp(
  String.raw`^<(?:br|/?(?:${[...blockNames, ...boxNames].join('|')}|address|article|aside|blockquote|div|fig(?:ure|caption)|footer|h[1-6]|header|li|[ou]l|p|pre|section|t[dhr]|table))(?=[\s/>])`,
  'i',
);
