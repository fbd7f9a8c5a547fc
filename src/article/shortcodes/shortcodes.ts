import type { Edit } from '../edit.ts';
import type { Span } from '../place.ts';
import { illegalReference } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import { codeBlocks, codeSpans, endOfCode, rawMarks, wholeLine } from './code.ts';
import { commentAt, commentOpeners, exampleEdits, exampleEnd } from './comments.ts';
import { codeTitles, dialectBlocks } from './dialect-blocks.ts';
import { box, inlineComponent, inlineOpeners, slot, slotOpener } from './directives.ts';
import { asHtml, isInHtmlBlock } from './in-html.ts';
import {
  dialect,
  dialectOpeners,
  internalLink,
  pelicanAddress,
  pelicanOpener,
  pictureWithoutSpaces,
  spacedPicture,
} from './markup.ts';
import { attributeObject, componentTag, elementLine, expression, isMdx, moduleLines } from './mdx.ts';
import { obsidian, obsidianOpeners } from './obsidian.ts';
import { type Replacement, Source, type Surroundings } from './source.ts';
import { mayHaveShortcodes } from './suspects.ts';
import { blockTag, hugoTag, outputTag } from './tags.ts';

/** How shortcodes are found. */
interface ShortcodeOptions extends Surroundings {
  /** Whether only private comments are removed, as in a text without front matter. */
  readonly commentsOnly?: boolean;
}

/**
 * Finds shortcodes of Hugo and Zola, tags of Liquid and Nunjucks, and in MDX modules, components and expressions, in
 * the body from an offset on. Returns the edits that replace them by Markdown.
 *
 * Code stays unchanged, except for the comment marks by which Hugo shows a shortcode as an example. Each kind is
 * reported once per line. `commentsOnly` is for texts of no framework, in which only comments are removed.
 */
export function findShortcodes(
  text: string,
  from: number,
  path: string,
  report: Report,
  { commentsOnly = false, ...around }: ShortcodeOptions = {},
): Edit[] {
  const inMdx = isMdx(path) && !commentsOnly;
  if (!inMdx && !mayHaveShortcodes(text, from)) return [];
  const source = new Source(text, around);
  const edits: Edit[] = commentsOnly ? [] : [...exampleEdits(text, from)];
  const skipped: Span[] = [];
  const { blocks, indentation } = codeBlocks(text, from, inMdx, !commentsOnly);
  source.indents = new Map(indentation.map(({ start, text: indent }) => [start, indent]));
  if (!commentsOnly) edits.push(...codeTitles(text, blocks), ...(inMdx ? [] : dialectBlocks(text, from, blocks)));
  const spanEnd = codeSpans(text, from);
  const reportedTo = new Map<string, number>();
  const openers = new RegExp(commentsOnly ? plainOpeners : inMdx ? mdxOpeners : markdownOpeners, 'gm');
  openers.lastIndex = from;
  let block = 0;
  for (let match = openers.exec(text); match !== null; match = openers.exec(text)) {
    const { 0: written, index: at } = match;
    while ((blocks[block]?.end ?? text.length) <= at) block++;
    const code = blocks[block];
    if (code !== undefined && code.start <= at && at < code.end) {
      const end = endOfCode(text, blocks, block);
      if (!commentsOnly) edits.push(...rawMarks(text, at, end));
      openers.lastIndex = end;
      continue;
    }
    if (written.startsWith('`')) {
      const end = spanEnd(at) ?? at + written.length;
      if (!commentsOnly) edits.push(...rawMarks(text, at, end));
      openers.lastIndex = end;
      continue;
    }
    const found = read(source, at, written, commentsOnly);
    if (found === undefined) continue;
    const { start = at, end, kind, as } = found;
    openers.lastIndex = Math.max(end, at + 1);
    source.lastEnd = end;
    if (found.text === undefined) skipped.push({ start: at, end });
    else {
      const inHtml = (as === 'a picture' || as === 'a link') && isInHtmlBlock(text, start, from);
      // A blank line would end the block of HTML.
      const line = found.text === '' ? wholeLine(text, start, end) : { start, end };
      const isLine = line.end > end && isInHtmlBlock(text, start, from);
      edits.push({ ...(isLine ? line : { start, end }), text: inHtml ? asHtml(found.text) : found.text });
    }
    if (kind === undefined || at < (reportedTo.get(kind) ?? 0)) continue;
    reportedTo.set(kind, source.next('\\n', at)?.start ?? text.length);
    const fate =
      as === undefined
        ? 'left out, so write in Markdown what readers should see'
        : `shown as ${as}; write Markdown if that is not what you mean`;
    const tag = quote(
      text
        .slice(Math.max(at, start), Math.min(end, at + 200))
        .replace(/^\]\(/, '')
        .trim(),
    );
    report('warning', 'shortcode', at, `${tag} only works in its framework; it is ${fate}`);
  }
  return [...edits, ...editsOutside(skipped, indentation)];
}

/** Returns the edits outside of some spans; both lists are in order. */
function editsOutside(stretches: readonly Span[], edits: readonly Edit[]): Edit[] {
  let next = 0;
  return edits.filter(({ start }) => {
    while ((stretches[next]?.end ?? start + 1) <= start) next++;
    return start < (stretches[next]?.start ?? start + 1);
  });
}

const directiveOpeners = [
  String.raw`^[ \t]*:{3,}[^\n]*$`,
  String.raw`^[ \t]*::(?:[a-z][\w-]*(?:\[[^\]\n]*\])?(?:\{(?:[^{}\n]|\{[^{}\n]*\})*\})?)?[ \t]*$`,
  slotOpener,
  ...inlineOpeners,
];

/** The start of what {@link read} handles, or a backslash that escapes it. */
const markdownOpeners = [
  '\\\\[`{<%]',
  '`+',
  commentOpeners,
  illegalReference,
  String.raw`<!--|<(?:pre|code|script|style|textarea)(?=[\s>])`,
  ...dialectOpeners,
  ...obsidianOpeners,
  String.raw`\{\{[<%]?|\{%|\{#(?=[\s-])`,
  ...directiveOpeners,
  pelicanOpener,
  spacedPicture,
  String.raw`\]\(<?@/[^)\s>]*>?`,
  String.raw`^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*<?@/\S*`,
].join('|');

/** The same for a text of no framework: only comments. */
const plainOpeners = [
  '\\\\[`{<%]',
  '`+',
  commentOpeners,
  illegalReference,
  String.raw`<!--|<(?:pre|code|script|style|textarea)(?=[\s>])`,
  String.raw`\{#(?=[\s-])|\{%(?=[-+]?\s*(?:#|comment\b))|\{\{(?=-?[ \t]*\/\*|~?!|--|#)`,
].join('|');

/** In MDX every brace opens an expression, and there is no Liquid. */
const mdxOpeners = [
  '\\\\[`{<%]',
  '`+',
  commentOpeners,
  illegalReference,
  String.raw`<!--|<(?:pre|code|script|style|textarea)(?=[\s>])`,
  String.raw`^(?:import|export)\b`,
  String.raw`^[ \t]*</?(?!(?:p|h[1-6]|img|br|hr|source|input|summary)[\s/>])[a-z][\w-]*(?:\s[^<>{}\n]{0,500})?>(?=[ \t]*$)`,
  String.raw`</?(?:[A-Z][\w.]*|(?=>))|<[a-z][\w-]*(?=\s[^<>]{0,500}=\{|(?:\s[^<>]{0,500})?\n[ \t]*/?>)`,
  ...directiveOpeners,
  String.raw`\{`,
].join('|');

function read(source: Source, at: number, written: string, commentsOnly: boolean): Replacement | undefined {
  if (written.startsWith('\\')) return undefined;
  if (written.startsWith('&')) return { end: at + written.length, text: '' };
  const silent = /^<(!--|pre|code|script|style|textarea)$/i.exec(written)?.[1];
  if (silent !== undefined)
    return { end: source.next(silent === '!--' ? '-->' : `</${silent}>`, at)?.end ?? at + written.length };
  const comment = /^(?:%|\{|<%)/.test(written) ? commentAt(source, at) : undefined;
  if (comment !== undefined || /^(?:%%|\{>|\{\s*\/|<%)/.test(written)) return comment;
  if (commentsOnly && written === '{{') return undefined;
  if (/^[ \t]*<.*>$/.test(written)) return elementLine(source, at, written);
  if (/^<|^<\//.test(written)) return componentTag(source, at, written);
  if (/^(?:import|export)$/.test(written)) return moduleLines(source, at);
  if (/^(?:!?\[\[(?!_?toc)|==|\s*\^)/i.test(written)) return obsidian(source, at, written);
  if (/^ *\*\[/.test(written)) return dialect(source, at, written);
  if (/^[{|](?:[a-z]+)[}|]/.test(written)) return pelicanAddress(source, at, written);
  if (written.startsWith('![')) return pictureWithoutSpaces(at, written);
  if (written.includes('@/')) return internalLink(source, at, written);
  if (/^[ \t]*::/.test(written)) return box(source, at, written);
  if (/^[ \t]*#/.test(written)) return slot(source, at, written);
  if (/^(?::[a-z]|\[.*\]\{)/.test(written)) return inlineComponent(at, written);
  if (written === '{') return expression(source, at);
  if (written === '{%') return blockTag(source, at);
  if (written === '{{') return attributeObject(source, at) ?? outputTag(source, at);
  if (written === '{#') {
    const end = source.next('#\\}', at)?.end;
    const isUnclosed = end === undefined || (source.next('\\{#(?=[\\s-])', at + 1)?.start ?? end) < end;
    return isUnclosed ? undefined : { end, text: '' };
  }
  if (!written.startsWith('{{')) return dialect(source, at, written);
  const example = exampleEnd(source.text, at);
  return example === undefined ? hugoTag(source, at) : { end: example };
}
