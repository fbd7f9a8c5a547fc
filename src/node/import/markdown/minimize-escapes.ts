import type { State } from 'mdast-util-to-markdown';
import { markdown } from '../../../article/body/markdown/markdown.ts';
import { firstLabel } from '../../../article/seed/labels.ts';

/** The same Markdown with all possible escapes, and with only those that change how it renders. */
export interface EscapedMarkdown {
  readonly escaped: string;
  readonly minimal: string;
}

/**
 * Placeholders in written Markdown: for a backslash that may be unnecessary, and around a link whose text is its
 * address. Both characters are punctuation, like a backslash, and belong to no living script.
 */
const escapeMark = '\u2E0E';
const linkMark = '\u2E0F';
export const marks = new RegExp(`[${escapeMark}${linkMark}]`, 'g');

/** Writes placeholders that occur in a text as references. */
export function encodeMarks(text: string): string {
  return text.replace(marks, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Makes a Markdown writer mark its escapes, except those that our parser needs before it parses Markdown. */
export function markEscapes(state: State): void {
  const { safe } = state;
  state.safe = (text, config) =>
    encodeOpeners(encodeMarks(safe.call(state, text, config))).replace(
      /\\([!-/:-@[-`{-~])/g,
      (pair, sign: string, at: number, whole: string) =>
        alwaysEscaped.test(sign) || /^\\(?:\[\[?_?toc|:::|\[\^)/i.test(whole.slice(at, at + 8))
          ? pair
          : `${escapeMark}${sign}`,
    );
}

/**
 * Writes the first sign of what our parser reads as another tool's markup as a reference, which Markdown shows as text.
 */
function encodeOpeners(text: string): string {
  return text.replace(openers, (opener) =>
    opener.replace(/[^\\\s]/, (sign) => `&#${sign.charCodeAt(0)};`).replace('\\', ''),
  );
}

/** Comments, highlights and links of Obsidian, its ids of blocks, and components of MDC. */
const openers =
  /\\?%(?=%)|\\?=(?==)|\\?\[(?=\\?\[)|\\?<(?=%)|^\\?::|:(?=[a-z][\w-]*\\?\[)|(?<=^|[ \t])\^(?=[\w-]+\s*$)/gim;

/** Braces open shortcodes, pipes end cells, and a backslash escapes the next character. */
const alwaysEscaped = /[{}|\\]/;

export function markLink(link: string): string {
  return `${linkMark}${link}${linkMark}`;
}

/** Removes the escapes that don't change how a part between blank lines renders. */
export function minimizeEscapes(marked: string): EscapedMarkdown {
  const escaped = resolveMarks(marked);
  // Our parser would read `<https://…>` after "Id:" as the id.
  const text = firstLabel(escaped, 0) !== undefined ? marked.replaceAll(linkMark, '') : marked;
  const minimal = text
    .split(/(\n\n+)/)
    .map((part) => (part.search(marks) === -1 ? part : minimizePart(part)))
    .join('');
  return { escaped, minimal };
}

function minimizePart(part: string): string {
  const indent = /^ */.exec(part)?.[0] ?? '';
  const render = (text: string): string =>
    markdown.render(indent === '' ? text : text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  const wanted = render(resolveMarks(part));
  const isSame = (candidate: string): boolean => render(resolveMarks(candidate)) === wanted;
  const short = part.replace(markedLink, (_, text: string) => `<${removeEscapes(text)}>`);
  const linked = isSame(short) ? short : part.replaceAll(linkMark, '');
  const bare = removeEscapes(linked);
  if (isSame(bare)) return bare;
  if (part.length > longest) return resolveMarks(linked);
  let best = linked;
  const attempt = (candidate: string): void => {
    if (candidate !== best && isSame(candidate)) best = candidate;
  };
  for (const escapes of escapeKinds) attempt(best.replaceAll(escapes, ''));
  // Try the remaining escapes one by one.
  for (let count = 0, at = best.indexOf(escapeMark); at !== -1 && count < mostAttempts; count++) {
    attempt(best.slice(0, at) + best.slice(at + escapeMark.length));
    at = best.indexOf(escapeMark, best[at] === escapeMark ? at + 1 : at);
  }
  return resolveMarks(best);
}

/** The escapes of one character each, or of a pair that needs both or neither. */
const escapeKinds = ['[()]', String.raw`[[\]]`, ...'&_*.@:~<>!`#-+="\''].map(
  (signs) => new RegExp(`${escapeMark}(?=${signs.length === 1 ? `\\${signs}` : signs})`, 'g'),
);
const markedLink = new RegExp(`${linkMark}\\[([^\\n${linkMark}]*)\\]\\([^\\n${linkMark}]*\\)${linkMark}`, 'g');
/** Characters of a part whose escapes are tried one by one. */
const longest = 20_000;
const mostAttempts = 12;

function resolveMarks(marked: string): string {
  return marked.replaceAll(escapeMark, '\\').replaceAll(linkMark, '');
}

function removeEscapes(text: string): string {
  return text.replaceAll(escapeMark, '');
}
