import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';

/** `[!NOTE]` as GitHub writes it, and `[!note]- Title` as Obsidian does, where `-` and `+` say whether it is folded. */
const mark = /^\[!([\p{L}][\p{L}\p{N} _-]{0,30})\][-+]?(?:[ \t]+([^\n]*\S))?[ \t]*(?:\n|$)/u;

/** The names of alerts in one language. */
export interface AlertWords {
  /** By kind, in lower case: `note`, `tip`, `warning` and so on. */
  readonly kinds: ReadonlyMap<string, string>;
  /** What separates the name from a title. */
  readonly colon: string;
}

/** Names for texts of no publication. */
const plainWords: AlertWords = { kinds: new Map(), colon: ':' };

/** Kinds whose name is more than a word with a capital letter, in all languages. */
const abbreviations: Readonly<Record<string, string>> = { faq: 'FAQ', tldr: 'TL;DR' };

/** Writes the first paragraph of an alert in Markdown: its kind in words, and its title. */
export function alertHead(name: string, title: string, words: AlertWords = plainWords): string {
  const lower = name.toLowerCase();
  const asWritten = lower.charAt(0).toUpperCase() + lower.slice(1).replace(/[_-]/g, ' ');
  const kind = words.kinds.get(lower) ?? (Object.hasOwn(abbreviations, lower) ? abbreviations[lower] : asWritten);
  const isSame = title === '' || [kind, asWritten].some((one) => one?.toLowerCase() === title.toLowerCase());
  return isSame ? `**${title || kind}**` : `**${kind}${words.colon}** ${title}`;
}

/**
 * Begins a quotation marked as an alert (`> [!NOTE]`) with its kind in words, since feeds have no colored boxes, and
 * reads an admonition (`!!! note`) as such a quotation.
 */
export function useAlerts(markdown: MarkdownIt): void {
  markdown.block.ruler.before('blockquote', 'admonition', readAdmonition);
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
  const [written = '', name = '', title = ''] = mark.exec(token.content) ?? [];
  const { level, map } = token;
  const make = (type: string, nesting: -1 | 0 | 1): Token =>
    Object.assign(new state.Token(type, nesting === 0 ? '' : 'p', nesting), {
      block: true,
      level: nesting === 0 ? level : level - 1,
    });
  const head = Object.assign(make('inline', 0), {
    map,
    children: [],
    content: alertHead(name, title, state.env.alertWords as AlertWords | undefined),
  });
  const line = (map?.[0] ?? 0) + 1;
  token.content = token.content.slice(written.length);
  token.map = [line, Math.max(line, map?.[1] ?? line)];
  if (token.content === '') return [head];
  return [head, make('paragraph_close', -1), Object.assign(make('paragraph_open', 1), { map: token.map }), token];
}

/** `!!! note "Title"` as Python-Markdown and MkDocs write it, or `???` if it is folded. Its content is indented. */
const opener = /^(?:!!!|\?\?\?\+?)[ \t]+([a-z][\w-]*)(?:[ \t]+[a-z][\w-]*)*[ \t]*(?:"([^"\n]*)")?[ \t]*$/i;

function readAdmonition(state: StateBlock, start: number, end: number, isTrial: boolean): boolean {
  const at = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
  const sign = state.src.charCodeAt(at);
  const indent = (line: number): number => (state.sCount[line] ?? 0) - state.blkIndent;
  if ((sign !== 0x21 && sign !== 0x3f) || indent(start) >= 4) return false;
  const [, kind, title] = opener.exec(state.src.slice(at, state.eMarks[start])) ?? [];
  if (kind === undefined) return false;
  let next = start + 1;
  let last = start;
  for (; next < end && (state.isEmpty(next) || indent(next) >= 4); next++) if (!state.isEmpty(next)) last = next;
  if (last === start) return false;
  if (isTrial) return true;
  state.push('blockquote_open', 'blockquote', 1).map = [start, last + 1];
  // An empty title means that there is none.
  if (title !== '') {
    state.push('paragraph_open', 'p', 1).map = [start, start + 1];
    const content = alertHead(kind, title ?? '', state.env.alertWords as AlertWords | undefined);
    Object.assign(state.push('inline', '', 0), { content, map: [start, start + 1], children: [] });
    state.push('paragraph_close', 'p', -1);
  }
  const { lineMax } = state;
  state.lineMax = last + 1;
  state.blkIndent += 4;
  state.md.block.tokenize(state, start + 1, last + 1);
  state.blkIndent -= 4;
  state.lineMax = lineMax;
  state.push('blockquote_close', 'blockquote', -1);
  state.line = last + 1;
  return true;
}
