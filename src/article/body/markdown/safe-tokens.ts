import MarkdownIt, { type Env, type RendererRule, type Token } from 'markdown-it';
import { escapeAttribute, escapeText } from '../../escape.ts';
import { legalText } from '../../plain-text.ts';
import { type Addresses, type ArticlePlace, addressesAt, anchorName, fragmentOf } from '../html/addresses.ts';
import { alignOf, pictureOf } from '../html/safe-html.ts';
import { useFootnotes } from './footnotes.ts';

/** Reports whether Markdown contains raw HTML, which only {@link safeHtml} can clean. */
export function hasRawHtml(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ type, children }) => type === 'html_block' || children?.some(({ type }) => type === 'html_inline') === true,
  );
}

/**
 * Renders Markdown without raw HTML. The result equals {@link safeHtml} of what markdown-it renders, in a third of the
 * time: the elements are known, so only text and addresses need care.
 */
export function renderTokens(tokens: Token[], place: ArticlePlace): string {
  const targets = innerTargets(tokens);
  const ids = targets.size === 0 ? [] : tokens.map((token) => String(token.attrGet('id')));
  const addresses = addressesAt(place, new Set(ids.filter((id) => targets.has(id))));
  const env: Env & Cleaning = {
    addresses,
    openLinks: [],
    anchor: anchorName(place.slug),
    base: escapeAttribute(new URL('#', place.permalink).href.slice(0, -1)),
  };
  return legalText(renderer.render(tokens, options, env)).trim();
}

/** What the rules below know about the body. */
interface Cleaning {
  readonly addresses: Addresses;
  /** The open links; `isWritten` is whether an end tag is due. Only `<address>` can stand inside another link. */
  readonly openLinks: { readonly level: number; isWritten: boolean }[];
}

/** Lists the ids that links of a body, such as `[a](#id)`, lead to. */
export function innerTargets(tokens: readonly Token[]): Set<string> {
  const targets = new Set<string>();
  for (const { children } of tokens) {
    for (const token of children ?? []) {
      const href = token.type === 'link_open' ? String(token.attrGet('href')) : '';
      if (/^#./s.test(href)) targets.add(fragmentOf(href));
    }
  }
  return targets;
}

const writer = new MarkdownIt({ xhtmlOut: true });
useFootnotes(writer);
const { renderer, options } = writer;
const codeBlock: RendererRule = (tokens, index) => {
  const { content = '', info = '' } = tokens[index] ?? {};
  const language = writer.utils.unescapeAll(info).trim().split(/\s/, 1)[0];
  const attribute = language ? ` class="language-${escapeAttribute(language)}"` : '';
  return `<pre><code${attribute}>${escapeText(content)}</code></pre>\n`;
};
const cell: RendererRule = (tokens, index) => {
  const token = tokens[index];
  const align = alignOf(String(token?.attrGet('style')));
  return `<${token?.tag}${align === undefined ? '' : ` align="${align}"`}>`;
};
const heading: RendererRule = (tokens, index, options, env, self) => {
  const token = tokens[index];
  const id = cleaningOf(env).addresses.anchor(String(token?.attrGet('id')));
  if (token) token.attrs = id === undefined ? null : [['id', id]];
  return self.renderToken(tokens, index, options);
};
Object.assign(renderer.rules, {
  text: (tokens, index) => escapeText(tokens[index]?.content ?? ''),
  code_inline: (tokens, index) => `<code>${escapeText(tokens[index]?.content ?? '')}</code>`,
  code_block: codeBlock,
  fence: codeBlock,
  td_open: cell,
  th_open: cell,
  heading_open: heading,
  link_open: (tokens, index, _, env) => {
    const { addresses, openLinks } = cleaningOf(env);
    const level = tokens[index]?.level ?? 0;
    const outer = openLinks.at(-1);
    // A link directly inside a link ends the outer one, as in an HTML parser (HTML §13.2.6.4.7).
    const endsOuter = outer?.isWritten === true && outer.level === level - 1;
    if (endsOuter) outer.isWritten = false;
    const { href, ...rest } = attributesOf(tokens[index]);
    const url = addresses.link(href);
    openLinks.push({ level, isWritten: url !== undefined });
    const start = url === undefined ? '' : `<a${writeAttributes({ href: url, ...rest })}>`;
    return endsOuter ? `</a>${start}` : start;
  },
  link_close: (...[, , , env]) => (cleaningOf(env).openLinks.pop()?.isWritten ? '</a>' : ''),
  image: (tokens, index, options, env, self) => {
    const alt = self.renderInlineAsText(tokens[index]?.children ?? [], options, env);
    const attributes = pictureOf({ ...attributesOf(tokens[index]), alt }, cleaningOf(env).addresses);
    return attributes.src === undefined ? escapeText(alt) : `<img${writeAttributes(attributes)} />`;
  },
} satisfies Record<string, RendererRule>);

function cleaningOf(env: Env | undefined): Cleaning {
  return env as Env & Cleaning;
}

function attributesOf(token: Token | undefined): Record<string, string> {
  return Object.fromEntries(token?.attrs ?? []) as Record<string, string>;
}

function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === '' && name !== 'alt' ? '' : ` ${name}="${escapeAttribute(value)}"`))
    .join('');
}
