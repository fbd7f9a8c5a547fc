import type { Env, MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import { taskBox } from '../html/html-rules.ts';

/** Shows `- [x] done` as a ticked box and `- [ ] open` as an empty one, since feeds have no form fields. */
export function useTaskItems(markdown: MarkdownIt): void {
  // At this stage an escaped bracket is still a token of its own.
  markdown.core.ruler.before('text_join', 'task_items', ({ tokens }: StateCore) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'inline' || tokens[index - 2]?.type !== 'list_item_open') continue;
      const [first] = token.children ?? [];
      const [box, mark] = /^\[([ x])\](?=\s)/i.exec(first?.content ?? '') ?? [];
      if (first?.type === 'text' && box !== undefined)
        first.content = taskBox(mark !== ' ') + first.content.slice(box.length);
    }
  });
}

/** Removes the header row of a table if all its cells are empty: Markdown cannot write a table without one. */
export function useHeadlessTables(markdown: MarkdownIt): void {
  markdown.core.ruler.after('block', 'headless_tables', (state: StateCore) => {
    if (state.tokens.some(({ type }) => type === 'thead_open')) state.tokens = withoutEmptyHeads(state.tokens);
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

/** What {@link useBoundedReferences} notes in `env`. */
export interface BoundedReferences extends Env {
  /** How many characters references may still add. */
  left?: number;
  /** The run of text that is parsed now. */
  run?: { readonly token: Token; state?: StateInline };
  /** The run and the offset in it of the first reference that stays as written. */
  unexpanded?: { readonly token: Token; readonly at: number };
}

/**
 * Bounds how much text references such as `[a]` and `[^1]` add, as other parsers of CommonMark do. Beyond it they stay
 * as written. Otherwise an article of 200 kB could become gigabytes.
 */
export function useBoundedReferences(markdown: MarkdownIt): void {
  markdown.core.ruler.after('block', 'bounded_references', ({ src, env }: StateCore) => {
    const notes: BoundedReferences = env;
    notes.left = Math.max(1_000_000, 10 * src.length);
    const definitions = env.references as Readonly<Record<string, { href: string; title: string }>> | undefined;
    if (definitions === undefined) return;
    env.references = new Proxy(definitions, {
      get: (target, label: string) => {
        const definition = target[label];
        const length = definition === undefined ? 0 : definition.href.length + definition.title.length;
        return mayExpand(notes, length) ? definition : undefined;
      },
    });
  });
  markdown.core.ruler.at('inline', ({ tokens, md, env }: StateCore) => {
    for (const token of tokens) {
      if (token.type !== 'inline') continue;
      (env as BoundedReferences).run = { token };
      md.inline.parse(token.content, md, env, token.children ?? []);
    }
  });
}

/** Reports whether a reference may add `length` characters; notes the first one that may not. */
export function mayExpand(env: BoundedReferences, length: number): boolean {
  env.left = (env.left ?? Number.POSITIVE_INFINITY) - length;
  if (env.left >= 0) return true;
  const { token, state } = env.run ?? {};
  if (length > 0 && token !== undefined) env.unexpanded ??= { token, at: state?.pos ?? 0 };
  return false;
}

/**
 * Shows blocks that are nested too deep as a paragraph. markdown-it drops them, and after a list the rest of the
 * article with them.
 */
export function useShownDepths(markdown: MarkdownIt): void {
  const { block } = markdown;
  const tokenize = block.tokenize.bind(block);
  block.tokenize = (state, start, end) => {
    if (state.level < markdown.options.maxNesting) return tokenize(state, start, end);
    const first = state.skipEmptyLines(start);
    let next = first;
    while (next < end && (state.isEmpty(next) || (state.sCount[next] ?? 0) >= state.blkIndent)) next++;
    state.line = next;
    const content = state.getLines(first, next, state.blkIndent, false).trim();
    if (content === '') return;
    state.push('paragraph_open', 'p', 1).map = [first, next];
    Object.assign(state.push('inline', '', 0), { content, map: [first, next], children: [] });
    state.push('paragraph_close', 'p', -1);
  };
}
