import MarkdownIt, { type Env, type MarkdownIt as Parser, type Token } from 'markdown-it';
import definitionLists from 'markdown-it-deflist';
import { slugOf } from '../../slug.ts';
import { type ArticlePlace, anchorName, fragmentOf } from '../html/addresses.ts';
import { safeHtml } from '../html/safe-html.ts';
import { anchorsOf, tagsIn } from '../tags/tags-in.ts';
import { useUncertainTags } from '../tags/uncertain-tags.ts';
import { useWholeElements } from '../tags/whole-elements.ts';
import { useAlerts } from './alerts.ts';
import { useFootnotes } from './footnotes.ts';
import { inlineText } from './inline-text.ts';
import { useBoundedReferences, useHeadlessTables, useShownDepths, useTaskItems } from './markdown-extensions.ts';
import { removeRepeatedHeadline } from './repeated-headline.ts';
import { hasRawHtml, innerTargets, renderTokens } from './safe-tokens.ts';

/** Creates a parser of CommonMark with tables, strikethrough, footnotes, task items, autolinks and raw HTML. */
export function newMarkdown(): Parser {
  const markdown = new MarkdownIt({ html: true, linkify: true, xhtmlOut: true });
  // A bare "example.com" or "me@example.com" in prose is often not a link, but an address with a scheme is one.
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  // Addresses are checked when they are written. A link rejected here would show its Markdown.
  markdown.validateLink = () => true;
  spareLookingAtAddresses(markdown);
  useFootnotes(markdown);
  useUncertainTags(markdown);
  useHeadlessTables(markdown);
  useTaskItems(markdown);
  useWholeElements(markdown);
  useAlerts(markdown);
  markdown.use(definitionLists);
  useBoundedReferences(markdown);
  useShownDepths(markdown);
  return markdown;
}

/** Adds quick tests for texts without a colon or two slashes, which contain no address, and for plain addresses. */
function spareLookingAtAddresses(markdown: Parser): void {
  const { linkify } = markdown;
  const test = linkify.test.bind(linkify);
  linkify.test = (text) => /:|\/\//.test(text) && test(text);
  const normalizeLink = markdown.normalizeLink.bind(markdown);
  markdown.normalizeLink = (address) => (plainAddress.test(address) ? address : normalizeLink(address));
}

const plainAddress = /^https?:\/\/(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?:\/[\w./~-]*(?:#[\w-]+)?)?$/;

/** The parser for bodies. */
export const markdown = newMarkdown();

/** Parses a body, and removes a first heading that repeats `title`. */
export function parseBody(body: string, title: string, parser = markdown, env: Env = {}): Token[] {
  const rest = removeRepeatedHeadline(parser.parse(body, env), title);
  nameHeadings(rest);
  return rest;
}

/** Renders a body as safe HTML in which every URL is absolute. */
export function renderBody(tokens: Token[], place: ArticlePlace): string {
  if (!hasRawHtml(tokens)) return renderTokens(tokens, place);
  const env = { anchor: anchorName(place.slug) };
  return safeHtml(markdown.renderer.render(tokens, markdown.options, env), place);
}

/** Sets the ids of headings that a link of the body leads to, as GitHub and most generators name them. */
function nameHeadings(tokens: readonly Token[]): void {
  const targets = linkedTargets(tokens);
  if (targets.size === 0) return;
  const counts = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const text = inlineText(tokens[index + 1]?.children ?? []);
    const name = [...new Set(headingNames(text))]
      .map((name) => distinctName(name, counts))
      .find((name) => targets.delete(name));
    if (name !== undefined) token.attrSet('id', name);
  }
}

/** Numbers the second heading of a name and those after it: `-1`, `-2`, as GitHub does. */
function distinctName(name: string, counts: Map<string, number>): string {
  let count = counts.get(name);
  counts.set(name, (count ?? 0) + 1);
  if (count === undefined) return name;
  while (counts.has(`${name}-${count}`)) count++;
  counts.set(name, count + 1);
  counts.set(`${name}-${count}`, 1);
  return `${name}-${count}`;
}

/** Lists the ids that links of the body lead to and that no raw HTML has. */
function linkedTargets(tokens: readonly Token[]): Set<string> {
  const targets = innerTargets(tokens);
  const html = tokens.flatMap(({ type, content, children }) =>
    type === 'html_block'
      ? [content]
      : (children ?? []).flatMap((one) => (one.type === 'html_inline' ? [one.content] : [])),
  );
  if (targets.size === 0 && !html.some((one) => one.includes('#'))) return targets;
  const tags = html.flatMap(tagsIn);
  for (const { name, attributes } of tags) {
    const { href = '' } = attributes;
    if (name === 'a' && /^#./s.test(href)) targets.add(fragmentOf(href));
  }
  for (const tag of tags) for (const id of anchorsOf(tag)) targets.delete(id);
  return targets;
}

/** Lists the names that links may use for a heading, the most likely first. */
export function headingNames(text: string): readonly string[] {
  return [headingName(text), slugOf(text)];
}

/** GitHub's rule: punctuation is removed, each space becomes a hyphen. */
function headingName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
