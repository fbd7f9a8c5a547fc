import type { Edit } from '../edit.ts';

/** Hugo shows a shortcode as an example if it is commented out, even in code. */
export function examples(text: string, from: number): Edit[] {
  return [...text.slice(from).matchAll(example)].map(({ 0: whole, 1: open, 2: inner, 3: close, index }) => ({
    start: from + index,
    end: from + index + whole.length,
    text: `{{${open}${inner}${close}}}`,
  }));
}

export function exampleAt(text: string, at: number): number | undefined {
  if (!text.startsWith('/*', at + 3)) return undefined;
  const found = text.slice(at, at + 1010).search(/\*\/[>%]\}\}/);
  return found === -1 ? undefined : at + found + 5;
}

const example = /\{\{([<%])\/\*([\s\S]{0,1000}?)\*\/([>%])\}\}/g;
