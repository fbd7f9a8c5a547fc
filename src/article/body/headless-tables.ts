import type { MarkdownIt, StateCore, Token } from 'markdown-it';

/** Removes the header row of a table if all its cells are empty: Markdown cannot write a table without one. */
export function useHeadlessTables(markdown: MarkdownIt): void {
  markdown.core.ruler.after('block', 'headless_tables', (state: StateCore) => {
    if (state.tokens.some(({ type }) => type === 'thead_open'))
      state.tokens = withoutEmptyHeads(state.tokens);
  });
}

function withoutEmptyHeads(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let start = -1;
  for (const [index, token] of tokens.entries()) {
    kept.push(token);
    if (token.type === 'thead_open') start = kept.length - 1;
    if (token.type !== 'thead_close' || tokens[index + 1]?.type !== 'tbody_open') continue;
    const head = kept.slice(start);
    if (head.every(({ type, content }) => type !== 'inline' || content.trim() === '')) kept.length = start;
  }
  return kept;
}
