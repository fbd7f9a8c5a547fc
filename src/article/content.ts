import MarkdownIt, { type Token } from 'markdown-it';
import type { FindFile, Picture } from './article.ts';
import { findLede, inlineText } from './lede.ts';
import { legalText, oneLine, shorten } from './plain-text.ts';
import { safeHtml } from './safe-html.ts';

/** An article's body as feeds carry it. */
export interface Content {
  /** Safe HTML, every URL absolute. */
  readonly content: string;
  /** Plain text on one line, about 280 characters at most. */
  readonly summary: string;
  /** The first picture of the body. */
  readonly image?: Picture;
}

/** The article that a body belongs to. */
export interface ContentOptions {
  /** Absolute URL against which every address in the body is resolved. */
  readonly permalink: string;
  /** Unique in the publication; footnotes of different articles are told apart by it. */
  readonly slug: string;
  /** Plain text; a first heading that repeats it is left out. */
  readonly title: string;
  readonly findFile?: FindFile | undefined;
}

const summaryLimit = 280;

const markdown = new MarkdownIt({ html: true, linkify: true });
// A bare "example.com" or "me@example.com" in prose is often no link; an address with its scheme is one.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Renders a body (CommonMark with tables, strikethrough, autolinks and raw HTML). */
export function renderContent(body: string, { permalink }: ContentOptions): Content {
  const tokens = markdown.parse(body, {});
  const content = safeHtml(markdown.renderer.render(tokens, markdown.options, {}), permalink);
  const lede = findLede(tokens) || textOf(content);
  return { summary: shorten(lede, summaryLimit), content };
}

/** Reads one line of Markdown as plain text. */
export function plainText(source: string): string {
  if (!/[\\`*_[\]<>&!~]|:\/\//.test(source)) return legalText(source);
  const inline: Token | undefined = markdown.parseInline(source, {})[0];
  return legalText(inlineText(inline?.children ?? []));
}

/** Takes the text of the first paragraph, else all the text, from safe HTML, whose text has three entities and no others. */
function textOf(html: string): string {
  const paragraph = /<p(?: [^>]*)?>(?!\s*<\/p>)(.*?)<\/p>/s.exec(html)?.[1];
  return oneLine(
    (paragraph ?? html)
      .replace(/<br \/>|<\/(?:[dou]l|d[dt]|div|h[1-6]|li|p|pre|section|t[dhr]|figcaption|blockquote)>/g, ' ')
      .replace(/<[^>]*>/g, '')
      .replace(/&(lt|gt|amp);/g, (_, name: keyof typeof entities) => entities[name]),
  );
}

const entities = { lt: '<', gt: '>', amp: '&' } as const;

/** Resolves the backslash escapes and character references of Markdown in an address. */
export function unescapeMarkdown(text: string): string {
  return /[\\&]/.test(text) ? markdown.utils.unescapeAll(text) : text;
}
