import { omitUndefined } from '../omit-undefined.ts';
import { type Call, unquoted } from './call.ts';
import { degrade } from './degrade.ts';
import type { Replacement, Source } from './source.ts';

/** Reports whether a file is MDX, by its extension. */
export function isMdx(path: string): boolean {
  return /\.mdx$/i.test(path);
}

/** Longer tags and expressions are not read. */
const longest = 10_000;

/** Reads an import or export, up to the next blank line. */
export function moduleLines(source: Source, at: number): Replacement | undefined {
  const { text } = source;
  if (
    !/^(?:import\s*(?:[\w*{]|["'])|export\s+(?:const|let|var|function|default|async|class|\{|\*))/.test(
      text.slice(at, at + 40),
    )
  )
    return undefined;
  const end = source.next('\\n[ \\t]*(?=\\n)', at)?.start ?? text.length;
  return { end, text: '', kind: text.slice(at, at + 6) };
}

/** Reads the tag of a component, whose content stays, or of an element with an expression as attribute. */
export function componentTag(source: Source, at: number, written: string): Replacement | undefined {
  const name = written.replace(/^<\/?/, '');
  const { text } = source;
  const tag = readTag(source, at + written.length);
  if (tag === undefined) return undefined;
  const { end, named } = tag;
  const isEnd = written.startsWith('</');
  if (/^[a-z]/.test(name)) {
    const attributes = [...named].map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`);
    return { end, text: `<${name}${attributes.join('')}${text[end - 2] === '/' ? ' /' : ''}>` };
  }
  if (isEnd || name === '') return { end, text: '' };
  const call: Call = {
    name,
    positional: [],
    named: new Map([...named].map(([key, value]) => [key.toLowerCase(), value])),
  };
  const shown = degrade(call);
  return omitUndefined({ end, text: shown?.text ?? '', kind: `<${name}>`, as: shown?.as });
}

/** Reads `{expression}`: a quoted string becomes text, and anything else is removed. */
export function expression(source: Source, at: number): Replacement | undefined {
  const { text } = source;
  const end = closingBrace(source, at);
  if (end === undefined) return undefined;
  const inner = text.slice(at + 1, end - 1).trim();
  if (inner === '' || /^\/\*[\s\S]*\*\/$/.test(inner)) return { end, text: '' };
  if (isLiteral(inner)) return { end, text: unquoted(inner) };
  return { end, text: '', kind: '{ }' };
}

/** Reads attributes up to the end of a tag. Of expressions, only strings and numbers are kept. */
function readTag(source: Source, from: number): { end: number; named: Map<string, string> } | undefined {
  const { text } = source;
  const named = new Map<string, string>();
  const attribute = /\s*(?:\/?(>)|\{|([\w:.@-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\{)))?)/y;
  attribute.lastIndex = from;
  while (attribute.lastIndex < from + longest) {
    const start = attribute.lastIndex;
    const found = attribute.exec(text);
    if (found === null) return undefined;
    const [whole, close, name, double, single, brace] = found;
    if (close !== undefined) return { end: attribute.lastIndex, named };
    if (name === undefined || brace !== undefined) {
      const open = start + whole.length - 1;
      const end = closingBrace(source, open);
      if (end === undefined) return undefined;
      const inner = text.slice(open + 1, end - 1).trim();
      if (name !== undefined && (isLiteral(inner) || /^\d+$/.test(inner))) named.set(name, unquoted(inner));
      attribute.lastIndex = end;
    } else named.set(name, double ?? single ?? '');
  }
  return undefined;
}

function isLiteral(source: string): boolean {
  return /^(?:"[^"]*"|'[^']*'|`[^`$]*`)$/.test(source);
}

/** Finds the closing brace, and skips nested braces and strings. */
function closingBrace(source: Source, at: number): number | undefined {
  if (source.braceBudget <= 0) return undefined;
  let depth = 0;
  const room = source.text.slice(at, at + longest);
  for (const { 0: sign, index } of room.matchAll(
    /[{}]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g,
  )) {
    if (sign === '{') depth++;
    else if (sign === '}') depth--;
    if (depth > 0) continue;
    source.braceBudget -= index;
    return at + index + 1;
  }
  source.braceBudget -= room.length;
  return undefined;
}
