import type { MarkdownIt, Token } from 'markdown-it';
import { once } from '../../once.ts';
import { newMarkdown } from './markdown.ts';
import type { BoundedReferences } from './markdown-extensions.ts';

/** Where a link, a picture or a reference to a footnote stands in its run of text. */
export interface Span {
  readonly start: number;
  /** Where the brackets with its text end. */
  readonly textEnd: number;
  readonly end: number;
}

const spans = new WeakMap<Token, Span>();
const withHtml = new WeakSet<Token>();

/** Returns the place of a token that {@link spanParser} made. */
export function spanOf(token: Token): Span | undefined {
  return spans.get(token);
}

/** Reports whether a run of text has tags, also those that were removed. */
export function hasTags(run: Token): boolean {
  return withHtml.has(run);
}

/** A parser that notes the places of links in their run, and which runs have tags; created on first use. */
export const spanParser = once(() => {
  const parser = newMarkdown();
  for (const [name, type] of Object.entries(noted)) {
    const rule = ruleNamed(parser, name);
    parser.inline.ruler.at(name, (state, silent) => {
      const start = state.pos;
      const before = state.tokens.length;
      if (!rule(state, silent)) return false;
      const token = silent ? undefined : state.tokens.slice(before).find((one) => one.type === type);
      if (token === undefined) return true;
      const label = name === 'image' ? start + 1 : start;
      const textEnd = state.md.helpers.parseLinkLabel(state, label, name === 'link');
      spans.set(token, { start, textEnd, end: state.pos });
      return true;
    });
  }
  for (const name of ['html_inline', 'whole_element']) {
    const rule = ruleNamed(parser, name);
    parser.inline.ruler.at(name, (state, silent) => {
      const isRead = rule(state, silent);
      const { run }: BoundedReferences = state.env;
      if (isRead && run !== undefined) withHtml.add(run.token);
      return isRead;
    });
  }
  return parser;
});

/** The rules, each with the type of its first token. */
const noted = { link: 'link_open', image: 'image', footnote_ref: 'footnote_ref' } as const;

type RuleInline = ReturnType<MarkdownIt['inline']['ruler']['getRules']>[number];

/** Finds a rule by its name: the one that is missing while it is disabled. */
function ruleNamed({ inline: { ruler } }: MarkdownIt, name: string): RuleInline {
  const all = ruler.getRules('');
  ruler.disable(name);
  const others = new Set(ruler.getRules(''));
  ruler.enable(name);
  const rule = all.find((one) => !others.has(one));
  if (rule === undefined) throw new Error(`markdown-it has no rule ${name}`);
  return rule;
}
