import MarkdownIt, { type Token } from 'markdown-it';
import { anchorName, type BodyPlace } from './addresses.ts';
import { useFootnotes } from './footnotes.ts';
import { inlineText, unknownTag } from './inline-text.ts';
import { safeHtml } from './safe-html.ts';
import { hasRawHtml, innerTargets, renderTokens } from './safe-tokens.ts';
import { slugOf } from './slug.ts';

/** CommonMark with tables, strikethrough, footnotes, autolinks and raw HTML. */
export const markdown = new MarkdownIt({ html: true, linkify: true, xhtmlOut: true });
// A bare "example.com" or "me@example.com" in prose is often no link; an address with its scheme is one.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
useFootnotes(markdown);

/** Reads a body; a first heading that says what `title` says is left out. */
export function parseBody(body: string, title: string): Token[] {
  const tokens = markdown.parse(body, {});
  const rest = repeatsTitle(tokens, title) ? tokens.slice(tokens[0]?.type === 'html_block' ? 1 : 3) : tokens;
  for (const { children } of rest) for (const token of children ?? []) keepUnknownTag(token);
  nameHeadings(rest);
  return rest;
}

/** Writes a body as safe HTML in which every URL is absolute. */
export function renderBody(tokens: Token[], place: BodyPlace): string {
  if (!hasRawHtml(tokens)) return renderTokens(tokens, place);
  const env = { anchor: anchorName(place.slug) };
  return safeHtml(markdown.renderer.render(tokens, markdown.options, env), place);
}

function repeatsTitle([opening, heading]: readonly Token[], title: string): boolean {
  if (opening?.type === 'heading_open') return isSame(inlineText(heading?.children ?? []), title);
  const text = opening?.type === 'html_block' ? wholeHeading.exec(opening.content)?.[2] : undefined;
  return text !== undefined && isSame(markdown.utils.unescapeAll(text), title);
}

/** Raw HTML that is one heading without other elements in it. */
const wholeHeading = /^ {0,3}<(h[1-6])(?:\s[^<>]*)?>([^<]*)<\/\1>\s*$/i;

/** Compares what is read aloud: letters and digits, or whatever there is where there are none. */
function isSame(a: string, b: string): boolean {
  const spoken = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  const [one, other] = [spoken(a), spoken(b)];
  return one === other && (one !== '' || a.trim() === b.trim());
}

/** What looks like a tag but is none, such as `<T>` in prose, is what the author wrote. */
function keepUnknownTag(token: Token): void {
  if (token.type === 'html_inline' && unknownTag(token.content) !== '') token.type = 'text';
}

/** Gives a heading to which a link of the body leads the name that GitHub and most generators give it. */
function nameHeadings(tokens: readonly Token[]): void {
  const targets = innerTargets(tokens);
  if (targets.size === 0) return;
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const text = inlineText(tokens[index + 1]?.children ?? []);
    const name = [headingName(text), slugOf(text)].find((name) => targets.delete(name));
    if (name !== undefined) token.attrSet('id', name);
  }
}

/** As GitHub does: punctuation goes, each space becomes a hyphen. */
function headingName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
