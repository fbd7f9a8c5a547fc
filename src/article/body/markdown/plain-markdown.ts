import type { Token } from 'markdown-it';
import { type Addresses, type ArticlePlace, addressesAt } from '../html/addresses.ts';
import { removeComments } from '../tags/html-pieces.ts';
import type { AlertWords } from './alerts.ts';
import { escapeMarkdown, htmlAsMarkdown } from './html-as-markdown.ts';
import { inlineText } from './inline-text.ts';
import { hasTags, spanOf, spanParser } from './link-spans.ts';
import { markdown, parseBody, renderBody } from './markdown.ts';
import { innerTargets } from './safe-tokens.ts';

/**
 * Writes a body as Markdown that any parser reads as the page shows it: every address is absolute, definitions of links
 * are resolved, and comments are gone. It is written from what was parsed, so it contains nothing that the page hides;
 * the text of a paragraph stays as in the file. Blocks with HTML become safe HTML.
 *
 * Returns `undefined` if elements of HTML contain blocks of Markdown, which can't be cleaned one by one.
 */
export function plainMarkdown(
  body: string,
  title: string,
  place: ArticlePlace,
  alertWords: AlertWords | undefined,
): string | undefined {
  const tokens = parseBody(body, title, spanParser(), { alertWords }).filter((token) => !isComment(token));
  const targets = innerTargets(tokens);
  const ids = targets.size === 0 ? [] : tokens.map((token) => String(token.attrGet('id')));
  const addresses = addressesAt(place, new Set(ids.filter((id) => targets.has(id))));
  const nodes = nest(tokens);
  const safe = (node: Node): string => renderBody(flat(node), place);
  if (tokens.some(({ type }) => type === 'html_block')) {
    const pieces = nodes.map(safe).join('');
    // Parsed again, because rendering changes tokens.
    const whole = renderBody(parseBody(body, title, markdown, { alertWords }), place);
    if (squeezed(pieces) !== squeezed(whole)) return undefined;
  }
  const written = nodes.map((node) => writeBlock(node, addresses) ?? htmlAsMarkdown(safe(node)));
  return written.filter((text) => text !== '').join('\n\n');
}

function isComment({ type, content }: Token): boolean {
  return type === 'html_block' && removeComments(content).trim() === '';
}

function squeezed(html: string): string {
  return html.replace(/\s+/g, '').replace(/id="[^"]*"/g, '');
}

/** A block with what it contains; `open` alone for a leaf. */
interface Node {
  readonly open: Token;
  readonly inside: Node[];
  close?: Token;
}

function nest(tokens: readonly Token[]): readonly Node[] {
  const top: Node[] = [];
  const around: Node[] = [];
  for (const token of tokens) {
    const isEnd = token.nesting === -1 || token.type === 'footnote_block_close' || token.type === 'footnote_close';
    if (isEnd) {
      const node = around.pop();
      if (node !== undefined) node.close = token;
      continue;
    }
    const node: Node = { open: token, inside: [] };
    (around.at(-1)?.inside ?? top).push(node);
    if (token.nesting === 1 || token.type === 'footnote_block_open' || token.type === 'footnote_open')
      around.push(node);
  }
  return top;
}

function flat({ open, inside, close }: Node): Token[] {
  return [open, ...inside.flatMap(flat), ...(close === undefined ? [] : [close])];
}

/** Writes a block; `undefined` if it is or contains HTML, or is of a kind that not all parsers know. */
function writeBlock(node: Node, addresses: Addresses): string | undefined {
  const { open, inside } = node;
  const { type, markup } = open;
  if (type === 'hr') return '---';
  if (type === 'fence' || type === 'code_block') return writeCode(open);
  if (type === 'paragraph_open') return writeRun(inside[0]?.open, addresses);
  if (type === 'heading_open') {
    const text = writeRun(inside[0]?.open, addresses);
    return text && `${'#'.repeat(Number(open.tag.slice(1)))} ${text.replace(/\s*\n\s*/g, ' ').replace(/#+$/, '\\$&')}`;
  }
  if (type === 'table_open') return writeTable(inside, addresses);
  if (type === 'footnote_anchor') return '';
  if (type === 'footnote_block_open') {
    const notes = inside.map(({ inside: of }) => writeBlocks(of, addresses));
    if (notes.includes(undefined)) return undefined;
    return notes.map((note = '', index) => `[^${index + 1}]: ${indented(note, '    ')}`).join('\n\n');
  }
  if (type === 'blockquote_open') {
    return writeBlocks(inside, addresses)?.replace(/^(?=(.?))/gm, (_, next: string) => (next === '' ? '>' : '> '));
  }
  if (type !== 'bullet_list_open' && type !== 'ordered_list_open') return undefined;
  const isTight = inside.every((item) =>
    item.inside.every(({ open }) => open.type !== 'paragraph_open' || open.hidden === true),
  );
  const items = inside.map((item) => writeBlocks(item.inside, addresses, isTight ? '\n' : '\n\n'));
  if (items.includes(undefined)) return undefined;
  const first = Number(open.attrGet('start') ?? 1);
  return items
    .map((item = '', index) => {
      const bullet = type === 'bullet_list_open' ? `${markup} ` : `${first + index}${markup} `;
      return bullet + indented(item, ' '.repeat(bullet.length));
    })
    .join(isTight ? '\n' : '\n\n');
}

function writeBlocks(nodes: readonly Node[], addresses: Addresses, between = '\n\n'): string | undefined {
  const blocks = nodes.map((node) => writeBlock(node, addresses));
  return blocks.includes(undefined) ? undefined : blocks.filter((block) => block !== '').join(between);
}

function indented(text: string, indent: string): string {
  return text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

/** Writes code between fences that are longer than all in it. */
function writeCode({ content, info }: Token): string {
  const longest = [...content.matchAll(/`{3,}/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  const [language = ''] = info.replace(/`/g, '').trim().split(/\s/, 1);
  return `${fence}${language}\n${content.replace(/\n?$/, '\n')}${fence}`;
}

function writeTable(parts: readonly Node[], addresses: Addresses): string | undefined {
  const rows = parts.flatMap(({ open, inside }) => inside.map((row) => ({ row, isHead: open.type === 'thead_open' })));
  const written = rows.map(({ row, isHead }) => {
    const cells = row.inside.map((cell) => writeRun(cell.inside[0]?.open, addresses)?.replaceAll('|', '\\|'));
    return { isHead, cells, line: cells.includes(undefined) ? undefined : `| ${cells.join(' | ')} |` };
  });
  const lines = written.map(({ line }) => line);
  if (lines.includes(undefined)) return undefined;
  const cells = rows[0]?.row.inside ?? [];
  const rule = cells.map(({ open }) => {
    const align = /text-align:\s*(\w+)/.exec(String(open.attrGet('style')))?.[1];
    return { left: ':--', center: ':-:', right: '--:' }[align ?? ''] ?? '---';
  });
  const head = written[0]?.isHead ? lines.slice(0, 1) : [`|${'  |'.repeat(cells.length)}`];
  return [...head, `| ${rule.join(' | ')} |`, ...lines.slice(written[0]?.isHead ? 1 : 0)].join('\n');
}

/** Writes a run of text as in the file, with its addresses resolved; `undefined` if it has tags. */
function writeRun(run: Token | undefined, addresses: Addresses): string | undefined {
  if (run === undefined) return '';
  const children = run.children ?? [];
  const mayBeTag = children.some(({ type, content }) => type === 'text' && /<[!?/a-z]/i.test(content));
  if (hasTags(run) || mayBeTag) return undefined;
  let written = '';
  let from = 0;
  const edits = children.flatMap((token) => editsOf(token, addresses)).toSorted((a, b) => a.start - b.start);
  for (const { start, end, text } of edits) {
    written += run.content.slice(from, start) + text;
    from = end;
  }
  // In a quotation, a paragraph may go on without its mark, and a line of dashes is no underline there.
  return (written + run.content.slice(from)).replace(/\n([ \t]*)(?=(?:=+|-+)[ \t]*(?:\n|$))/g, '\n$1\\');
}

/** Returns the edits of a run that make a link or a picture independent of its place. */
function editsOf(token: Token, { link, picture }: Addresses) {
  const span = spanOf(token);
  if (span === undefined) return [];
  const { start, textEnd, end } = span;
  const title = String(token.attrGet('title') ?? '');
  if (token.type === 'footnote_ref') return [{ start, end, text: `[^${Number(token.meta?.id) + 1}]` }];
  if (token.type === 'image') {
    const alt = escapeMarkdown(inlineText(token.children ?? []));
    const url = picture(String(token.attrGet('src') ?? ''));
    return [
      { start, end, text: url === undefined || url.startsWith('data:') ? alt : `![${alt}](${target(url, title)})` },
    ];
  }
  const url = link(String(token.attrGet('href') ?? ''));
  if (url !== undefined) return [{ start: textEnd, end, text: `](${target(url, title)})` }];
  return [
    { start, end: start + 1, text: '' },
    { start: textEnd, end, text: '' },
  ];
}

function target(url: string, title: string): string {
  const address = url.replace(/[()\\]/g, '\\$&');
  return title === '' ? address : `${address} "${title.replace(/["\\&]/g, '\\$&').replace(/\n\s*/g, ' ')}"`;
}
