import { readText } from '../../article/body/first-picture.ts';
import { oneLine } from '../../article/plain-text.ts';

/** Characters of a title that are compared. Titles in feeds are untrusted input. */
const maxTitle = 2048;

/**
 * Normalizes a headline for comparison. A feed may hold it as HTML, and publishing systems replace quotes, dashes and
 * dots with typographic ones. All other signs count, so C++ and C# stay distinct.
 */
export function titleKey(title: string): string {
  const text = oneLine(readText(escapeLoneMarks(decodeReferences(title.slice(0, maxTitle))))).normalize('NFKC');
  const plain = oneLine(text.replace(quotes, '').replace(dashes, ' ').replace(times, 'x'));
  return (plain === '' ? text : plain).toLowerCase();
}

// Authors type a dash as two or three hyphens.
const dashes = /[\p{Pd}\u2212]+/gu;
const quotes = /['"`\p{Pi}\p{Pf}\u201a\u201e\u2032\u2033\u00b4]/gu;
const times = /(?<=\d\s*)×(?=\s*\d)/gu;

/**
 * Escapes each `<` that starts no tag, so that a parser does not scan to the end of the text from each of thousands.
 */
function escapeLoneMarks(html: string): string {
  return html.replace(/<(?![^<>]*>)/g, '&lt;');
}

/** Decodes HTML references to typographic signs. References to markup stay, so that no tag appears. */
function decodeReferences(html: string): string {
  return html
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point > 0x7f && point <= 0x10ffff ? String.fromCodePoint(point) : (ascii[point] ?? whole);
    })
    .replace(/&([a-z]+);/gi, (whole, name: string) => named.get(name) ?? whole);
}

/** Signs below U+0080: decoded if they mean nothing in markup, or replaced by the named reference. */
const ascii: Readonly<Record<number, string>> = {
  34: '&quot;',
  38: '&amp;',
  39: "'",
  60: '&lt;',
  62: '&gt;',
};

const named: ReadonlyMap<string, string> = new Map([
  ['apos', "'"],
  ['bdquo', '„'],
  ['hellip', '…'],
  ['laquo', '«'],
  ['ldquo', '“'],
  ['lsquo', '‘'],
  ['mdash', '—'],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['raquo', '»'],
  ['rdquo', '”'],
  ['rsquo', '’'],
  ['sbquo', '‚'],
  ['times', '×'],
]);
