import { readText } from '../../../article/body/first-picture.ts';
import { legalText } from '../../../article/plain-text.ts';

/** What of a body must not be lost: its words in order, and the addresses that it links and shows. */
interface Substance {
  readonly words: readonly string[];
  readonly addresses: ReadonlySet<string>;
}

/**
 * Tells whether safe HTML says all that other safe HTML says: the same words in the same order, and every address. A
 * heading that repeats the title may be gone. `source` is the text of what `wanted` was before it was clean: by it words
 * that ran together then are told apart. Gives the first words that differ, or the address that is missing.
 */
export function differenceOf(
  wanted: string,
  made: string,
  title: string,
  source?: string,
): string | undefined {
  const [clean, other] = [substanceOf(wanted), substanceOf(made)];
  const one =
    source === undefined ? clean : { ...clean, words: parted(clean.words, wordsOf(legalText(source))) };
  const missing = [...one.addresses].find((address) => !other.addresses.has(address));
  if (missing !== undefined) return missing;
  const at = one.words.findIndex((word, index) => word !== other.words[index]);
  if (at === -1 && one.words.length === other.words.length) return undefined;
  const heading = wordsOf(title).length;
  if (one.words.length - heading === other.words.length && isWithout(one.words, other.words, heading, title))
    return undefined;
  const from = at === -1 ? one.words.length : at;
  return [...one.words.slice(from, from + 3), '/', ...other.words.slice(from, from + 3)].join(' ');
}

/** Parts words that are several in the source. */
function parted(words: readonly string[], source: readonly string[]): readonly string[] {
  let next = 0;
  return words.flatMap((word) => {
    // Cleaning adds words for frames and takes away what nobody sees.
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

/** How many words further on a word is looked for in the source. */
const reach = 20;

/** Tells whether one list is the other without a run of words that says what the title says. */
function isWithout(all: readonly string[], rest: readonly string[], length: number, title: string): boolean {
  const letters = (words: readonly string[]) =>
    words
      .join('')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '');
  let at = 0;
  while (at < rest.length && all[at] === rest[at]) at++;
  // The run may begin earlier, where it begins with the words that follow it.
  for (let start = at; start >= Math.max(0, at - length); start--) {
    if (letters(all.slice(start, start + length)) !== letters([title])) continue;
    if (all.slice(start + length).every((word, index) => word === rest[start + index])) return true;
  }
  return false;
}

function substanceOf(html: string): Substance {
  const addresses = [...html.matchAll(/ (?:href|src|poster)="([^"]*)"/g)];
  return {
    words: wordsOf(readText(html.replace(blocks, ' $&'))),
    addresses: new Set(addresses.map(([, address = '']) => spelled(address))),
  };
}

/** What begins a line of its own, or shows something between two words. */
const blocks =
  /<(?:address|article|aside|audio|blockquote|br|caption|details|[dou]l|d[dt]|div|fig|foot|h[1-6r]|head|img|li|p\b|pre\b|picture|section|summary|t[dhr]|tbody|table|video)/g;

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[\s\u200b]+/u)
    .filter((word) => word !== '');
}

/** One spelling for an address, and one for every anchor of the article itself. */
function spelled(address: string): string {
  const own = /#(?:fn(?:ref)?-)?[\w.-]*--(.*)$/.exec(address)?.[1];
  // Footnotes are numbered anew.
  if (
    /^fn(?:ref)?[:-]?\d+(?:(?::|\.3A)\d+)?$/.test(own ?? '') ||
    /#fn(?:ref)?-[\w.-]+-\d+(?::\d+)?$/.test(address)
  )
    return '#footnote';
  if (own !== undefined) return `#${own}`;
  return address
    .replaceAll('&amp;', '&')
    .replace(/%(7B|7C|7D|5C|5E|60|5B|5D|20|22)/gi, (code) => decodeURIComponent(code));
}
