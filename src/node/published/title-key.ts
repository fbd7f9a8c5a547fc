import { readText } from '../../article/body/first-picture.ts';
import { oneLine } from '../../article/plain-text.ts';

/** The longest title that is looked into, since what is read is text of strangers. */
const longest = 2048;

/**
 * Spells alike what is one headline: a feed may have it as HTML, and publishing systems set quotes, dashes and dots
 * that its author didn't type. All other signs count, so that C++ and C# stay two.
 */
export function titleKey(title: string): string {
  const text = oneLine(readText(withoutLoneMarks(readReferences(title.slice(0, longest))))).normalize('NFKC');
  const plain = oneLine(text.replace(quotes, '').replace(dashes, ' ').replace(times, 'x'));
  return (plain === '' ? text : plain).toLowerCase();
}

// A dash may have been typed as two or three hyphens.
const dashes = /[\p{Pd}\u2212]+/gu;
const quotes = /['"`\p{Pi}\p{Pf}\u201a\u201e\u2032\u2033\u00b4]/gu;
const times = /(?<=\d\s*)×(?=\s*\d)/gu;

/** A `<` that begins no tag is text; thousands of them must not each be followed to the end. */
function withoutLoneMarks(html: string): string {
  return html.replace(/<(?![^<>]*>)/g, '&lt;');
}

/** Reads the references that HTML has for the signs of typesetting; those of markup come later, so that none is made here. */
function readReferences(html: string): string {
  return html
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point > 0x7f && point <= 0x10ffff ? String.fromCodePoint(point) : (ascii[point] ?? whole);
    })
    .replace(/&([a-z]+);/gi, (whole, name: string) => named.get(name) ?? whole);
}

/** Of the signs below U+0080 those that mean nothing in markup, and the others by names that are read later. */
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
