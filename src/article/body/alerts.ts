import type { MarkdownIt, StateCore, Token } from 'markdown-it';

/** `[!NOTE]` as GitHub writes it, and `[!note]- Title` as Obsidian does, where `-` and `+` say whether it is folded. */
const mark = /^\[!([\p{L}][\p{L}\p{N} _-]{0,30})\][-+]?(?:[ \t]+([^\n]*\S))?[ \t]*(?:\n|$)/u;

/** Kinds whose name is more than a word with a capital letter. */
const kinds: Readonly<Record<string, string>> = { faq: 'FAQ', tldr: 'TL;DR', todo: 'To do', cite: 'Quotation' };

/** Begins a quotation marked as an alert (`> [!NOTE]`) with its kind in words, since feeds have no coloured boxes. */
export function useAlerts(markdown: MarkdownIt): void {
  markdown.core.ruler.after('block', 'alerts', (state: StateCore) => {
    if (!state.tokens.some(isAlert)) return;
    state.tokens = state.tokens.flatMap((token, index, tokens) => {
      if (tokens[index - 2]?.type === 'blockquote_open' && isAlert(token)) return withKind(token, state);
      return [token];
    });
  });
}

function isAlert({ type, content }: Token): boolean {
  return type === 'inline' && content.startsWith('[!') && mark.test(content);
}

/** Splits the paragraph of an inline token: its kind becomes a paragraph of its own. */
function withKind(token: Token, state: StateCore): Token[] {
  const [written = '', name = '', title] = mark.exec(token.content) ?? [];
  const lower = name.toLowerCase();
  const kind = kinds[lower] ?? lower.charAt(0).toUpperCase() + lower.slice(1).replace(/[_-]/g, ' ');
  const isSame = title === undefined || title.toLowerCase() === kind.toLowerCase();
  const { level, map } = token;
  const make = (type: string, nesting: -1 | 0 | 1): Token =>
    Object.assign(new state.Token(type, nesting === 0 ? '' : 'p', nesting), {
      block: true,
      level: nesting === 0 ? level : level - 1,
    });
  const head = Object.assign(make('inline', 0), {
    map,
    children: [],
    content: isSame ? `**${kind}**` : `**${kind}:** ${title}`,
  });
  const line = (map?.[0] ?? 0) + 1;
  token.content = token.content.slice(written.length);
  token.map = [line, Math.max(line, map?.[1] ?? line)];
  if (token.content === '') return [head];
  return [head, make('paragraph_close', -1), Object.assign(make('paragraph_open', 1), { map: token.map }), token];
}
