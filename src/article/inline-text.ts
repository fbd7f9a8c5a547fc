import type { Token } from 'markdown-it';

/** The text of inline tokens: without marks and tags, a picture as its alternative text. */
export function inlineText(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) {
    if (token.type === 'image') text += inlineText(token.children ?? []);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
    else if (token.type === 'html_inline') text += /^<br\b/i.test(token.content) ? ' ' : '';
    else text += token.content;
  }
  return text;
}
