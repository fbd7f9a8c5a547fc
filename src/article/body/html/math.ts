import { endsForeign } from '../tags/foreign-content.ts';
import { decodeText } from '../tags/tags-in.ts';

/** The elements of MathML Core that feeds carry, with the attributes that only change how they look. */
export const mathElements: readonly string[] = (
  'math mrow mi mn mo mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder mover ' +
  'munderover mmultiscripts mprescripts mtable mtr mtd semantics annotation'
).split(' ');

// biome-ignore format: one list
export const mathAttributes: readonly string[] = [
  'display', 'displaystyle', 'scriptlevel', 'mathvariant', 'linethickness', 'form', 'fence', 'separator', 'lspace',
  'rspace', 'stretchy', 'symmetric', 'maxsize', 'minsize', 'largeop', 'movablelimits', 'accent', 'accentunder',
  'width', 'height', 'depth', 'voffset', 'columnspan', 'rowspan', 'encoding', 'alttext',
];

const names = new Set(mathElements);

/**
 * Elements of MathML that hold text, in which browsers accept HTML (HTML §13.2.4.2, MathML text integration points).
 */
const textElements = new Set(['mi', 'mo', 'mn', 'mtext', 'annotation']);

/**
 * Keeps the formulas of cleaned HTML pure: no element of HTML inside `<math>`, where browsers could parse it
 * differently, and no element of MathML outside. A formula ends before HTML that ends it in a browser. Only TeX is kept
 * as annotation.
 */
export function purifyMath(clean: string): string {
  if (!/<(?:m|semantics|annotation)/.test(clean)) return clean;
  /** The open elements of a formula. */
  const open: string[] = [];
  let nested = 0;
  return clean
    .replace(/<annotation(?: [^>]*)?>[^<]*<\/annotation>/g, (all) =>
      / encoding="application\/x-tex"/.test(all) ? all : '',
    )
    .replace(/<(\/?)([a-z][a-z0-9-]*)([^>]*)>/g, (tag, end: string, name: string, rest: string) => {
      if (name === 'math' && open.length === 0 && end === '') {
        open.push(name);
        return `<math xmlns="${namespace}"${rest}>`;
      }
      if (open.length === 0) return name === 'math' || names.has(name) ? '' : tag;
      if (!names.has(name)) {
        if (end !== '' || !endsForeign(tag, name) || textElements.has(open.at(-1) ?? '')) return '';
        nested = 0;
        const closing = open
          .splice(0)
          .reverse()
          .map((one) => `</${one}>`);
        return closing.join('') + tag;
      }
      // Only the outermost one is kept.
      if (name === 'math' && end === '') {
        nested += 1;
        return '';
      }
      if (name === 'math' && nested > 0) {
        nested -= 1;
        return '';
      }
      if (end !== '') open.pop();
      else if (!rest.endsWith('/')) open.push(name);
      return tag;
    });
}

const namespace = 'http://www.w3.org/1998/Math/MathML';

/** Writes formulas in HTML as one line of text: their TeX, or else `1/2`, `x^2`, `√16`. */
export function linearMath(html: string): string {
  return html.replace(/<math(?=[\s>])[^<>]*>([\s\S]*?)<\/math\s*>/gi, (_, inner: string) => {
    const tex = /<annotation\s[^<>]*encoding\s*=\s*["']?application\/x-tex[^<>]*>([^<]*)<\/annotation/i.exec(
      inner,
    )?.[1];
    return tex?.trim() || linear(inner.replace(/<annotation[\s\S]*?<\/annotation(?:-xml)?\s*>/gi, ''));
  });
}

/** The same as plain text. */
export function linearText(html: string): string {
  return decodeText(linearMath(html).replace(/<[^<>]*>/g, ''));
}

/** An open element and the texts of its children. */
interface Open {
  readonly name: string;
  readonly parts: string[];
}

function linear(html: string): string {
  const root: Open = { name: 'mrow', parts: [] };
  const open: Open[] = [root];
  const close = (): void => {
    const { name, parts } = open.pop() ?? root;
    open.at(-1)?.parts.push(write(name, parts));
  };
  for (const { 0: whole, 1: end, 2: written, 3: solidus } of html.matchAll(
    /<(\/?)([a-z][\w-]*)[^<>]*?(\/?)>|[^<]+|</gi,
  )) {
    const name = written?.toLowerCase();
    if (name === undefined) {
      if (whole.trim() !== '') open.at(-1)?.parts.push(whole.trim().replace(/\s+/g, ' '));
    } else if (end === '') {
      if (solidus === '/') open.at(-1)?.parts.push('');
      else open.push({ name, parts: [] });
    } else if (open.length > 1 && open.some((one) => one.name === name)) {
      while (open.length > 1 && open.at(-1)?.name !== name) close();
      if (open.length > 1) close();
    }
  }
  while (open.length > 1) close();
  return root.parts.join('');
}

/** How many children an element has; browsers show one with more of them in a row (MathML Core §3.3). */
const childCounts: Readonly<Record<string, number>> = {
  mfrac: 2,
  mroot: 2,
  msup: 2,
  mover: 2,
  msub: 2,
  munder: 2,
  msubsup: 3,
  munderover: 3,
};

function write(name: string, parts: readonly string[]): string {
  if (parts.length > (childCounts[name] ?? Number.POSITIVE_INFINITY)) return parts.join(' ');
  const [a = '', b = '', c = ''] = parts;
  if (name === 'mfrac') return `${group(a)}/${group(b)}`;
  if (name === 'msqrt') return `√${group(parts.join(''))}`;
  if (name === 'mroot') return b === '3' ? `∛${group(a)}` : `root(${b}, ${a})`;
  if (name === 'msup' || name === 'mover') return `${group(a)}^${group(b)}`;
  if (name === 'msub' || name === 'munder') return `${group(a)}_${group(b)}`;
  if (name === 'msubsup' || name === 'munderover') return `${group(a)}_${group(b)}^${group(c)}`;
  if (name === 'mtd') return parts.join('');
  if (name === 'mtr') return parts.join(', ');
  if (name === 'mtable') return `(${parts.join('; ')})`;
  return parts.join(name === 'mo' ? ' ' : '');
}

/** Puts anything longer than a number, a word or a group in parentheses. */
function group(text: string): string {
  return /^(?:[\p{L}\p{M}]+|[\d.,]+|\([^()]*\)|.|&[#\w]+;)$/u.test(text) || text === '' ? text : `(${text})`;
}
