import { type ExportElement, fieldOf, fieldsOf, parseExportXml } from '../export-xml.ts';
import type { Footnote } from './wordpress-footnotes.ts';

/** Parses the channel of an export. */
export function readExport(text: string): ExportElement | undefined {
  const rss = parseExportXml(text).children.find(({ name }) => name === 'rss');
  return rss?.children.find(({ name }) => name === 'channel');
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
