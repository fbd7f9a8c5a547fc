import { once } from './once.ts';

/** Removes characters that XML 1.0 §2.2 forbids: most control characters, U+FFFE, U+FFFF and lone surrogates. */
export function legalText(text: string): string {
  return suspicious.test(text) ? text.replace(illegal, '') : text;
}

/**
 * The source of an expression that finds character references to characters that XML forbids, such as `&#7;`.
 * CommonMark turns them into U+FFFD.
 */
export const illegalReference =
  '&#(?![xX]0*[9adAD];|0*(?:9|10|13);)(?:[xX]0*(?:[01]?[\\da-fA-F]|[dD][89a-fA-F][\\da-fA-F]{2}|[fF]{3}[efEF])|' +
  '0*(?:[12]?\\d|3[01]|5529[6-9]|55[3-9]\\d\\d|56\\d{3}|57[0-2]\\d\\d|573[0-3]\\d|5734[0-3]|6553[45]));';

/** Makes a text fit one line: white space is collapsed and trimmed, and characters that XML forbids are removed. */
export function oneLine(text: string): string {
  const legal = legalText(text);
  return (/[^\S ]| {2}|\u0085/.test(legal) ? legal.replace(/[\s\u0085]+/gu, ' ') : legal).trim();
}

/** Copies part of a text, because V8 keeps the whole text in memory as long as a slice of it is used. */
export function copyText(part: string): string {
  return ` ${part}`.slice(1);
}

/**
 * Shortens a text to about `limit` UTF-16 code units: at the end of a sentence in the second half, or else between two
 * words. An ellipsis marks a cut inside a sentence.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit + 1);
  const sentence = room.match(sentences)?.[0] ?? '';
  if (sentence.length > limit / 2) return sentence;
  const words = room.slice(0, Math.max(0, room.search(/\s+\S*$/u)));
  if (words.length > limit / 2) return `${words.replace(/[\s,;:–—-]+$/u, '')}…`;
  // A script without spaces: cut between two characters as readers see them.
  let end = 0;
  for (const { index } of graphemes().segment(room)) if (index < limit) end = index;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** As many whole sentences as fit. A single letter, as in "U.S.", or a known abbreviation does not end a sentence. */
const sentences =
  /^.*(?:(?<!\b(?:Mrs?|Ms|Dr|Prof|Gen|Sen|Gov|Rep|Lt|Col|Capt|Sgt|St|Jr|Sr|vs|No|Inc|Corp|Ltd|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))(?<=[\p{Ll}\d]{2}|["'”’»)\]])[.!?…]["'”’»)\]]*(?=\s)|[。！？]["'”’»）」』]*)/su;
/** Created on first use: the runtime takes some milliseconds to load its data. */
const graphemes = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

/** Everything outside the production Char of XML 1.0 §2.2. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** The same and all surrogates: without the `u` flag, a search is several times as fast. */
const suspicious = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/;
