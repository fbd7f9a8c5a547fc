import type { Token } from 'markdown-it';
import type { Picture } from '../article.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { type PlaceOf, placesIn } from '../place.ts';
import { illegalReference, legalText, shorten } from '../plain-text.ts';
import { setCaptions } from './captions.ts';
import { findPicture, readText } from './first-picture.ts';
import type { ArticlePlace } from './html/addresses.ts';
import { safeHtml } from './html/safe-html.ts';
import { findLede } from './lede.ts';
import type { AlertWords } from './markdown/alerts.ts';
import { inlineText } from './markdown/inline-text.ts';
import { markdown, parseBody, renderBody } from './markdown/markdown.ts';
import { plainMarkdown } from './markdown/plain-markdown.ts';
import { lineStarts } from './markdown/source-lines.ts';
import { showMentions } from './tags/uncertain-tags.ts';

/** The body of an article as feeds carry it. */
export interface Content {
  /** Safe HTML, every URL absolute. */
  readonly content: string;
  /** Plain text on one line, about 280 characters at most. */
  readonly summary: string;
  /** The first picture of the body. */
  readonly image?: Picture;
  /** The same in Markdown, if that was asked for and can be written. */
  readonly markdown?: string;
}

/** The article that a body belongs to. */
export interface ContentOptions extends ArticlePlace {
  /** Plain text; a first heading that repeats it is removed. */
  readonly title: string;
  readonly alertWords?: AlertWords | undefined;
  /** Returns the place in the file of an offset in the body. */
  readonly placeOf?: PlaceOf;
  /** Whether the content is needed in Markdown, too. */
  readonly inMarkdown?: boolean | undefined;
}

const summaryLimit = 280;
/** Characters of HTML; a book has about a million. */
const longest = 20_000_000;

/**
 * Renders a body (CommonMark with tables, strikethrough, footnotes, task items, autolinks and raw HTML).
 *
 * @throws for HTML that is too long for any reader, and if the renderer fails. The message names the line.
 */
export function renderContent(
  body: string,
  { title, alertWords, placeOf = placesIn(body), inMarkdown = false, ...place }: ContentOptions,
): Content {
  const tokens = parseBody(legalText(body), title, markdown, { alertWords });
  const { lede, caption, captions } = findLede(tokens);
  const set = setCaptions(tokens, captions);
  const content = renderWithin(set, place, (line) => placeOf(lineStarts(body)[line] ?? 0).line);
  const image = findPicture(content, caption);
  const summary = shorten(lede || textOf(content), summaryLimit);
  const written = inMarkdown ? plainMarkdown(legalText(body), title, place, alertWords) : undefined;
  // No Markdown rather than one that reads differently: there are blocks that only one of two parsers knows.
  const isSame =
    written !== undefined && lettersOf(renderContent(written, { title, ...place }).content) === lettersOf(content);
  return omitUndefined({ summary, content, image, markdown: isSame ? written : undefined });
}

function lettersOf(html: string): string {
  return html.replace(/<[^>]*>|\s+/g, '');
}

/** Cleans HTML that another program wrote, and finds its summary and picture. Throws for HTML that is too long. */
export function cleanContent(html: string, place: ArticlePlace): Content {
  if (html.length > longest) throw new Error(`its HTML has more than ${longest} characters; split the article`);
  const content = safeHtml(legalText(html), place);
  return omitUndefined({ summary: shorten(textOf(content), summaryLimit), content, image: findPicture(content) });
}

/** Renders a body. An error names the line of the block that causes it. */
function renderWithin(tokens: Token[], place: ArticlePlace, lineOf: (line: number) => number): string {
  try {
    const html = renderBody(tokens, place);
    if (html.length > longest) throw new Error(`its HTML has more than ${longest} characters; split the article`);
    return html;
  } catch (error) {
    const line = blockToBlame(tokens, place)?.find(({ map }) => map !== null)?.map?.[0];
    if (line === undefined) throw error;
    throw new Error(`line ${lineOf(line)}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Finds the block that can't be rendered, or with which the HTML becomes too long. */
function blockToBlame(tokens: readonly Token[], place: ArticlePlace): readonly Token[] | undefined {
  const blocks = topBlocks(tokens);
  let length = 0;
  return blocks.find((block, index) => {
    // If all others can be rendered, it is the last that can't.
    if (index === blocks.length - 1) return true;
    try {
      length += renderBody(block, place).length;
      return length > longest;
    } catch {
      return true;
    }
  });
}

function topBlocks(tokens: readonly Token[]): Token[][] {
  const blocks: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) blocks.push([]);
    blocks.at(-1)?.push(token);
    depth += token.nesting;
  }
  return blocks;
}

/** Converts one line of Markdown to plain text. */
export function plainText(source: string): string {
  // "&" begins a character reference only before a letter, a digit or "#" (CommonMark §2.5).
  if (!/[\\`*_[\]<>!~]|&[#\w]|:\/\//.test(source)) return legalText(source);
  const inline: Token | undefined = markdown.parseInline(source.replace(illegal, ''), {})[0];
  return legalText(inlineText(showMentions(inline?.children ?? [])));
}

const illegal = new RegExp(illegalReference, 'gi');

/** Returns the text of the first paragraph, or else of the whole body. */
function textOf(html: string): string {
  return readText(/<p(?: [^>]*)?>(?!\s*<\/p>)(.*?)<\/p>/s.exec(html)?.[1] ?? html);
}

/** Resolves backslash escapes and character references of Markdown in an address. */
export function unescapeMarkdown(text: string): string {
  return /[\\&]/.test(text) ? markdown.utils.unescapeAll(text) : text;
}
