import { SaxesParser } from 'saxes';
import { wordPressNamespace } from '../../published/parse-feed.ts';
import type { Footnote } from './wordpress-footnotes.ts';

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
];

/** A channel has items, an item has fields, and some fields have inner fields. */
const deepest = 6;

/**
 * Parses the channel of an export. Exports are not always well-formed, so unknown references and control characters
 * stay as written. Entities that the document declares are never expanded.
 */
export function readExport(text: string): ExportElement | undefined {
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
    const name = written.replace(/^[^:]+(?=:)/, (prefix) => prefixes.get(prefix) ?? prefix);
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
  return root.children.find(({ name }) => name === 'rss')?.children.find(({ name }) => name === 'channel');
}

/** Returns the text of a field, or an empty string. */
export function fieldOf(element: ExportElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text.trim() ?? '';
}

export function fieldsOf(element: ExportElement, name: string): readonly ExportElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Returns the values of a post's custom field. */
export function metaValues(item: ExportElement, key: string): readonly string[] {
  return fieldsOf(item, 'wp:postmeta')
    .filter((meta) => fieldOf(meta, 'wp:meta_key') === key)
    .map((meta) => fieldOf(meta, 'wp:meta_value'));
}

/** A file of WordPress's media library. */
export interface Attachment {
  readonly url: string;
  readonly alt: string;
  readonly caption: string;
  /** The id of the post that it was uploaded to. */
  readonly parent: string;
}

/** What rendering a post needs besides its text. */
export interface WordPressContext {
  /** By id. */
  readonly attachments: ReadonlyMap<string, Attachment>;
  /** The content of the blocks that posts share, by id. */
  readonly blocks: ReadonlyMap<string, string>;
  /** The id of the post. */
  readonly post: string;
  readonly footnotes?: readonly Footnote[];
}
