import { SaxesParser } from 'saxes';
import type { Footnote } from './wordpress-footnotes.ts';

/** An element of an export: its text, without that of inner ones. */
export interface ExportElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: ExportElement[];
  /** The line at which it begins, from 1. */
  readonly line: number;
}

/** Below the channel come items, in them their fields, and in some of these fields of their own. */
const deepest = 6;

/**
 * Reads the channel of an export. What isn't well-formed, as references that XML doesn't know or control characters,
 * stays as it is written, since an export isn't always what it says; entities of its own are never expanded.
 */
export function readExport(text: string): ExportElement | undefined {
  const parser = new SaxesParser();
  const root: ExportElement = { name: '', attributes: {}, text: '', children: [], line: 1 };
  const open: ExportElement[] = [root];
  let depth = 0;
  parser.on('error', () => {});
  parser.on('opentag', ({ name, attributes }) => {
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

/** The text of a field; empty where there is none. */
export function fieldOf(element: ExportElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text.trim() ?? '';
}

export function fieldsOf(element: ExportElement, name: string): readonly ExportElement[] {
  return element.children.filter((child) => child.name === name);
}

/** A picture or another file of WordPress's library. */
export interface Attachment {
  readonly url: string;
  readonly alt: string;
  readonly caption: string;
  /** The number of the post to which it was uploaded. */
  readonly parent: string;
}

export interface WordPressSetting {
  /** By their numbers. */
  readonly attachments: ReadonlyMap<string, Attachment>;
  readonly blocks: ReadonlyMap<string, string>;
  /** The post's own number. */
  readonly post: string;
  readonly footnotes?: readonly Footnote[];
}
