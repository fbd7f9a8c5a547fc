import { quote } from '../problem.ts';

/** A line of front matter or of the publication file that gives a key a value. */
export interface WrittenLine {
  readonly text: string;
  readonly key: string;
  readonly value: string;
}

/** Gives the line of a text in which an offset lies, and what it says; `sign` stands between keys and values. */
export function lineAt(text: string, offset: number, sign: ':' | '='): WrittenLine {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = /.*/.exec(text.slice(start, start + longest))?.[0] ?? '';
  const [, key = '', value = ''] = (sign === ':' ? yamlLine : tomlLine).exec(line) ?? [];
  return { text: line.trim(), key, value };
}

/** Characters of a line that are looked at. */
const longest = 500;

const yamlLine = /^\s*(?:- +)?((?:"[^"]*"|'[^']*'|[^\s#:"'](?:[^:]|:\S)*?)) *:\s+(.*?)(?:\s+#.*)?\s*$/;
const tomlLine = /^\s*([\w."'-]+)\s*=\s*(.*?)(?:\s+#.*)?\s*$/;

/** Shows how a line is written with its value as text: `title: "Ferry: back"`; without the value where that is long. */
export function withQuotationMarks({ key, value }: WrittenLine, sign: ':' | '='): string {
  const spelled = `${key}${sign === ':' ? ': ' : ' = '}`;
  if (value.length > 60) return `${spelled}"…"`;
  const bare = /^(["'“„])(.*)(["'”“])$/.exec(value)?.[2] ?? value;
  // Between single ones all signs stand for themselves.
  return (
    spelled + (/["\\]/.test(bare) ? `'${sign === ':' ? bare.replaceAll("'", "''") : bare}'` : `"${bare}"`)
  );
}

/** The offset of a mark before another offset that nothing closes; that offset itself where there is none. */
export function openedAt(text: string, mark: string, before: number): number {
  let at = text.lastIndexOf(mark, before - 1);
  while (at > 0 && text[at - 1] === '\\') at = text.lastIndexOf(mark, at - 1);
  return at === -1 ? before : at;
}

/** Says that a key stands for the second time. */
export function onceMore({ key }: WrittenLine): string {
  return `${quote(key)} stands here once more; delete one of the two`;
}

/** Says that a quotation mark or bracket has no second one. */
export function unclosed(mark: string): string {
  const closing = { '[': ']', '{': '}' }[mark];
  return closing === undefined
    ? `the quotation mark that opens here is never closed; write another ${mark} at the end of the text`
    : `the ${mark} that opens here is never closed; write ${closing} at the end, or put the value in quotation marks if it is text`;
}
