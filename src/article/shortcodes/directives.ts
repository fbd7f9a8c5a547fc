import { alertHead } from '../body/markdown/alerts.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { type Call, readCall } from './call.ts';
import { degrade, escapeLabel, type Fallback } from './degrade.ts';
import type { Replacement, Source } from './source.ts';

/** The kinds of admonition of Docusaurus, VitePress, MyST, Quarto and Nuxt. */
const kinds =
  /^(?:note|tip|hint|info|important|warning|caution|attention|danger|error|success|details|example|quote|question|summary|todo)$/i;
/** Boxes whose kind is a property. */
const boxes = /^(?:callout|alert|admonition|box|notice)$/i;

/** Reads the lines that open and close an admonition or a component: `:::note[Title]`, `::: tip Title`, `::card{…}`. */
export function box(source: Source, at: number, written: string): Replacement | undefined {
  const [, white = '', { length: colons } = '', rest = ''] = /^([ \t]*)(:{2,})[ \t]*(.*)$/.exec(written) ?? [];
  const indent = source.indents.get(at) ?? white;
  const end = at + written.length;
  if (rest === '') {
    const index = source.boxes.findLastIndex((open) => open.colons === colons);
    if (index === -1) return colons > 2 ? { end, text: '' } : undefined;
    const close = source.boxes[index]?.close ?? '';
    source.boxes.length = index;
    return { end, text: close };
  }
  const isClosed = source.next(`\\n[ \\t]*:{${colons}}[ \\t]*(?=\\n|$)`, end) !== undefined;
  const options = optionLines.exec(source.text.slice(end, end + 2100))?.[0] ?? '';
  const last = end + options.length;
  const { call, label } = readDirective(rest, options);
  const isSlotted = colons === 2 || source.boxes.some((open) => open.isSlotted);
  const kind = boxes.test(call.name) ? (call.named.get('type') ?? call.named.get('class') ?? '') : call.name;
  const title = label || (call.named.get('title') ?? '');
  if (isClosed && (kinds.test(kind) || boxes.test(call.name))) {
    source.boxes.push({ colons, close: `\n${indent}</blockquote>\n`, isSlotted });
    const { alertWords } = source.around;
    const head = kinds.test(kind) ? alertHead(kind, title, alertWords) : title && `**${title}**`;
    const address = call.named.get('to') ?? call.named.get('href');
    const linked = address === undefined ? head : `[${head || address}](<${address}>)`;
    return { end: last, text: `${indent}<blockquote>\n\n${indent}${linked}\n` };
  }
  if (isClosed) source.boxes.push({ colons, close: '', isSlotted });
  const shown = shownComponent(call, label);
  const reported = { end: last, kind: ':::' };
  const pictures = [...options.matchAll(listedPictures)].map(([, address]) => `${indent}![](<${address}>)\n`);
  if (pictures.length > 0 && shown?.as !== 'a picture')
    return { ...reported, text: pictures.join('\n'), as: 'pictures' };
  if (shown !== undefined && (shown.as !== 'text' || title === ''))
    return { ...reported, text: `${indent}${shown.text}\n`, as: shown.as };
  return title === ''
    ? { ...reported, text: '', as: 'text without a box' }
    : { ...reported, text: `${indent}**${title}**\n`, as: 'its title' };
}

/** The lines below an opener that set options: between `---` in MDC, `:class: tip` in MyST. */
const optionLines = /^\n[ \t]*---[ \t]*\n[\s\S]{0,2000}?\n[ \t]*---[ \t]*(?=\n|$)|^(?:\n[ \t]*:[\w-]+:[^\n]*)+/;

/** The items of a list of pictures among the options, such as those of a carousel. */
const listedPictures = /^[ \t]*-[ \t]+(?:\w+:[ \t]*)?["']?([^\s"'<>]+\.(?:avif|gif|jpe?g|png|svg|webp))["']?[ \t]*$/gim;

/** Parses `note[Title]{#id}`, `note Title`, `{note} Title` and `{.callout-note title="Title"}`. */
function readDirective(written: string, options: string): { call: Call; label: string } {
  const [, inBraces] = /^\{([^{}]*)\}/.exec(written) ?? [];
  const [, plain = '', rest = ''] =
    inBraces === undefined
      ? (/^([\w-]*)[ \t]*(.*)$/.exec(written) ?? [])
      : ['', /^(?:[^.]*\.)?([\w-]+)/.exec(inBraces)?.[1] ?? '', written.slice(inBraces.length + 2)];
  const properties = inBraces ?? braces.exec(rest)?.[1] ?? '';
  const { positional, named } = readCall(`x ${properties.replace(/(?<=^|\s)#(?=[\w-]+)/, 'id=')}`);
  const set = [...options.matchAll(/^[ \t]*:?([\w-]+):[ \t]+(\S.*?)[ \t]*$/gm)].map(
    ([, key = '', value = '']) => [key.toLowerCase(), value.replace(/^(["'])(.*)\1$/, '$2')] as const,
  );
  const label = rest
    .replace(braces, '')
    .replace(/^\[(.*)\]$/, '$1')
    .trim();
  const name = plain.replace(/^callout-/, '');
  return { call: { name, positional, named: new Map([...set, ...named]) }, label };
}

/** The properties at the end of a line, which may contain objects. */
const braces = /\{((?:[^{}]|\{[^{}]*\})*)\}\s*$/;

/** The name of a slot inside an MDC component, `#title`, on a line of its own. */
export const slotOpener = String.raw`^[ \t]*#[a-z][\w-]*(?:\{[^{}\n]*\})?[ \t]*$`;

/** Reads the name of a slot. Its content is a paragraph of its own. */
export function slot({ boxes }: Source, at: number, written: string): Replacement | undefined {
  return boxes.some(({ isSlotted }) => isSlotted) ? { end: at + written.length, text: '\n' } : undefined;
}

/** Inline components and spans of MDC: `:badge[New]{color="red"}`, `:read-more{to="/docs"}`, `[text]{.red}`. */
export const inlineOpeners = [
  String.raw`(?<![\w:]):[a-z][\w-]*(?:\[[^\][\n%{=${'`'}]{0,300}\])?\{[^{}\n]{0,300}\}`,
  String.raw`(?<![\w:]):[a-z][\w-]*\[[^\][\n%{=${'`'}]{0,300}\](?![({\[])`,
  String.raw`(?<![!\\\]])\[[^\][\n%{=${'`'}]{1,300}\]\{(?:[.#][a-zA-Z]|[a-z][\w-]*=["'])[^{}\n]{0,200}\}`,
];

/** Reads a component inside a line. */
export function inlineComponent(at: number, written: string): Replacement {
  const end = at + written.length;
  const [, name = '', label = '', properties = ''] = /^(?::([\w-]+))?(?:\[(.*)\])?(?:\{(.*)\})?$/.exec(written) ?? [];
  if (name === '') return { end, text: label };
  const shown = shownComponent(readCall(`${name} ${properties}`), label);
  return omitUndefined({ end, text: shown?.text ?? '', kind: `:${name}`, as: shown?.as });
}

/** A component with a target or a file is at least a link to it. */
function shownComponent(call: Call, label: string): Fallback | undefined {
  const { named } = call;
  const shown = degrade(call);
  if (shown?.as === 'a picture') return shown;
  const address = ['to', 'href', 'src'].map((key) => named.get(key)).find((value) => value && !/[{}<>\s]/.test(value));
  const isLink = shown?.as === 'a link';
  if (address === undefined || (isLink && label === ''))
    return isLink || label === '' ? shown : { text: label, as: 'text' };
  const words = label || named.get('title') || named.get('text') || named.get('label');
  const isBare = words === undefined && /^https?:/.test(address);
  return { text: isBare ? `<${address}>` : `[${escapeLabel(words ?? address)}](<${address}>)`, as: 'a link' };
}
