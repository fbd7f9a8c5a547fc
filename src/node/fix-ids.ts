import { readFileSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { ArticleSource } from '../article/article.ts';
import { type ParsedSeed, parseSeed } from '../article/parse.ts';
import type { Problem } from '../article/problem.ts';
import { defaultTagBase } from '../publication/identity.ts';
import { decodeText } from './decode-text.ts';
import { placesForId } from './place-for-id.ts';
import { parseOptions } from './read-seed.ts';
import { unreadable } from './read-text.ts';
import { count, hasErrors } from './report.ts';
import type { FolderReading } from './seed-folder.ts';
import type { Candidate } from './unique-articles.ts';

/** Warns once of all articles whose ids hang on the names of their files; `file` is where a publication file would be. */
export function unfixedIds({ articles, site }: FolderReading, file: string): readonly Problem[] {
  const unfixed = articles.filter(({ isIdWritten }) => !isIdWritten);
  const [first] = unfixed;
  if (first === undefined) return [];
  const which =
    unfixed.length === 1 ? first.file : `${count(unfixed.length, 'article')} such as ${first.file}`;
  const message = `the id of ${which} is made of the file's name and changes when that does; "dateline check --fix-ids" writes it into the file${site.id === defaultTagBase ? '; where nothing is published yet, set "id" in the publication file first' : ''}`;
  return [{ file, line: 1, column: 1, severity: 'warning', code: 'unfixed-id', message }];
}

export interface FixedIds {
  /** The files that say their ids now. */
  readonly written: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Writes into each file that doesn't say its id the one that its article has now, and touches nothing else of it. A
 * file is written only when it was read back before, from memory, as the very same article.
 *
 * `dir` is the folder that was read; files that `isLeft` keeps are left as they are.
 */
export function fixIds(dir: string, reading: FolderReading, isLeft: (file: string) => boolean): FixedIds {
  const written: string[] = [];
  const problems: Problem[] = [];
  for (const article of reading.articles) {
    const { file, isIdWritten, kept } = article;
    if (isIdWritten || kept || isLeft(file)) continue;
    try {
      const bytes = readFileSync(file);
      const fixed = withId(bytes, article, relative(dir, file).split(sep).join('/'), reading);
      if (fixed === undefined) {
        const message = `there is no place for the id; write "id" in front matter, or a paragraph "Id: <${article.source.head.id}>"`;
        problems.push({ file, line: 1, column: 1, severity: 'warning', code: 'unfixed-id', message });
      } else {
        writeFileSync(file, fixed);
        written.push(file);
      }
    } catch (error) {
      problems.push(unreadable(file, error));
    }
  }
  return { written, problems };
}

function withId(bytes: Buffer, { source }: Candidate, path: string, reading: FolderReading) {
  const { site, files } = reading;
  const options = parseOptions(site, files.finder(path, site.url));
  const { id, slug } = source.head;
  const read = (bytes: Uint8Array) => {
    const text = decodeText(bytes);
    const parsed = typeof text === 'string' ? parseSeed({ path, text }, options) : undefined;
    return { text, parsed, article: parsed === undefined ? undefined : shown(parsed, slug) };
  };
  const { text, article } = read(bytes);
  if (typeof text !== 'string' || article === undefined || article !== JSON.stringify(source.article()))
    return undefined;
  for (const place of placesForId(text, id)) {
    const fixed = insert(bytes, text, place.at, place.text);
    const after = read(fixed);
    if (after.parsed?.isIdWritten && !hasErrors(after.parsed.problems) && after.article === article)
      return fixed;
  }
  return undefined;
}

/** All that is published of a file under one of its addresses. */
function shown({ source, elsewhere }: ParsedSeed, slug: string): string | undefined {
  const found: ArticleSource | undefined = [source, elsewhere].find((one) => one?.head.slug === slug);
  return found === undefined ? undefined : JSON.stringify(found.article());
}

/** Puts a text in at an offset of what {@link decodeText} made of the bytes, in the encoding that they have. */
function insert(bytes: Buffer, text: string, at: number, added: string): Buffer {
  const [first, second, third] = bytes;
  const [encode, mark] =
    first === 0xff && second === 0xfe
      ? [(part: string) => Buffer.from(part, 'utf16le'), 2]
      : first === 0xfe && second === 0xff
        ? [(part: string) => Buffer.from(part, 'utf16le').swap16(), 2]
        : [(part: string) => Buffer.from(part), first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0];
  const place = mark + encode(text.slice(0, at)).length;
  return Buffer.concat([bytes.subarray(0, place), encode(added), bytes.subarray(place)]);
}
