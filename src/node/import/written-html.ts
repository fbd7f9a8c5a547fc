import type { Element, ElementContent, Properties } from 'hast';

/** Writes an element as HTML that Markdown takes as it is: as one block without blank lines, or inside a line. */
export function writtenHtml(element: Element, place: 'block' | 'inline'): string {
  const html = write(element, place, false);
  return place === 'inline' ? html.replace(/\s*\n\s*/g, ' ') : html.replace(/\n(?:[ \t]*\n)+/g, '\n');
}

/** Writes the start tag alone; an attribute without a name in HTML is left out. */
export function startTag({ tagName, properties }: Pick<Element, 'tagName' | 'properties'>): string {
  const attributes = Object.entries(attributesOf(properties)).map(([name, value]) =>
    value === '' ? ` ${name}` : ` ${name}="${escaped(value, 'attribute')}"`,
  );
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
  if (voids.has(node.tagName)) return start;
  const inPre = isPre || node.tagName === 'pre';
  const inner = node.children.map((child) => write(child, place, inPre)).join('');
  return `${start}${inner}</${node.tagName}>`;
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
