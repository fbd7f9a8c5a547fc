import type { Env, MarkdownIt, RendererRule, StateCore, StateInline, Token } from 'markdown-it';
import footnotePlugin from 'markdown-it-footnote';
import { mayExpand } from './markdown-extensions.ts';

/** The footnote and the reference to it, both counted from 0. */
interface Reference {
  readonly id?: number;
  readonly subId?: number;
}

interface Footnote {
  /** Counted from 0. */
  readonly id: number;
  /** The number of references to it. */
  count: number;
}

/**
 * Adds footnotes as GitHub writes them: `[^1]` in the text, `[^1]: …` anywhere.
 *
 * The plugin reads the definitions. The rest of it takes quadratic time on hostile text and drops footnotes without a
 * reference, so this module replaces it. `env.anchor` makes the footnotes of different articles distinct.
 */
export function useFootnotes(markdown: MarkdownIt): void {
  markdown.use(footnotePlugin);
  markdown.inline.ruler.disable('footnote_inline');
  markdown.inline.ruler.at('footnote_ref', readReference);
  markdown.core.ruler.at('footnote_tail', gatherAtEnd);
  Object.assign(markdown.renderer.rules, footnoteRules);
}

/** CommonMark §4.7 allows labels of up to 999 characters. */
const label = /\[\^([^\s\]]{1,999})\]/y;

function readReference(state: StateInline, silent: boolean): boolean {
  const { refs } = (state.env.footnotes ?? {}) as { refs?: Record<string, unknown> };
  if (refs === undefined) return false;
  label.lastIndex = state.pos;
  const [source, name] = label.exec(state.src) ?? [];
  if (source === undefined || refs[`:${name}`] === undefined) return false;
  if (state.pos + source.length > state.posMax) return false;
  if (!silent && !isWithinBound(state.env, source)) return false;
  if (!silent) state.push('footnote_ref', '', 0).meta = { label: name };
  state.pos += source.length;
  return true;
}

/** Bounds the references to each footnote, except the first. */
function isWithinBound(env: Env, source: string): boolean {
  env.referred ??= new Set<string>();
  const referred = env.referred as Set<string>;
  if (referred.has(source)) return mayExpand(env, addedByReference);
  referred.add(source);
  return true;
}

/** Approximate characters of HTML that a reference adds, with the link back to it. */
const addedByReference = 300;

/** Moves the definitions to the end of the text, in the order of their numbers. */
function gatherAtEnd(state: StateCore): void {
  const { text, definitions } = takeDefinitions(state.tokens);
  if (definitions.size === 0) return;
  const make = (type: string, meta: Reference | null = null): Token =>
    Object.assign(new state.Token(type, '', 0), { meta, block: true });
  const footnotes = numberFootnotes(text, definitions);
  text.push(make('footnote_block_open'));
  for (const [label, { id, count }] of footnotes) {
    text.push(make('footnote_open', count === 0 ? null : { id }));
    for (const token of definitions.get(label) ?? []) text.push(token);
    // The link back belongs at the end of the last paragraph.
    const last = text.at(-1)?.type === 'paragraph_close' ? text.pop() : undefined;
    for (let subId = 0; subId < count; subId++) text.push(make('footnote_anchor', { id, subId }));
    if (last !== undefined) text.push(last);
    text.push(make('footnote_close'));
  }
  text.push(make('footnote_block_close'));
  state.tokens = text;
}

type Definitions = ReadonlyMap<string, readonly Token[]>;

/** Removes the definitions from the text, and nested definitions from their parents. */
function takeDefinitions(tokens: readonly Token[]): { text: Token[]; definitions: Definitions } {
  const text: Token[] = [];
  const definitions = new Map<string, Token[]>();
  const around: Token[][] = [];
  for (const token of tokens) {
    if (token.type === 'footnote_reference_open') {
      const name = String(token.meta?.label);
      const definition = definitions.get(name) ?? [];
      definitions.set(name, definition);
      around.push(definition);
    } else if (token.type === 'footnote_reference_close') around.pop();
    else (around.at(-1) ?? text).push(token);
  }
  return { text, definitions };
}

/** Numbers footnotes in the order of their first reference; footnotes without a reference come last. */
function numberFootnotes(text: readonly Token[], definitions: Definitions): ReadonlyMap<string, Footnote> {
  const footnotes = new Map<string, Footnote>();
  const order: string[] = [];
  const meet = (label: string): Footnote => {
    const known = footnotes.get(label);
    if (known !== undefined) return known;
    const footnote = { id: order.push(label) - 1, count: 0 };
    footnotes.set(label, footnote);
    return footnote;
  };
  const meetAll = (tokens: readonly Token[]): void => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        if (token.type !== 'footnote_ref') continue;
        const footnote = meet(String(token.meta?.label));
        token.meta = { id: footnote.id, subId: footnote.count++ };
      }
    }
  };
  let next = 0;
  const follow = (): void => {
    // Footnotes refer to footnotes, so this loop can discover more.
    for (; next < order.length; next++) meetAll(definitions.get(order[next] ?? '') ?? []);
  };
  meetAll(text);
  follow();
  for (const label of definitions.keys()) {
    meet(label);
    follow();
  }
  return footnotes;
}

/** The ids begin with `fn` because readers that show footnotes in place look for that prefix. */
const footnoteRules: Record<string, RendererRule> = {
  footnote_ref: (...[tokens, index, , env]) => {
    const { number, to, from } = place(tokens[index], env);
    return `<sup class="footnote-ref"><a href="${base(env)}#${to}" id="${from}">[${number}]</a></sup>`;
  },
  footnote_block_open: () => '<hr />\n<section class="footnotes">\n<ol>\n',
  footnote_block_close: () => '</ol>\n</section>\n',
  footnote_open: (...[tokens, index, , env]) =>
    tokens[index]?.meta ? `<li id="${place(tokens[index], env).to}">\n` : '<li>\n',
  footnote_close: () => '</li>\n',
  footnote_anchor: (...[tokens, index, , env]) =>
    // U+FE0E keeps phones from showing an emoji.
    ` <a href="${base(env)}#${place(tokens[index], env).from}" class="footnote-backref">\u21A9\uFE0E</a>`,
};

/** The number of a footnote, its anchor and the anchor of the reference. */
function place(token: Token | undefined, env: Env = {}): { number: number; to: string; from: string } {
  const { id = 0, subId = 0 } = (token?.meta ?? {}) as Reference;
  const name = `${env.anchor}-${id + 1}`;
  return { number: id + 1, to: `fn-${name}`, from: `fnref-${name}${subId === 0 ? '' : `:${subId + 1}`}` };
}

/** What comes before the fragment of a link inside the article. */
function base(env: Env = {}): string {
  return typeof env.base === 'string' ? env.base : '';
}
