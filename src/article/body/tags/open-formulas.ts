import type { Env, Token } from 'markdown-it';
import { ForeignContent } from './foreign-content.ts';
import { htmlPieces } from './html-pieces.ts';
import { noteUnclosed, type Opener } from './raw-openers.ts';

/**
 * Adds each `<math>` and `<svg>` to `env.unclosed` that HTML or the end of the text ends, instead of its own end tag.
 */
export function noteOpenFormulas(tokens: readonly Token[], env: Env): void {
  const foreign = new ForeignContent();
  let opener: Opener | undefined;
  const note = (): void => {
    if (opener !== undefined) noteUnclosed(env, opener);
    opener = undefined;
  };
  const read = (tag: string, name: string, line: number): void => {
    const wasOpen = foreign.isOpen;
    if (foreign.read(tag, name)) note();
    if (!foreign.isOpen) opener = undefined;
    else if (!wasOpen) opener = { text: tag.slice(0, 1 + name.length), line };
  };
  const readHtml = (html: string, first: number): void => {
    let line = first;
    for (const { kind, text, name } of htmlPieces(html)) {
      if (kind === 'tag') read(text, name, line);
      line += text.split('\n').length - 1;
    }
  };
  const readMarkdown = ({ tag, nesting }: Token, line: number): void => {
    if (tag !== '' && nesting !== 0) read(nesting === 1 ? `<${tag}>` : `</${tag}>`, tag, line);
  };
  let line = 0;
  for (const token of tokens) {
    line = token.map?.[0] ?? line;
    if (token.type === 'html_block') readHtml(token.content, line);
    else if (!token.hidden) readMarkdown(token, line);
    let inner = line;
    for (const child of token.children ?? []) {
      if (child.type === 'html_inline') readHtml(child.content, inner);
      else readMarkdown(child, inner);
      inner += /^(?:soft|hard)break$/.test(child.type) ? 1 : child.content.split('\n').length - 1;
    }
  }
  note();
}
