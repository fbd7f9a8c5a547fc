import type { Edit } from '../edit.ts';
import type { Replacement, Source } from './source.ts';

/** The comments of frameworks, each as what opens it and what closes it. Readers never see them. */
const comments: readonly (readonly [open: RegExp, close: string])[] = [
  // Go templates, Handlebars, Blade and Vento.
  [/\{\{-?[ \t]*\/\*/y, String.raw`\*/\s*-?\}\}`],
  [/\{\{~?!--/y, String.raw`--~?\}\}`],
  [/\{\{~?!/y, String.raw`\}\}`],
  [/\{\{--/y, String.raw`--\}\}`],
  [/\{\{#(?=[^{}]*#\}\})/y, String.raw`#\}\}`],
  // Liquid's comment inside a tag, Nunjucks without white space, MDX, CriticMarkup, EJS and ERB.
  [/\{%[-+]?\s*#/y, String.raw`%\}`],
  [/\{#(?=[^{}\n]*#\})/y, String.raw`#\}`],
  [/\{\s*\/\*/y, String.raw`\*/\s*\}`],
  [/\{>>/y, String.raw`<<\}`],
  [/<%(?:#|--)/y, '%>'],
  // kramdown.
  [/\{::comment\}/y, String.raw`\{:/(?:comment)?\}`],
];

/** What opens a comment and no shortcode. Obsidian's is two percent signs. */
export const commentOpeners = String.raw`%%|<%(?:#|--)|\{>>|\{\s*/\*|\{#(?=[^{}\n]*#\})|\{::comment\}`;

/** Reads the comment that begins at an offset, if any does and it has an end. */
export function commentAt(source: Source, at: number): Replacement | undefined {
  if (source.text[at] === '%') return obsidianComment(source, at);
  for (const [open, close] of comments) {
    open.lastIndex = at;
    if (!open.test(source.text)) continue;
    const end = source.next(close, open.lastIndex)?.end;
    return end === undefined ? undefined : { end, text: '' };
  }
  return undefined;
}

/** Obsidian hides everything up to the next two percent signs, or to the end of the note. */
function obsidianComment(source: Source, at: number): Replacement | undefined {
  const { text } = source;
  const close = source.next('%%', at + 2);
  const beginsLine = /(?:^|\n)[ \t>]*$/.test(text.slice(Math.max(0, at - 20), at));
  // A private text must not appear for want of its end.
  if (close === undefined) return beginsLine ? { end: text.length, text: '', kind: '%%' } : undefined;
  // "from 5%% to 7%% more" is prose.
  if (isAmount(text, at) && isAmount(text, close.start)) return undefined;
  const isLong = !beginsLine && /\n[ \t]*\n/.test(text.slice(at, close.start));
  return isLong ? { end: close.end, text: '', kind: '%%' } : { end: close.end, text: '' };
}

function isAmount(text: string, at: number): boolean {
  return /^\d%%(?!\w)/.test(text.slice(at - 1, at + 3));
}

/** Returns the edits that show commented shortcodes as examples of shortcodes, as Hugo does, even in code. */
export function exampleEdits(text: string, from: number): Edit[] {
  return [...text.slice(from).matchAll(example)].map(({ 0: whole, 1: open, 2: inner, 3: close, index }) => ({
    start: from + index,
    end: from + index + whole.length,
    text: `{{${open}${inner}${close}}}`,
  }));
}

/** Returns the offset after a commented shortcode at an offset; `undefined` if there is none. */
export function exampleEnd(text: string, at: number): number | undefined {
  if (!text.startsWith('/*', at + 3)) return undefined;
  const found = text.slice(at, at + 1010).search(/\*\/[>%]\}\}/);
  return found === -1 ? undefined : at + found + 5;
}

const example = /\{\{([<%])\/\*([\s\S]{0,1000}?)\*\/([>%])\}\}/g;
