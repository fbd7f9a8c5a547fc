import { fnv1a } from '../../publication/slices/slice.ts';

/**
 * Cuts text into search words, in order and with repetitions. `public/search.js` cuts queries in the same way; a test
 * compares both.
 *
 * Scripts without spaces become pairs of characters, because `Intl.Segmenter` cuts them differently in different
 * browsers.
 */
export function wordsIn(text: string): string[] {
  return [...plain(text).matchAll(runs)].flatMap(([run]) => (unspaced.test(run) ? pairsIn(run) : spacedWord(run)));
}

/** The number of parts into which the words of a segment are divided. */
export const partCount = 64;

/** Returns the part that has a word and all words that begin like it. */
export function partOf(word: string): number {
  const [first = '', second = ''] = word;
  const hash = fnv1a(unspaced.test(first) ? first : first + second);
  return (hash ^ (hash >>> 15)) & (partCount - 1);
}

const letters = '\\p{L}\\p{N}\\p{M}';
const unspacedScripts =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const runs = new RegExp(`[${unspacedScripts}]+|(?:(?![${unspacedScripts}])[${letters}])+`, 'gu');
const unspaced = new RegExp(`^[${unspacedScripts}]`, 'u');

/** The most characters of a word; longer ones are addresses and hashes. */
const longest = 40;

/** Removes what people do not type: case, accents, vowel signs of Arabic and Hebrew. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => latin[letter] ?? letter);
}

const latin: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

function spacedWord(run: string): string[] {
  return run.length < 2 && !/\p{N}/u.test(run) ? [] : [run.slice(0, longest)];
}

/** Returns each two neighbors, and the last character alone. */
function pairsIn(run: string): string[] {
  const characters = [...run];
  return characters.map((character, i) => character + (characters[i + 1] ?? ''));
}
