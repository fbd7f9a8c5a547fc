import type { Edit } from '../edit.ts';

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
