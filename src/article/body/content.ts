import type { Token } from 'markdown-it';
import type { Picture } from '../article.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { illegalReference, legalText, shorten } from '../plain-text.ts';
import type { ArticlePlace } from './addresses.ts';
import type { AlertWords } from './alerts.ts';
import { findPicture, readText } from './first-picture.ts';
import { inlineText } from './inline-text.ts';
import { findLede } from './lede.ts';
import { markdown, parseBody, renderBody } from './markdown.ts';
import { showMentions } from './uncertain-tags.ts';

/** The body of an article as feeds carry it. */
export interface Content {
  /** Safe HTML, every URL absolute. */
  readonly content: string;
  /** Plain text on one line, about 280 characters at most. */
  readonly summary: string;
  /** The first picture of the body. */
  readonly image?: Picture;
}

/** The article that a body belongs to. */
export interface ContentOptions extends ArticlePlace {
  /** Plain text; a first heading that repeats it is removed. */
  readonly title: string;
  readonly alertWords?: AlertWords | undefined;
}

const summaryLimit = 280;
/** Characters of HTML; a book has about a million. */
const longest = 20_000_000;

/**
 * Renders a body (CommonMark with tables, strikethrough, footnotes, task items, autolinks and raw HTML).
 *
 * @throws {RangeError} for HTML that is too long for any reader.
 */
export function renderContent(body: string, { title, alertWords, ...place }: ContentOptions): Content {
  const tokens = parseBody(legalText(body), title, markdown, { alertWords });
  const content = renderBody(tokens, place);
  if (content.length > longest)
    throw new RangeError(`its HTML has ${content.length} characters, more than ${longest}; split the article`);
  const { lede, caption } = findLede(tokens);
  const image = findPicture(content, caption);
  const summary = shorten(lede || textOf(content), summaryLimit);
  return omitUndefined({ summary, content, image });
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
