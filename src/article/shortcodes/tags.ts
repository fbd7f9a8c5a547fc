import { findLocalFile } from '../find-local-file.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { Span } from '../place.ts';
import { titleInPath } from '../seed/seed-path.ts';
import { type Call, pageValue, readCall, unquoted } from './call.ts';
import { callout } from './callouts.ts';
import { degrade, escapeLabel, type Fallback, noteIn } from './degrade.ts';
import { codeHead, fenced } from './fenced-code.ts';
import { articleAddress, namedFile } from './file-address.ts';
import type { Replacement, Source } from './source.ts';

/** Longer shortcodes are plain text with braces. */
const longest = 3000;

/** The closing tags, with the name of the tag that they close. */
const hugoEnd = String.raw`\{\{[<%]\s*/\s*([\w./:@-]+)\s*[>%]\}\}`;
const liquidEnd = String.raw`\{%[-+]?\s*(?:end|/)(\w+)\s*[-+]?%\}`;

/** Reads `{{< name … >}}` and `{{% name … %}}` (Hugo). */
export function hugoTag(source: Source, at: number): Replacement | undefined {
  const end = closeOf(source, at, source.text.startsWith('{{<', at) ? hugoClose : hugoMarkdownClose);
  if (end === undefined) return undefined;
  const inner = source.text.slice(at + 3, end - 3).trim();
  const call = readCall(inner);
  if (inner.startsWith('/')) return { end, text: source.calloutEnds.get(at) ?? '' };
  const last = (): Span | undefined => source.nextNamed(hugoEnd, call.name, end);
  if (/^(?:highlight|code|codeblock|mermaid)$/.test(call.name)) {
    const head = /^(?:highlight|code)/.test(call.name) ? codeHead(call) : { language: call.name };
    return fenced(source, at, end, last(), head) ?? { end, text: '', kind: call.name };
  }
  if (/^comment$|\.inline$/.test(call.name)) return { end: last()?.end ?? end, text: '', kind: call.name };
  if (/^(?:rel)?ref$/.test(call.name)) return reference(source, at, end, call);
  const value = call.name === 'param' ? source.around.frontMatter?.(call.positional[0] ?? '') : undefined;
  if (value !== undefined) return { end, text: value };
  const aside = noteIn(call);
  if (aside !== undefined) return note(source, end, last(), aside);
  const box = callout(source, at, end, call, last());
  if (box !== undefined) return box;
  return (
    (degrade(call)?.as === 'a link' ? undefined : inAddress(source, at, end, call.name, call)) ?? finding(end, call)
  );
}

/** Reads `{% name … %}` (Liquid, Nunjucks, and the paired shortcodes of Tera). */
export function blockTag(source: Source, at: number): Replacement | undefined {
  const end = closeOf(source, at, liquidClose);
  if (end === undefined) return undefined;
  const inner = source.text
    .slice(at + 2, end - 2)
    .replace(/^[-+]|[-+]$/g, '')
    .trim();
  const call = readCall(inner);
  const { name } = call;
  const last = (): Span | undefined => source.nextNamed(liquidEnd, name, end);
  if (/^(?:raw|verbatim)$/.test(name)) {
    const { start: close, end: closed } = last() ?? { start: end, end };
    return { end: closed, text: source.text.slice(end, close) };
  }
  if (name === 'comment') return { end: last()?.end ?? end, text: '', kind: name };
  if (/^(?:highlight|code|codeblock|prism)$/.test(name))
    return fenced(source, at, end, last(), codeHead(call)) ?? { end, text: '', kind: name };
  if (/^(?:post_url|post_path|link)$/.test(name)) return reference(source, at, end, call);
  if (name === 'post_link') return postLink(source, end, call) ?? finding(end, call);
  const aside = noteIn(call);
  if (aside !== undefined) return note(source, end, last(), aside);
  const loop = /^for\s[^\n]*\sin\s/.test(inner) ? last() : undefined;
  // Only the framework knows how often the body of a loop appears, if at all.
  if (loop !== undefined && loop.start < end + longest && source.text.slice(end, loop.start).includes('{{'))
    return { end: loop.end, text: '', kind: name };
  if (/^(?:end\w*|\/\w+|else|elsif|elif|elseif|when)$/.test(name))
    return { end, text: source.calloutEnds.get(at) ?? '' };
  if (!/^[a-z]/i.test(name)) return undefined;
  return callout(source, at, end, call, last()) ?? finding(end, call);
}

/** Reads `{{ … }}`: a value (Liquid, Nunjucks), a shortcode (Zola) or a block (Handlebars). */
export function outputTag(source: Source, at: number): Replacement | undefined {
  const { text } = source;
  const isTriple = text.startsWith('{{{', at);
  const closed = closeOf(source, at, isTriple ? tripleClose : outputClose);
  if (closed === undefined || text[at - 1] === '$') return undefined;
  const raw = isTriple ? text.slice(at + 3, closed - 3) : text.slice(at + 2, closed - 2);
  const inner = raw.replace(/^[-~]|[-~]$/g, '').trim();
  if (/^(?:\/[a-z]|else(?:\s|$))/i.test(inner)) return { end: closed, text: '' };
  if (handlebars.test(inner)) return { end: closed, text: '', kind: '{{ }}' };
  if (isTex(source, at, raw) || !isValue(inner)) return undefined;
  // A link that consists of this value is removed with its brackets.
  const isAlone = text[at - 1] === '<' && text[closed] === '>';
  const start = isAlone ? at - 1 : at;
  const end = isAlone ? closed + 1 : closed;
  const literal = /^(?:"[^"]*"|'[^']*')/.exec(inner)?.[0];
  const value = literal === undefined ? pageValue(inner, source.around.frontMatter) : unquoted(literal);
  if (value !== undefined) return { start, end, text: value };
  if (
    /^[\w.]*\b(?:base_?url|url|root|base)$/i.test(inner) &&
    /^[/.\w{"]/.test(text[closed] ?? '') &&
    /^(?:site|page|config|base)/i.test(inner)
  )
    return { start, end, text: '' };
  const call = /^[\w./:-]+\s*\(/.test(inner) ? readCall(inner) : undefined;
  const found = call === undefined ? { end, text: '', kind: '{{ }}' } : finding(end, call);
  return inAddress(source, at, closed, '{{ }}', call) ?? { ...found, start };
}

/** A block (`{{#if x}}`) or a partial (`{{> partial}}`). */
const handlebars = /^(?:#|>\s*)[a-z@_"']/i;

/** After a letter, an operator or a group, two braces are most likely TeX groups. */
function isTex({ text, lastEnd }: Source, at: number, raw: string): boolean {
  const before = text[at - 1] ?? '';
  if (lastEnd === at) return false;
  if (/[\\^}]/.test(before) || /\\[a-z]+$/i.test(text.slice(Math.max(0, at - 30), at))) return true;
  return /[\w_]/.test(before) && !/^(?:\s|-)|^[\w.]+\.\w+$/.test(raw);
}

/** Numbers and names separated by commas are prose, `{{1,2},{3,4}}`, unless a filter follows. */
function isValue(inner: string): boolean {
  if (/^["']/.test(inner)) return true;
  if (/^[\d([]/.test(inner)) return /\|\s*[a-z]/i.test(inner);
  return /^(?:[a-z_]|\$[a-z]+\.)/i.test(inner) && !/^[\w.]+\s*[,}]/.test(inner);
}

function finding(end: number, call: Call): Replacement {
  const shown: Fallback | undefined = degrade(call);
  return omitUndefined({ end, text: shown?.text ?? '', kind: call.name, as: shown?.as });
}

/** A link to another article by the name of its file. */
function reference(source: Source, at: number, end: number, call: Call): Replacement {
  const place = addressAround(source, at, end);
  const [name = call.named.get('path')] = call.positional;
  const address = name === undefined || source.around.findFile === undefined ? undefined : articleAddress(name);
  if (address !== undefined && place !== undefined && !place.isPicture && namedFile(call) === undefined)
    if (/^(?:\{\{[^{}]*\}\}|https?:\/\/[^/]*|\/)?$/.test(place.before) && /^(?:[?#].*)?$/s.test(place.after))
      return { start: at - place.before.length, end, text: address };
  return inAddress(source, at, end, call.name, call) ?? { end, text: '', kind: call.name };
}

/** Hexo's link to an article, whose words are its own or those of the file's name. */
function postLink({ around }: Source, end: number, { positional }: Call): Replacement | undefined {
  const [name = '', ...words] = positional;
  const address = around.findFile === undefined ? undefined : articleAddress(name);
  const title = words.join(' ').replace(/ ?\b(?:true|false)$/, '') || titleInPath(name);
  return address === undefined ? undefined : { end, text: `[${escapeLabel(title)}](<${address}>)`, as: 'a link' };
}

/** The address in which a tag stands: what is before and after the tag. */
function addressAround({ text }: Source, at: number, end: number) {
  const line = text.slice(Math.max(0, at - 200), at);
  const before = /(?:\]\(\s*<?|\b(?:href|src)\s*=\s*["']?|\]:[ \t]*<?)((?:\{\{[^{}\n]*\}\}|[^\s()<>"'{}])*)$/.exec(
    line,
  )?.[1];
  if (before === undefined) return undefined;
  const after = /^(?:\{\{[^{}\n]*\}\}|[^\s()<>"'{}])*/.exec(text.slice(end, end + 200))?.[0] ?? '';
  const opening = line.slice(0, line.length - before.length);
  return { before, after, isPicture: /(?:!\[[^\]\n]*\]\(\s*<?|<img\s[^<>]*\bsrc\s*=\s*["']?)$/i.test(opening) };
}

/** A file that `call` names is the address. An unknown value inside an address makes the whole address unknown. */
function inAddress(source: Source, at: number, end: number, kind: string, call?: Call): Replacement | undefined {
  const place = addressAround(source, at, end);
  if (place === undefined) return undefined;
  const { before, after, isPicture } = place;
  const file = before === '' && after === '' && call !== undefined ? namedFile(call) : undefined;
  const as = isPicture ? 'its alternative text' : 'text without a link';
  if (file !== undefined)
    return findLocalFile(file, source.around.findFile) === undefined
      ? { end, text: file, kind, as }
      : { end, text: file };
  return { start: at - before.length, end: end + after.length, text: '#', kind, as };
}

/** Adds a note after the words between its tags, if they are short. */
function note({ text }: Source, end: number, last: Span | undefined, words: string): Replacement {
  const inner = last && text.slice(end, last.start);
  const isShort = inner !== undefined && inner.length < 300 && !/\{[{%<]|\n[ \t]*\n/.test(inner);
  const found = { kind: 'note', as: 'text' };
  return isShort
    ? { end: last?.end ?? end, text: `${inner} (${words})`, ...found }
    : { end, text: ` (${words})`, ...found };
}

/** Finds the end of a tag. If another tag or a blank line comes first, the braces are text. */
function closeOf({ text }: Source, at: number, close: RegExp): number | undefined {
  const found = close.exec(text.slice(at + 2, at + longest));
  return found?.[1] === undefined ? undefined : at + 2 + found.index + found[0].length;
}

const hugoClose = /(>\}\})|\{\{[<%]|\n[ \t]*\n/;
const hugoMarkdownClose = /(%\}\})|\{\{[<%]|\n[ \t]*\n/;
const liquidClose = /(%\})|\{%|\n[ \t]*\n/;
/** A quoted string may contain braces: `{{ "{{" }}`. */
const outputClose = /(?:^[ \t]*(?:"[^"\n]*"|'[^'\n]*')[ \t]*)?(\}\})|\{\{|\n[ \t]*\n/;
const tripleClose = /(\}\}\})|(?<!^)\{\{|\n[ \t]*\n/;
