import { findWritten } from '../find-written.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { readCall } from './call.ts';
import { degrade, type Fallback } from './degrade.ts';
import { isFileAddress } from './file-address.ts';
import type { Replacement, Source } from './source.ts';

/** Reads attribute lists and tables of contents, which Markdown dialects add for layout; none of it is text. */
export function dialect(source: Source, at: number, written: string): Replacement | undefined {
  const end = at + written.length;
  const before = source.text.slice(Math.max(0, at - 300), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const [, id] = /^\{:? ?#([\w-]+)/.exec(written) ?? [];
  // The heading has an id that links of this article use.
  if (id !== undefined && /^ {0,3}#{1,6} /.test(line) && source.isTarget(id))
    return { end, text: `<span id="${id}"></span>` };
  // "{:ok, value}" is not an attribute list.
  if (/^\{:\w+,/.test(written)) return undefined;
  if (/^(?:[-*+] |\d|\[)/.test(written)) return { end, text: '' };
  if (written.startsWith('{:')) return { end, text: '' };
  const isBesideMark = /^ {0,3}#|[)*_`\]]$|^\s*$/.test(line.trimEnd());
  return isBesideMark ? { end, text: '' } : undefined;
}

/** Attribute lists (kramdown `{: .note}`; `{#id}` after a heading or picture) and tables of contents. */
export const dialectOpeners = [
  String.raw`^(?:[-*+]|\d{1,3}\.) [^\n]{0,60}\n\{:toc[^{}\n]*\}`,
  String.raw`^\[{1,2}_?[Tt][Oo][Cc]_?\]{1,2}(?=[ \t]*$)`,
  String.raw`\{:(?=[\s.#:/\w])[^{}\n]{0,300}\}`,
  String.raw`\{ ?[#.][\w][^{}\n]{0,200}\}(?=[ \t]*$)`,
  String.raw`(?<=\))\{[#.\w][^{}\n]{0,200}\}`,
];

/** The kinds of admonition of Docusaurus, VitePress, MyST and Nuxt. */
const kinds =
  /^(?:note|tip|hint|info|important|warning|caution|danger|error|success|details|example|quote|callout|alert)$/i;

/** Reads the lines that open and close an admonition or a component: `:::note[Title]`, `::: tip Title`, `::card{…}`. */
export function box(source: Source, at: number, written: string): Replacement | undefined {
  const [, indent = '', { length: colons } = '', name = '', rest = ''] =
    /^([ \t]*)(:{2,})[ \t]*\{?\.?([\w-]*)\}?[ \t]*(.*)$/.exec(written) ?? [];
  const end = at + written.length;
  if (name === '') {
    const index = source.boxes.findLastIndex((open) => open.colons === colons);
    if (index === -1) return colons > 2 ? { end, text: '' } : undefined;
    const close = source.boxes[index]?.close ?? '';
    source.boxes.length = index;
    return { end, text: close };
  }
  const isClosed = source.next(`\\n[ \\t]*:{${colons}}[ \\t]*(?=\\n|$)`, end) !== undefined;
  const words = rest
    .replace(/\{[^{}]*\}\s*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .trim();
  const properties = /^\n---\n[\s\S]{0,2000}?\n---(?=\n|$)/.exec(source.text.slice(end, end + 2100))?.[0] ?? '';
  const last = end + properties.length;
  if (kinds.test(name) && isClosed) {
    source.boxes.push({ colons, close: `\n${indent}</blockquote>\n` });
    const kind = name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
    const title = words === '' ? kind : `${kind}: ${words}`;
    return { end: last, text: `${indent}<blockquote>\n\n${indent}**${title}**\n` };
  }
  if (isClosed) source.boxes.push({ colons, close: '' });
  if (words !== '') return { end: last, text: `**${words}**\n`, kind: ':::', as: 'its title' };
  const shown = shownComponent(name, /\{([^{}]*)\}\s*$/.exec(rest)?.[1] ?? '');
  return shown === undefined
    ? { end: last, text: '', kind: ':::', as: 'text without a box' }
    : { end: last, text: `${indent}${shown.text}\n`, kind: ':::', as: shown.as };
}

/** Inline components and spans of MDC: `:badge[New]{color="red"}`, `:read-more{to="/docs"}`, `[text]{.red}`. */
export const inlineOpeners = [
  String.raw`(?<![\w:]):[a-z][\w-]*(?:\[[^\][\n%{=${'`'}]{0,300}\])?\{[^{}\n]{0,300}\}`,
  String.raw`(?<![\w:]):[a-z][\w-]*\[[^\][\n%{=${'`'}]{0,300}\](?![({\[])`,
  String.raw`(?<![!\\\]])\[[^\][\n%{=${'`'}]{1,300}\]\{[.#][a-zA-Z][^{}\n]{0,200}\}`,
];

export function inlineComponent(at: number, written: string): Replacement {
  const end = at + written.length;
  const [, name = '', label, properties = ''] = /^(?::([\w-]+))?(?:\[(.*)\])?(?:\{(.*)\})?$/.exec(written) ?? [];
  if (name === '') return { end, text: label ?? '' };
  const kind = `:${name}`;
  if (label !== undefined) return { end, text: label, kind, as: 'text' };
  const shown = shownComponent(name, properties);
  return omitUndefined({ end, text: shown?.text ?? '', kind, as: shown?.as });
}

/** A component with a target or a file is at least a link to it. */
function shownComponent(name: string, properties: string): Fallback | undefined {
  const call = readCall(`${name} ${properties}`);
  const address = call.named.get('to') ?? call.named.get('src');
  if (address === undefined || call.named.has('href')) return degrade(call);
  return degrade({ ...call, named: new Map([...call.named, ['href', address]]) });
}

/** Reads a link to another file of a Zola site, `@/blog/other.md`, up to the end of its address. */
export function internalLink({ findFile, text }: Source, at: number, written: string): Replacement {
  const opening = written.slice(0, written.search(/<?@\//));
  const end = at + written.length;
  const isPicture = /!\[[^\]\n]*$/.test(text.slice(Math.max(0, at - 200), at));
  const as = isPicture ? 'its alternative text' : 'text without a link';
  if (isFileAddress(written)) {
    const address = written.slice(opening.length).replace(/^<|>$/g, '');
    return findWritten(address, findFile) === undefined ? { end, kind: '@/', as } : { end };
  }
  return { end, text: `${opening}#`, kind: '@/', as };
}
