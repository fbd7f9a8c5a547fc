import type { Edit } from '../edit.ts';
import type { Span } from '../place.ts';
import { indentBefore } from './code.ts';

/**
 * Returns the edits for blocks of kramdown and Python-Markdown: HTML whose `markdown="1"` says that it contains
 * Markdown, and a first line that names the language of code.
 */
export function dialectBlocks(text: string, from: number, code: readonly Span[]): Edit[] {
  if (!suspects.test(text)) return [];
  const isCode = within(code);
  return [...markdownInHtml(text, from, isCode), ...codeLanguages(text, code)];
}

const suspects = /\smarkdown=|^(?: {4,}|\t+)(?::::|#!)/im;

/** An element without an end so far. */
interface OpenElement {
  readonly at: number;
  readonly end: number;
  readonly hasMarkdown: boolean;
}

/** Blank lines around the content and after the element have Markdown read (CommonMark §4.6, condition 6). */
function markdownInHtml(text: string, from: number, isCode: (at: number) => boolean): Edit[] {
  const edits: Edit[] = [];
  const open = new Map<string, OpenElement[]>();
  let depth = 0;
  const tags = new RegExp(tag, 'gi');
  tags.lastIndex = from;
  for (let match = tags.exec(text); match !== null; match = tags.exec(text)) {
    const { 0: written, 1: slash, 2: name = '', 3: rest = '', index: at } = match;
    // What is indented inside such an element only looks like code.
    if (depth === 0 && isCode(at)) continue;
    const end = at + written.length;
    const before = indentBefore(text, at);
    const all = open.get(name.toLowerCase()) ?? [];
    open.set(name.toLowerCase(), all);
    if (slash === '') {
      const hasMarkdown = before !== undefined && asksForMarkdown.test(rest);
      all.push({ at, end, hasMarkdown });
      if (hasMarkdown) depth++;
      continue;
    }
    const opened = all.pop();
    if (opened?.hasMarkdown !== true) continue;
    depth--;
    const start = at - (before ?? '').length;
    const isParagraph = /^p$/i.test(name);
    edits.push(
      { start: isParagraph ? opened.at : opened.end, end: opened.end, text: '\n\n' },
      ...unindented(text, opened.end, start),
      { start, end: isParagraph ? end : at, text: '\n\n' },
      { start: end, end, text: '\n\n' },
    );
  }
  return edits;
}

const tag = String.raw`<(/?)(article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|header|li|main|nav|ol|p|section|summary|table|tbody|td|th|thead|tr|ul)((?:\s[^<>]{0,500})?)>`;
const asksForMarkdown = /\smarkdown=["']?(?:1|block|span)(?=["'\s]|$)/i;

/** Lines that are all indented like code are not code inside such an element. */
function unindented(text: string, start: number, end: number): Edit[] {
  const lines = linesOf(text, start, end).slice(1);
  const common = lines.reduce((least, line) => Math.min(least, indentOf(text, line)), Number.POSITIVE_INFINITY);
  if (common < 4 || !Number.isFinite(common)) return [];
  return lines.map((line) => ({ start: line.start, end: Math.min(line.end, line.start + common), text: '' }));
}

/** Python-Markdown takes the language of indented code from a first line such as `:::python`. */
function codeLanguages(text: string, code: readonly Span[]): Edit[] {
  return code.flatMap(({ start, end }, i) => {
    const isFirst = code[i - 1]?.end !== start && code[i + 1]?.start === end;
    if (!isFirst || !/^(?: {4,}|\t+ *)(?::::|#!)[a-z][\w+#.-]*[ \t]*$/.test(text.slice(start, end - 1))) return [];
    return [{ start, end, text: '' }];
  });
}

function within(spans: readonly Span[]): (at: number) => boolean {
  let next = 0;
  let last = 0;
  return (at) => {
    if (at < last) next = 0;
    last = at;
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    return (spans[next]?.start ?? Number.POSITIVE_INFINITY) <= at;
  };
}

/** The width of the white space that begins a line; infinite if it has no text. */
function indentOf(text: string, { start, end }: Span): number {
  const width = text.slice(start, end).search(/\S/);
  return width === -1 ? Number.POSITIVE_INFINITY : width;
}

function linesOf(text: string, start: number, end: number): Span[] {
  const lines: Span[] = [];
  for (let at = start; at < end; ) {
    const line = lineAt(text, at);
    lines.push({ start: line.start, end: Math.min(line.end, end) });
    at = line.end + 1;
  }
  return lines;
}

function lineAt(text: string, start: number): Span {
  const found = text.indexOf('\n', start);
  return { start, end: found === -1 ? text.length : found };
}

/** Shows the title that a fence states above its code, as site generators do: `js title="a.js"`, `ts [a.ts]`. */
export function codeTitles(text: string, code: readonly Span[]): Edit[] {
  return code.flatMap(({ start }) => {
    const line = text.slice(start, start + 500).split('\n', 1)[0] ?? '';
    const [, indent = '', ...titles] = titledFence.exec(line) ?? [];
    const title = titles.find((one) => one !== undefined);
    if (title === undefined || /[`\n]/.test(title)) return [];
    return [{ start, end: start, text: `${indent}\`${title}\`\n\n` }];
  });
}

const titledFence =
  /^([ \t]*)(?:`{3,}|~{3,})[ \t]*[\w+#.-]*(?:[ \t{,].*?\b(?:title|filename)=(?:"([^"]+)"|'([^']+)'|([^\s"'{}]+))|:title=([^\s"'{}]+)|[ \t]+\[([^\]]+)\])/;
