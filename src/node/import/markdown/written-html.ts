import type { Element, ElementContent, Properties } from 'hast';
import { keepsAttribute } from '../../../article/body/html-rules.ts';

/** Writes an element as HTML that Markdown takes as it is: as one block without blank lines, or inside a line. */
export function writtenHtml(element: Element, place: 'block' | 'inline'): string {
  const html = write(element, place, false);
  if (place === 'inline') return html.replace(/\s*\n\s*/g, ' ');
  // Its block goes on to its end (CommonMark §4.6, condition 1), but HTML drops a first line break.
  if (element.tagName === 'pre') return html.replace(/(?<!^<pre[^>]*>)&#10;/g, '\n');
  return html.replace(/\n(?:[ \t]*\n)+/g, '\n');
}

/** Writes the start tag alone, with those attributes that this site will show. */
export function startTag({ tagName, properties }: Pick<Element, 'tagName' | 'properties'>): string {
  const attributes = Object.entries(attributesOf(properties)).flatMap(([name, value]) => {
    if (!keepsAttribute(tagName, name, value)) return [];
    return value === '' && name !== 'alt' ? [` ${name}`] : [` ${name}="${escaped(value, 'attribute')}"`];
  });
  return `<${tagName}${attributes.join('')}>`;
}

/** The attributes of an element under the names that HTML has for them. */
export function attributesOf(properties: Properties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([property, value]) => {
      if (value === undefined || value === null || value === false || /^on/i.test(property)) return [];
      const name = nameOf(property);
      if (!/^[a-z][a-z0-9:-]*$/.test(name)) return [];
      const joined = Array.isArray(value) ? value.join(' ') : value === true ? '' : String(value);
      return [[name, joined]];
    }),
  );
}

function nameOf(property: string): string {
  if (property === 'className') return 'class';
  if (property === 'htmlFor') return 'for';
  return /^(?:data|aria)[A-Z]/.test(property)
    ? property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    : property.toLowerCase();
}

const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

function write(node: ElementContent, place: 'block' | 'inline', isPre: boolean): string {
  if (node.type === 'text') {
    const text = escaped(node.value, place);
    return isPre ? text.replaceAll('\n', '&#10;') : text;
  }
  if (node.type !== 'element') return '';
  // What is settled inside an element that is kept as a whole.
  if (typeof node.properties.html === 'string') return node.properties.html;
  const start = startTag(node);
  // HTML puts it around rows by itself.
  if (node.tagName === 'tbody' && start === '<tbody>')
    return laidOut(
      node,
      node.children.map((child) => write(child, place, isPre)),
    ).trim();
  if (voids.has(node.tagName)) return start;
  const inPre = isPre || node.tagName === 'pre';
  const parts = node.children.map((child) => write(child, place, inPre));
  return `${start}${inPre ? parts.join('') : laidOut(node, parts)}</${node.tagName}>`;
}

/** Has each row of a table on a line, and no white space at the edges of words that stand in a box. */
function laidOut({ tagName }: Element, parts: readonly string[]): string {
  if (rowed.test(tagName)) return `\n${parts.filter(isSaid).join('\n')}\n`;
  if (tagName === 'tr') return parts.filter(isSaid).join('');
  const inner = parts.join('');
  if (!boxed.test(tagName)) return inner;
  return inner.includes('<pre') ? inner.trim() : inner.trim().replace(/\s*\n\s*/g, ' ');
}

const rowed = /^(?:table|t(?:body|foot|head))$/;
const boxed = /^(?:caption|d[dt]|figcaption|h[1-6]|p|summary|t[dh])$/;

function isSaid(part: string): boolean {
  return /\S/.test(part);
}

/** What HTML, Markdown inside a line, or the framework's tags that our parser looks for would take for a mark. */
function escaped(text: string, place: 'block' | 'inline' | 'attribute'): string {
  const marks =
    place === 'attribute'
      ? /["&<>{}`]|\n/g
      : place === 'inline'
        ? /[&<>{}[\]\\`*_~|!#]|:(?=\S)/g
        : /[&<>{}`\\]|\[(?=_?toc)|\](?=\()|:(?=::)/gi;
  return text.replace(marks, (sign) => names[sign] ?? `&#${sign.charCodeAt(0)};`);
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
