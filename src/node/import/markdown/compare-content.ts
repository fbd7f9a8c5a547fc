import type { Root, RootContent } from 'hast';
import { readText } from '../../../article/body/first-picture.ts';
import { blockNames, boxNames } from '../../../article/body/html/dropped-blocks.ts';
import { legalText } from '../../../article/plain-text.ts';

/** What a body must not lose: its words in order, and the addresses of its links and media. */
interface Content {
  readonly words: readonly string[];
  readonly addresses: ReadonlySet<string>;
}

/**
 * Checks that safe HTML has all words of other safe HTML in the same order, and every address. Returns the first words
 * that differ or a missing address, or `undefined`. A heading that repeats the title may be missing. `source` is the
 * text of `wanted` before cleaning, which shows words that cleaning ran together.
 */
export function findDifference(wanted: string, actual: string, title: string, source?: string): string | undefined {
  const { words: cleanWords, addresses } = contentOf(wanted);
  const other = contentOf(actual);
  const words = source === undefined ? cleanWords : splitJoinedWords(cleanWords, wordsOf(legalText(source)));
  const missing = [...addresses].find((address) => !other.addresses.has(address));
  if (missing !== undefined) return missing;
  const at = words.findIndex((word, index) => word !== other.words[index]);
  if (at === -1 && words.length === other.words.length) return undefined;
  const heading = wordsOf(title).length;
  if (words.length - heading === other.words.length && isWithoutTitle(words, other.words, heading, title))
    return undefined;
  const from = at === -1 ? words.length : at;
  return [...words.slice(from, from + 3), '/', ...other.words.slice(from, from + 3)].join(' ');
}

/** Splits words that are several in the source. */
function splitJoinedWords(words: readonly string[], source: readonly string[]): readonly string[] {
  let next = 0;
  return words.flatMap((word) => {
    // Cleaning adds words for frames and removes hidden text.
    for (let from = next; from < Math.min(next + reach, source.length); from++) {
      let [to, length] = [from, 0];
      for (let part = source[to]; part !== undefined && word.startsWith(part, length); part = source[to]) {
        length += part.length;
        to += 1;
      }
      if (length < word.length || to === from) continue;
      next = to;
      return source.slice(from, to);
    }
    return [word];
  });
}

/** How many source words ahead a word is looked for. */
const reach = 20;

/** Reports whether `rest` is `all` without a run of words that repeats the title. */
function isWithoutTitle(all: readonly string[], rest: readonly string[], length: number, title: string): boolean {
  const letters = (words: readonly string[]) =>
    words
      .join('')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '');
  let at = 0;
  while (at < rest.length && all[at] === rest[at]) at++;
  // The run may begin earlier, if it starts with the same words as the text after it.
  for (let start = at; start >= Math.max(0, at - length); start--) {
    if (letters(all.slice(start, start + length)) !== letters([title])) continue;
    if (all.slice(start + length).every((word, index) => word === rest[start + index])) return true;
  }
  return false;
}

function contentOf(html: string): Content {
  const addresses = [...html.matchAll(/ (?:href|src|poster)="([^"]*)"/g)];
  return {
    words: wordsOf(readText(html.replace(wordBoundary, ' $&'))),
    addresses: new Set(addresses.map(([, address = '']) => normalizeAddress(address))),
  };
}

/** Elements that start a line, or show something between two words. */
const wordBoundary =
  /<(?:address|article|aside|audio|blockquote|br|caption|details|[dou]l|d[dt]|div|fig|foot|h[1-6r]|head|img|li|p\b|pre\b|picture|section|summary|t[dhr]|tbody|table|video)/g;

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[\s\u200b]+/u)
    .filter((word) => word !== '');
}

/** Gives equal addresses one spelling, and each anchor of the article the spelling of the source. */
function normalizeAddress(address: string): string {
  const local = /#(?:fn(?:ref)?-)?[\w.-]*--(.*)$/.exec(address)?.[1];
  // Footnotes get new numbers.
  if (/^fn(?:ref)?[:-]?\d+(?:(?::|\.3A)\d+)?$/.test(local ?? '') || /#fn(?:ref)?-[\w.-]+-\d+(?::\d+)?$/.test(address))
    return '#footnote';
  if (local !== undefined) return `#${local}`;
  return address
    .replaceAll('&amp;', '&')
    .replace(/%(7B|7C|7D|5C|5E|60|5B|5D|20|22)/gi, (code) => decodeURIComponent(code));
}

/** Reads the text of HTML before cleaning, with white space wherever browsers separate words. */
export function textBeforeCleaning(root: Root): string {
  const parts: string[] = [];
  const collect = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      if (node.type === 'text') parts.push(node.value);
      if (node.type !== 'element' || hidden.test(node.tagName)) continue;
      const space = separate.test(node.tagName) ? [' '] : [];
      parts.push(...space);
      collect(node.children);
      parts.push(...space);
    }
  };
  collect(root.children);
  return parts.join('');
}

const hidden = /^(?:iframe|noembed|noframes|script|style|template|textarea|title|xmp)$/;
/** What browsers show as a block, a box, a cell or a separator of words. */
const separate = new RegExp(
  `^(?:${[...blockNames, ...boxNames].join('|')}|address|article|aside|audio|blockquote|br|caption|d[dlt]|details|dir|div|fig(?:ure|caption)|footer|h[1-6r]|header|hgroup|img|li|listing|menu|[ou]l|p|picture|pre|section|summary|t(?:able|body|[dhr]|foot|head)|video)$`,
);
