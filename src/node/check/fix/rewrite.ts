import { randomBytes } from 'node:crypto';
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ArticleSource, Place } from '../../../article/article.ts';
import { type Edit, edited } from '../../../article/edit.ts';
import { type ParsedSeed, parseSeed } from '../../../article/parse.ts';
import type { Problem } from '../../../article/problem.ts';
import { decodeText } from '../../disk/decode-text.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { parseOptions } from '../../folder/seed-reader.ts';

/** The bytes of a file, and what they say. */
export interface ReadBytes {
  readonly bytes: Buffer;
  /** Without a byte order mark, with the line ends that it has. */
  readonly text: string;
  readonly parsed: ParsedSeed;
  /** All that is published of it, to be compared; `undefined` where nothing is. */
  readonly article?: string;
}

/** Makes what reads the bytes of the file at `path` inside the folder as the article that has a slug. */
export function bytesReader(
  { site, files }: FolderSnapshot,
  path: string,
  slug: string,
): (bytes: Buffer) => ReadBytes | undefined {
  const options = { ...parseOptions(site), findFile: files.finderFor(path, site.url) };
  return (bytes) => {
    const text = decodeText(bytes);
    if (typeof text !== 'string') return undefined;
    const parsed = parseSeed({ path, text }, options);
    const found = [parsed.source, parsed.elsewhere].find((one) => one?.head.slug === slug);
    return { bytes, text, parsed, ...(found === undefined ? {} : { article: published(found) }) };
  };
}

/** Writes all that is published of an article as one text, to be compared. */
export function published(source: ArticleSource): string {
  return JSON.stringify(source.article());
}

/** Makes edits of what {@link decodeText} made of the bytes, in the encoding that they have; no other byte changes. */
export function rewritten({ bytes, text }: ReadBytes, edits: readonly Edit[]): Buffer {
  const [first, second, third] = bytes;
  const [encode, mark] =
    first === 0xff && second === 0xfe
      ? [(part: string) => Buffer.from(part, 'utf16le'), 2]
      : first === 0xfe && second === 0xff
        ? [(part: string) => Buffer.from(part, 'utf16le').swap16(), 2]
        : [(part: string) => Buffer.from(part), first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0];
  return Buffer.concat([bytes.subarray(0, mark), encode(edited(text, 0, edits))]);
}

/**
 * Puts bytes in the place of a file at once, so that nobody ever reads half of them; its permissions stay. Gives what is wrong
 * where that fails, and the file is as it was.
 */
export function replaceFile(file: string, bytes: Buffer): Problem | undefined {
  // What a link leads to is replaced, and not the link.
  const real = realpathSync(file);
  const draft = join(dirname(real), `.${basename(real)}.${randomBytes(4).toString('hex')}`);
  try {
    writeFileSync(draft, bytes, { mode: statSync(real).mode, flag: 'wx' });
    renameSync(draft, real);
    return undefined;
  } catch (error) {
    rmSync(draft, { force: true });
    return unwritable(file, dirname(real), error);
  }
}

function unwritable(file: string, folder: string, error: unknown): Problem {
  const said = error instanceof Error ? error.message : String(error);
  // Behind the reason stand the call and the name of the draft, which nobody knows.
  const reason = said.replace(/, \w+ '.*$/s, '');
  const message = `cannot be written, so it is as it was: ${reason}; see that files can be written in ${folder}, and run it again`;
  return { file, line: 1, column: 1, severity: 'error', code: 'unreadable', message };
}

/** Gives the offset of a line and a column in a text, whatever its lines end with. */
export function offsetsIn(text: string): (place: Place) => number {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)];
  return ({ line, column }) => (starts[line - 1] ?? text.length) + column - 1;
}
