import type { ArticleSource, Place } from '../../../article/article.ts';
import { applyEdits, type Edit } from '../../../article/edit.ts';
import { type ParsedSeed, parseSeed } from '../../../article/parse.ts';
import { parseOptions } from '../../../publication/addresses/parse-options.ts';
import { homeOf } from '../../../publication/site/site.ts';
import { decodeText } from '../../disk/decode-text.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';

/** The bytes of a file and its parsed text. */
export interface ReadBytes {
  readonly bytes: Buffer;
  /** Without a byte order mark, with the original line ends. */
  readonly text: string;
  readonly parsed: ParsedSeed;
  /** The article as {@link published} writes it, for comparison; `undefined` if nothing is published. */
  readonly article?: string | undefined;
}

/** Returns a function that parses bytes as the file at `path` in the folder, whose article has a slug. */
export function bytesReader(
  { site, files, inheritedBy }: FolderSnapshot,
  path: string,
  slug: string,
): (bytes: Buffer) => ReadBytes | undefined {
  const options = {
    ...parseOptions(site),
    findFile: files.finderFor(path, site.url, undefined, homeOf(site)),
    inherited: inheritedBy(path),
  };
  return (bytes) => {
    const text = decodeText(bytes);
    if (typeof text !== 'string') return undefined;
    const parsed = parseSeed({ path, text }, options);
    const found = [parsed.source, parsed.withLongSlug].find((one) => one?.head.slug === slug);
    return { bytes, text, parsed, article: found && published(found) };
  };
}

/** Serializes everything that an article's own file publishes, for comparison; translations are in other files. */
export function published(source: ArticleSource): string {
  const { translations: _, ...own } = source.article();
  return JSON.stringify(own);
}

/** Applies edits to the text of a file and encodes it as before. No other byte changes. */
export function rewritten({ bytes, text }: ReadBytes, edits: readonly Edit[]): Buffer {
  const [first, second, third] = bytes;
  const [encode, mark] =
    first === 0xff && second === 0xfe
      ? [(part: string) => Buffer.from(part, 'utf16le'), 2]
      : first === 0xfe && second === 0xff
        ? [(part: string) => Buffer.from(part, 'utf16le').swap16(), 2]
        : [(part: string) => Buffer.from(part), first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0];
  return Buffer.concat([bytes.subarray(0, mark), encode(applyEdits(text, 0, edits))]);
}

/** Returns a function that converts a line and column to an offset, for any line ends. */
export function offsetsIn(text: string): (place: Place) => number {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)];
  return ({ line, column }) => (starts[line - 1] ?? text.length) + column - 1;
}
