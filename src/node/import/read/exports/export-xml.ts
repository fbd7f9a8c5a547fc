import { SaxesParser } from 'saxes';
import { bloggerNamespace, wordPressNamespace } from '../../../published/parse-feed.ts';

/** An XML element of an export. */
export interface ExportElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Without the text of inner elements. */
  text: string;
  readonly children: ExportElement[];
  /** The line of its start tag, from 1. */
  readonly line: number;
}

/** The prefixes that the code names fields by, whatever prefix an export declares for their namespace. */
const namespaces: readonly (readonly [RegExp, string])[] = [
  [wordPressNamespace, 'wp'],
  [/^https?:\/\/wordpress\.org\/export\/[\d.]+\/excerpt\/?$/, 'excerpt'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, 'content'],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/, 'dc'],
  [bloggerNamespace, 'blogger'],
  [/^http:\/\/www\.w3\.org\/2005\/Atom$/, ''],
];

/** A channel or feed has items, an item has fields, and some fields have inner fields. */
const deepest = 6;

/**
 * Parses an export as one element that holds its root. Exports are not always well-formed, so unknown references and
 * control characters stay as written. Entities that the document declares are never expanded.
 */
export function parseExportXml(text: string): ExportElement {
  const parser = new SaxesParser();
  const root: ExportElement = { name: '', attributes: {}, text: '', children: [], line: 1 };
  const open: ExportElement[] = [root];
  const prefixes = new Map<string, string>();
  let depth = 0;
  parser.on('error', () => {});
  parser.on('opentag', ({ name: written, attributes }) => {
    for (const [attribute, value] of Object.entries(attributes)) {
      if (!attribute.startsWith('xmlns:')) continue;
      const known = namespaces.find(([namespace]) => namespace.test(value.trim()))?.[1];
      prefixes.set(attribute.slice(6), known ?? 'other');
    }
    const name = written.replace(/^([^:]+):/, (whole, prefix: string) => {
      const known = prefixes.get(prefix);
      return known === '' ? '' : known === undefined ? whole : `${known}:`;
    });
    depth += 1;
    if (depth > deepest) return;
    const element: ExportElement = {
      name,
      attributes: { ...attributes },
      text: '',
      children: [],
      line: parser.line,
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    if (depth <= deepest && open.length > 1) open.pop();
    depth -= 1;
  });
  const add = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return root;
}

/** Returns the text of a field, or an empty string. */
export function fieldOf(element: ExportElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text.trim() ?? '';
}

export function fieldsOf(element: ExportElement, name: string): readonly ExportElement[] {
  return element.children.filter((child) => child.name === name);
}
