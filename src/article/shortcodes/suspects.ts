import { illegalReference } from '../plain-text.ts';
import { pelicanSuspect } from './markup.ts';

/** Reports whether Markdown may contain shortcodes from an offset on. A quick test, because most articles have none. */
export function mayHaveShortcodes(text: string, from = 0): boolean {
  const isMarked = marks.some((mark) => text.includes(mark, from));
  return (isMarked ? suspects : unmarked).test(text.slice(from));
}

/** Each shortcode has one of these, except {@link brackets}. Looking for all takes a tenth of the expression's time. */
const marks = ['{', '|', '%', '^', '=', '::', '@/', '&#', '[[', '*[', '#!', '```', '~~~'];

/** What may be a shortcode without any of the marks. */
const brackets = String.raw`\]\([^()"\n]* |:[a-z][\w-]*\[|^\[_?toc`;
const unmarked = new RegExp(brackets, 'im');

/** What may be a shortcode. */
export const suspects = new RegExp(
  String.raw`${brackets}|${pelicanSuspect}|^[ \t]*(?:\x60{3}|~{3}).*(?:\btitle=|\bfilename=| \[)|\smarkdown=|^ {0,3}\*\[|^(?: {4,}|\t+)#!|%%|<%[#-]|\{[{%:#./>\s]|\]?\)\{|::|:[a-z][\w-]*\{|[\]\x60*]\{[.#a-z]|@/|==|\[\[|(?:^|[ \t])\^[\w-]|${illegalReference}`,
  'im',
);
