import { quote } from '../../problem.ts';

/** A line of front matter or of the publication file that sets a key. */
export interface KeyLine {
  readonly text: string;
  readonly key: string;
  readonly value: string;
}

/** Parses the line of a text around an offset; `sign` is what separates keys from values. */
export function lineAt(text: string, offset: number, sign: ':' | '='): KeyLine {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = /.*/.exec(text.slice(start, start + longest))?.[0] ?? '';
  const [, key = '', value = ''] = (sign === ':' ? yamlLine : tomlLine).exec(line) ?? [];
  return { text: line.trim(), key, value };
}

/** Characters of a line that are parsed. */
const longest = 500;

const yamlLine = /^\s*(?:- +)?((?:"[^"]*"|'[^']*'|[^\s#:"'](?:[^:]|:\S)*?)) *:\s+(.*?)(?:\s+#.*)?\s*$/;
const tomlLine = /^\s*([\w."'-]+)\s*=\s*(.*?)(?:\s+#.*)?\s*$/;

/** Writes the value of a line in quotation marks: `title: "Ferry: back"`. A long value becomes an ellipsis. */
export function withQuotationMarks({ key, value }: KeyLine, sign: ':' | '='): string {
  const spelled = `${key}${sign === ':' ? ': ' : ' = '}`;
  if (value.length > 60) return `${spelled}"…"`;
  const [, , inner, close] = /^(["'“„])(.*)(["'”“])$/.exec(value) ?? [];
  // In `"A" and "B"` the marks at the two ends are not a pair: the first mark inside closes a word.
  const isPair = inner !== undefined && !new RegExp(`^[^${close}]*\\S${close}(?![\\p{L}\\d])`, 'u').test(inner);
  const bare = isPair ? inner : value;
  // Every character stands for itself between single quotation marks.
  return spelled + (/["\\]/.test(bare) ? `'${sign === ':' ? bare.replaceAll("'", "''") : bare}'` : `"${bare}"`);
}

/** Finds the last unescaped `mark` before an offset. Returns that offset itself if there is none. */
export function openingMark(text: string, mark: string, before: number): number {
  let at = text.lastIndexOf(mark, before - 1);
  while (at > 0 && text[at - 1] === '\\') at = text.lastIndexOf(mark, at - 1);
  return at === -1 ? before : at;
}

/** Says that a key is set twice. */
export function duplicateKey({ key }: KeyLine): string {
  return `${quote(key)} is set here a second time; delete one of the two`;
}

/** Says that a quotation mark or bracket is never closed. */
export function unclosed(mark: string): string {
  const closing = { '[': ']', '{': '}' }[mark];
  return closing === undefined
    ? `the quotation mark that opens here is never closed; write another ${mark} at the end of the text`
    : `the ${mark} that opens here is never closed; write ${closing} at the end, or put the value in quotation marks if it is text`;
}
