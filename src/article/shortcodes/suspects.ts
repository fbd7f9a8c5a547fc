import { illegalReference } from '../plain-text.ts';
import { pelicanSuspect } from './markup.ts';

/** Reports whether Markdown may contain shortcodes from an offset on. Most articles contain none. */
export function mayHaveShortcodes(text: string, from = 0): boolean {
  const isMarked = marks.some((mark) => text.includes(mark, from));
  return (isMarked ? suspects : unmarked).test(text.slice(from));
}

/** What shortcodes contain, except those in {@link unmarked}. To look for each takes a tenth of the time. */
const marks = ['{', '|', '%', '^', '=', '::', '@/', '&#', '[[', '*[', '#!', '```', '~~~'];

/** Shortcodes that have nothing but brackets, parentheses and colons. */
const brackets = String.raw`\]\([^()"\n]* |:[a-z][\w-]*\[|^\[_?toc`;
const unmarked = new RegExp(brackets, 'im');

/** All of them. */
export const suspects = new RegExp(
  String.raw`${brackets}|${pelicanSuspect}|^[ \t]*(?:\x60{3}|~{3}).*(?:\btitle=|\bfilename=| \[)|\smarkdown=|^ {0,3}\*\[|^(?: {4,}|\t+)#!|%%|<%[#-]|\{[{%:#./>\s]|\]?\)\{|::|:[a-z][\w-]*\{|[\]\x60*]\{[.#a-z]|@/|==|\[\[|(?:^|[ \t])\^[\w-]|${illegalReference}`,
  'im',
);
