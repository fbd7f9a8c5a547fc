import { omitUndefined } from '../omit-undefined.ts';
import { unquoted } from './call.ts';
import { callout } from './callouts.ts';
import { degrade } from './degrade.ts';
import { isFileAddress } from './file-address.ts';
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
  // Nothing is lost with the import of a file that the article shows.
  const isFiles = text
    .slice(at, end)
    .split('\n')
    .every(
      (line) =>
        /^import\s+[\w$]+\s+from\s*(["'])[^"']+\1;?\s*$/.test(line) &&
        isFileAddress(/(["'])(.+)\1/.exec(line)?.[2] ?? ''),
    );
  return isFiles ? { end, text: '' } : { end, text: '', kind: text.slice(at, at + 6) };
}

/**
 * Reads the tag of a component, whose content stays, or of an element that Markdown does not recognize: one with an
 * expression as attribute, or with its `>` on a line of its own, which would begin a quotation.
 */
export function componentTag(source: Source, at: number, written: string): Replacement | undefined {
  const name = written.replace(/^<\/?/, '');
  const { text } = source;
  const tag = readTag(source, at + written.length);
  if (tag === undefined) return undefined;
  const { end, named, unread } = tag;
  const isEnd = written.startsWith('</');
  if (/^[a-z]/.test(name)) {
    const attributes = [...named].map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`);
    const written = `<${name}${attributes.join('')}${text[end - 2] === '/' ? ' /' : ''}>`;
    if (!unread.has('src') && !unread.has('href')) return { end, text: written };
    const as = /^(?:img|source|image)$/.test(name) ? 'its alternative text' : 'text without its address';
    return { end, text: written, kind: `<${name}>`, as };
  }
  if (isEnd || name === '') return { end, text: source.calloutEnds.get(at) ?? '' };
  const call = {
    name,
    positional: [],
    named: new Map([...named].map(([key, value]) => [key.toLowerCase(), value])),
  };
  const close = text[end - 2] === '/' ? undefined : source.nextNamed(endTag, name, end);
  const box = callout(source, at, end, call, close);
  if (box !== undefined) return box;
  const file = source.imports.get(name) ?? '';
  // An imported drawing is a component.
  if (isFileAddress(file)) call.named.set('src', file);
  const shown = degrade(call);
  return omitUndefined({ end, text: shown?.text ?? '', kind: `<${name}>`, as: shown?.as });
}

/** The end tag of a component, with its name. */
const endTag = String.raw`</([A-Z][\w.]*)\s*>`;

/**
 * Adds blank lines around the content of two tags on lines of their own: MDX reads it as Markdown, but in CommonMark it
 * would belong to the HTML block.
 */
export function elementLine({ text }: Source, at: number, written: string): Replacement | undefined {
  const isProse = (line: string): boolean => /^[^<{\s]/.test(line.trim());
  const end = at + written.length;
  if (!/^[ \t]*<\//.test(written))
    return isProse(/^\n(.*)/.exec(text.slice(end, end + longest))?.[1] ?? '')
      ? { start: end, end, text: '\n' }
      : undefined;
  const before = text.slice(Math.max(0, at - longest), at - 1);
  return isProse(before.slice(before.lastIndexOf('\n') + 1)) ? { start: at - 1, end: at - 1, text: '\n' } : undefined;
}

/**
 * Reads an attribute with an object, `style={{ margin: 10 }}`, which Docusaurus also takes in files that are named .md.
 */
export function attributeObject(source: Source, at: number): Replacement | undefined {
  const name = /\s[\w-]+=$/.exec(source.text.slice(Math.max(0, at - 60), at))?.[0];
  if (name === undefined || !/^\{\{\s*["']?[\w-]+["']?\s*:/.test(source.text.slice(at, at + 100))) return undefined;
  const end = closingBrace(source, at);
  return end === undefined ? undefined : { start: at - name.length, end, text: '' };
}

/** Reads `{expression}`: a quoted string becomes text, and anything else is removed. */
export function expression(source: Source, at: number): Replacement | undefined {
  const { text } = source;
  const end = closingBrace(source, at);
  if (end === undefined) return undefined;
  const inner = text.slice(at + 1, end - 1).trim();
  if (inner === '' || /^\/\*[\s\S]*\*\/$/.test(inner)) return { end, text: '' };
  const value = isLiteral(inner) ? unquoted(inner) : frontMatterValue(inner, source);
  return value === undefined ? { end, text: '', kind: '{ }' } : { end, text: value };
}

/** A tag: where it ends, its attributes, and the names of those whose expression could not be read. */
interface ReadTag {
  readonly end: number;
  readonly named: ReadonlyMap<string, string>;
  readonly unread: ReadonlySet<string>;
}

/** Reads attributes up to the end of a tag. Of expressions, only strings and numbers are kept. */
function readTag(source: Source, from: number): ReadTag | undefined {
  const { text } = source;
  const named = new Map<string, string>();
  const unread = new Set<string>();
  const attribute = /\s*(?:\/?(>)|\{|([\w:.@-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\{)))?)/y;
  attribute.lastIndex = from;
  while (attribute.lastIndex < from + longest) {
    const start = attribute.lastIndex;
    const found = attribute.exec(text);
    if (found === null) return undefined;
    const [whole, close, name, double, single, brace] = found;
    if (close !== undefined) return { end: attribute.lastIndex, named, unread };
    if (name === undefined || brace !== undefined) {
      const open = start + whole.length - 1;
      const end = closingBrace(source, open);
      if (end === undefined) return undefined;
      const inner = text.slice(open + 1, end - 1).trim();
      const value = name === undefined ? undefined : evaluate(inner, source);
      if (name !== undefined && value !== undefined) named.set(name, value);
      else if (name !== undefined) unread.add(name);
      attribute.lastIndex = end;
    } else named.set(name, double ?? single ?? '');
  }
  return undefined;
}

/** Evaluates an expression: a string, a number, or a file that the article imports. */
function evaluate(expression: string, source: Source): string | undefined {
  if (isLiteral(expression)) return unquoted(expression);
  if (/^\d+$/.test(expression)) return expression;
  const called =
    /^(?:await\s+)?(?:\(\s*)?(?:require|import|useBaseUrl|withBase|asset|new\s+URL)\s*\(\s*(["'`][^"'`]+["'`])/.exec(
      expression,
    )?.[1];
  if (called !== undefined) {
    const path = unquoted(called);
    // Docusaurus counts from its folder of static files.
    return /^(?:useBaseUrl|withBase)/.test(expression) && !/^(?:[./]|[a-z]+:)/i.test(path) ? `/${path}` : path;
  }
  const value = frontMatterValue(expression, source);
  if (value !== undefined) return value;
  const name = /^([A-Za-z_$][\w$]*)(?:\.(?:src|default|url|href))*$/.exec(expression)?.[1];
  return name === undefined ? undefined : source.imports.get(name);
}

/** Evaluates `frontMatter.image`, or `frontmatter.image` in Astro. */
function frontMatterValue(expression: string, { around: { frontMatter } }: Source): string | undefined {
  return /^(?:props\.)?front[mM]atter\??\.[\w.]+$/.test(expression)
    ? frontMatter?.(expression.replace('?', ''))
    : undefined;
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
