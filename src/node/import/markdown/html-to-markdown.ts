import type { Root } from 'hast';
import type { Parents } from 'mdast';
import type { Handle } from 'mdast-util-to-markdown';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { keptHandlers } from './kept-html.ts';
import { escapedText, settleMarkdown, writtenAsIs, writtenLink, writtenRoot } from './markdown-escapes.ts';
import { type WrittenTwice, writtenTwice } from './needed-escapes.ts';
import { type Addressing, settleTree } from './settled-tree.ts';

/** Reads HTML as browsers do. `undefined` for what would take long: it is nested deeper or is longer than any article. */
export function readHtml(html: string): Root | undefined {
  return isExcessive(html) ? undefined : parser.parse(html);
}

/**
 * Writes HTML as Markdown that reads as the same article below front matter. What Markdown has no words for stays HTML
 * inside of it. The tree is changed.
 */
export function htmlToMarkdown(tree: Root, addressing: Addressing): WrittenTwice {
  settleTree(tree, addressing);
  const markdown: Parents = writer.runSync(tree);
  settleMarkdown(markdown);
  return writtenTwice(writer.stringify(markdown as never).trim());
}

const handlers: Record<string, Handle> = {
  root: writtenRoot,
  text: escapedText,
  mdxTextExpression: writtenAsIs,
  autolink: writtenLink,
};

const parser = unified().use(rehypeParse, { fragment: true });

const writer = unified()
  .use(rehypeRemark, { handlers: keptHandlers })
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, {
    bullet: '-',
    rule: '-',
    emphasis: '*',
    fences: true,
    // Of `<https://…>` behind "Id:" our parser would make the id.
    resourceLink: true,
    handlers,
  });

/** Longer bodies are nobody's writing. */
const longest = 2_000_000;

/** The parser of HTML and what follows go into each other as deep as elements do. */
const deepest = 200;

/** Elements that a parser opens again in each block that follows, until they are closed. */
const formatting = /^(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)$/;

function isExcessive(html: string): boolean {
  if (html.length > longest) return true;
  const open = new Map<string, number>();
  let depth = 0;
  let most = 0;
  let formats = 0;
  let mostFormats = 0;
  let tags = 0;
  for (const [, end, written = ''] of html.matchAll(nestingTag)) {
    const name = written.toLowerCase();
    const count = open.get(name) ?? 0;
    const change = end === '' ? (impliedEnd.test(name) && count > 20 ? 0 : 1) : count === 0 ? 0 : -1;
    tags += 1;
    depth += change;
    most = Math.max(most, depth);
    if (formatting.test(name)) formats += change;
    mostFormats = Math.max(mostFormats, formats);
    open.set(name, count + change);
  }
  return most > deepest || mostFormats * tags > 1_000_000;
}

/** Elements that the next of their kind ends. */
const impliedEnd = /^(?:p|li|dt|dd|tr|td|th|option|rt|rp|tbody|thead|tfoot)$/;

/** Any tag but those of void elements, which hold nothing. */
const nestingTag =
  /<(\/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)(?![^\s/>]))([a-z][^\s/>]*)[^>]*>?/gi;
