import MarkdownIt, { type Token } from 'markdown-it';
import { findLede, inlineText } from './lede.ts';
import { legalText, shorten } from './plain-text.ts';
import { safeHtml } from './safe-html.ts';

/** An article's body as feeds carry it. */
export interface Content {
  /** Safe HTML, every URL absolute. */
  readonly content: string;
  /** Plain text on one line, about 280 characters at most. */
  readonly summary: string;
}

const summaryLimit = 280;

const markdown = new MarkdownIt({ html: true, linkify: true });
// A bare "example.com" or "me@example.com" in prose is often no link; an address with its scheme is one.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Renders a body (CommonMark with tables, strikethrough, autolinks and raw HTML) for an article at `permalink`. */
export function renderContent(body: string, permalink: string): Content {
  const tokens = markdown.parse(body, {});
  return {
    summary: shorten(findLede(tokens), summaryLimit),
    content: safeHtml(markdown.renderer.render(tokens, markdown.options, {}), permalink),
  };
}

/** Reads one line of Markdown as plain text. */
export function plainText(source: string): string {
  if (!/[\\`*_[\]<>&!~]|:\/\//.test(source)) return legalText(source);
  const inline: Token | undefined = markdown.parseInline(source, {})[0];
  return legalText(inlineText(inline?.children ?? []));
}
