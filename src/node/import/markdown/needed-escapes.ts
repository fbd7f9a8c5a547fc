import type { State } from 'mdast-util-to-markdown';
import { markdown } from '../../../article/body/markdown.ts';
import { firstLabel } from '../../../article/seed/labels.ts';

/** One text in two ways: with every escape that could be needed, and as people write it. */
export interface WrittenTwice {
  readonly careful: string;
  readonly plain: string;
}

/**
 * Stands for the backslash of an escape until it is known whether it is needed: a sign of punctuation, as the backslash
 * is, that is in no script of today.
 */
const mark = '\u2E0E';
/** Stand around a link whose text is its address. */
const edge = '\u2E0F';

/** Writes these two signs themselves as references, in Markdown or HTML. */
export function withoutOwnSigns(text: string): string {
  return text.replace(ownSigns, (sign) => `&#${sign.charCodeAt(0)};`);
}

export const ownSigns = new RegExp(`[${mark}${edge}]`, 'g');

/** Has a writer of Markdown mark its escapes, but those that our parser needs before it sees Markdown. */
export function markEscapes(state: State): void {
  const { safe } = state;
  state.safe = (text, config) =>
    withoutOwnSigns(safe.call(state, text, config)).replace(
      /\\([!-/:-@[-`{-~])/g,
      (pair, sign: string, at: number, whole: string) =>
        guarded.test(sign) || /^\\(?:\[\[?_?toc|:::|\[\^)/i.test(whole.slice(at, at + 8))
          ? pair
          : `${mark}${sign}`,
    );
}

/** Braces open shortcodes, strokes end cells, and a backslash is for the one behind it. */
const guarded = /[{}|\\]/;

export function markLink(link: string): string {
  return `${edge}${link}${edge}`;
}

/** Takes the escapes away that change nothing of what a part between blank lines shows. */
export function writtenTwice(marked: string): WrittenTwice {
  const careful = asCareful(marked);
  // Of `<https://…>` behind "Id:" our parser would make the id.
  const settled = firstLabel(careful, 0) !== undefined ? marked.replaceAll(edge, '') : marked;
  const plain = settled
    .split(/(\n\n+)/)
    .map((part) => (part.search(ownSigns) === -1 ? part : neededOnly(part)))
    .join('');
  return { careful, plain };
}

function asCareful(marked: string): string {
  return marked.replaceAll(mark, '\\').replaceAll(edge, '');
}

function neededOnly(part: string): string {
  const indent = /^ */.exec(part)?.[0] ?? '';
  const shown = (text: string): string =>
    markdown.render(indent === '' ? text : text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  const wanted = shown(asCareful(part));
  const isSame = (one: string): boolean => shown(asCareful(one)) === wanted;
  const short = part.replace(linkMarks, (_, text: string) => `<${withoutEscapes(text)}>`);
  const linked = isSame(short) ? short : part.replaceAll(edge, '');
  const bare = withoutEscapes(linked);
  if (isSame(bare)) return bare;
  if (part.length > longest) return asCareful(linked);
  let best = linked;
  const attempt = (one: string): void => {
    if (one !== best && isSame(one)) best = one;
  };
  for (const signs of together) attempt(best.replaceAll(signs, ''));
  // Of the signs that are left some may stand without.
  for (let count = 0, at = best.indexOf(mark); at !== -1 && count < most; count++) {
    attempt(best.slice(0, at) + best.slice(at + mark.length));
    at = best.indexOf(mark, best[at] === mark ? at + 1 : at);
  }
  return asCareful(best);
}

/** The escapes of one sign each, or of two that stand or fall together. */
const together = ['[()]', String.raw`[[\]]`, ...'&_*.@:~<>!`#-+="\''].map(
  (signs) => new RegExp(`${mark}(?=${signs.length === 1 ? `\\${signs}` : signs})`, 'g'),
);
const linkMarks = new RegExp(`${edge}\\[([^\\n${edge}]*)\\]\\([^\\n${edge}]*\\)${edge}`, 'g');
/** Characters of a part that is looked through sign by sign. */
const longest = 20_000;
/** How many escapes are tried one by one. */
const most = 12;

function withoutEscapes(text: string): string {
  return text.replaceAll(mark, '');
}
