import { once } from './once.ts';

/** Takes away what XML 1.0 §2.2 forbids: most control characters, U+FFFE, U+FFFF and lone surrogates. */
export function legalText(text: string): string {
  return suspicious.test(text) ? text.replace(illegal, '') : text;
}

/** Makes a title or a name of a text: on one line, without white space at its ends or runs of it inside. */
export function oneLine(text: string): string {
  const legal = legalText(text);
  return (/[^\S ]| {2}|\u0085/.test(legal) ? legal.replace(/[\s\u0085]+/gu, ' ') : legal).trim();
}

/** Copies a part of a text: V8 keeps the whole in memory for as long as somebody has a part of it. */
export function cutOut(part: string): string {
  return ` ${part}`.slice(1);
}

/**
 * Shortens a text to at most about `limit` UTF-16 code units, at the end of a sentence where one ends in the
 * second half, else between two words, and marks a cut inside a sentence with an ellipsis.
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit + 1);
  const sentence = room.match(sentences)?.[0] ?? '';
  if (sentence.length > limit / 2) return sentence;
  const words = room.slice(0, Math.max(0, room.search(/\s+\S*$/u)));
  if (words.length > limit / 2) return `${words.replace(/[\s,;:–—-]+$/u, '')}…`;
  // A script without spaces: between two characters as a reader sees them.
  let end = 0;
  for (const { index } of graphemes().segment(room)) if (index < limit) end = index;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** As many sentences as there are; what ends in one letter, as "U.S.", or is a known abbreviation ends none. */
const sentences =
  /^.*(?:(?<!\b(?:Mrs?|Ms|Dr|Prof|Gen|Sen|Gov|Rep|Lt|Col|Capt|Sgt|St|Jr|Sr|vs|No|Inc|Corp|Ltd|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))(?<=[\p{Ll}\d]{2}|["'”’»)\]])[.!?…]["'”’»)\]]*(?=\s)|[。！？]["'”’»）」』]*)/su;
/** Made when first needed, as the runtime takes some milliseconds to load what it knows of scripts. */
const graphemes = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

/** Everything outside the production Char of XML 1.0 §2.2. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** That, and halves of pairs: code units are looked through several times as fast as characters. */
const suspicious = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/;
