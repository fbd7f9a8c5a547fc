import { alertHead } from '../body/markdown/alerts.ts';
import type { Span } from '../place.ts';
import type { Call } from './call.ts';
import { isInHtmlBlock } from './in-html.ts';
import type { Replacement, Source } from './source.ts';

const kinds = /^(?:note|tip|hint|info|important|warning|caution|danger|error|success)$/i;
/** Shortcodes and components whose kind is an argument. */
const boxes = /^(?:callout|notice|alert|admonition|aside|hint|note)$/i;

/**
 * Reads a shortcode or component that shows its content in a box, such as `{{< callout type="tip" >}}`, `{% hint %}` or
 * `<Aside>`, as a quotation that begins with its kind. It must have its lines to itself, up to its end tag at `close`.
 */
export function callout(source: Source, at: number, end: number, call: Call, close?: Span): Replacement | undefined {
  const { text, calloutEnds, around } = source;
  if (close === undefined || !(kinds.test(call.name) || boxes.test(call.name)) || calloutEnds.has(close.start))
    return undefined;
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(Math.max(0, at - 40), at))?.[1];
  if (indent === undefined || !/^[ \t]*(?:\n|$)/.test(text.slice(close.end, close.end + 40))) return undefined;
  if (isInHtmlBlock(text, at)) return undefined;
  const { named, positional } = call;
  const arguments_ = [...['type', 'style', 'kind', 'variant', 'color'].map((key) => named.get(key)), ...positional];
  const kind = (boxes.test(call.name) ? arguments_.find((one) => one && kinds.test(one)) : undefined) ?? call.name;
  const title = named.get('title') ?? positional.find((one) => /\s/.test(one)) ?? '';
  const head = kinds.test(kind) ? alertHead(kind, title, around.alertWords) : title && `**${title}**`;
  calloutEnds.set(close.start, `\n\n${indent}</blockquote>\n\n`);
  return { end, text: `<blockquote>\n\n${indent}${head}\n\n${indent}` };
}
