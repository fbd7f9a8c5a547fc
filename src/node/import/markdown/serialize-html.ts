import type { Element, ElementContent, Properties } from 'hast';
import { characterReference, startTag } from '../read/html-markup.ts';

type Place = 'block' | 'inline';

/** Writes an element as HTML inside Markdown: one block without blank lines, or part of a line. */
export function serializeHtml(element: Element, place: Place): string {
  const html = serialize(element, place, false);
  if (place === 'inline') return html.replace(/\s*\n\s*/g, ' ');
  // A block of `<pre>` may have blank lines (CommonMark §4.6, condition 1), but HTML drops its first line break.
  if (element.tagName === 'pre') return html.replace(/(?<!^<pre[^>]*>)&#10;/g, '\n');
  return html.replace(/\n(?:[ \t]*\n)+/g, '\n');
}

/** Returns an element's attributes under their HTML names, without event handlers. */
export function attributesOf(properties: Properties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([property, value]) => {
      if (value === undefined || value === null || value === false || /^on/i.test(property)) return [];
      const name = attributeName(property);
      if (!/^[a-z][a-z0-9:-]*$/.test(name)) return [];
      return [[name, Array.isArray(value) ? value.join(' ') : value === true ? '' : String(value)]];
    }),
  );
}

function attributeName(property: string): string {
  if (property === 'className') return 'class';
  if (property === 'htmlFor') return 'for';
  return /^(?:data|aria)[A-Z]/.test(property)
    ? property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    : property.toLowerCase();
}

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

function serialize(node: ElementContent, place: Place, isInPre: boolean): string {
  if (node.type === 'text') {
    const text = node.value.replace(markup[place], characterReference);
    return isInPre ? text.replaceAll('\n', '&#10;') : text;
  }
  if (node.type !== 'element') return '';
  const { tagName, properties, children } = node;
  // An inner element that is HTML already.
  if (typeof properties.html === 'string') return properties.html;
  const start = startTag(tagName, attributesOf(properties));
  if (voidElements.has(tagName)) return start;
  const isPre = isInPre || tagName === 'pre';
  const parts = children.map((child) => serialize(child, place, isPre));
  // HTML parsers add a plain `<tbody>` themselves.
  if (start === '<tbody>') return layOut(tagName, parts).trim();
  return `${start}${isPre ? parts.join('') : layOut(tagName, parts)}</${tagName}>`;
}

/** Puts each row of a table on a line, and trims text at the edges of a block. */
function layOut(tagName: string, parts: readonly string[]): string {
  const hasText = (part: string): boolean => /\S/.test(part);
  if (/^(?:table|t(?:body|foot|head))$/.test(tagName)) return `\n${parts.filter(hasText).join('\n')}\n`;
  if (tagName === 'tr') return parts.filter(hasText).join('');
  const inner = parts.join('');
  if (!/^(?:caption|d[dt]|figcaption|h[1-6]|p|summary|t[dh])$/.test(tagName)) return inner;
  return inner.includes('<pre') ? inner.trim() : inner.trim().replace(/\s*\n\s*/g, ' ');
}

/** What HTML, Markdown in that place, or our parser's shortcodes would read as markup. */
const markup: Readonly<Record<Place, RegExp>> = {
  block: /[&<>{}`\\]|\[(?=_?toc)|\](?=\()|:(?=::)/gi,
  inline: /[&<>{}[\]\\`*_~|!#]|:(?=\S)/g,
};
