import type { Edit } from '../../../article/edit.ts';
import { type FoundFrontMatter, findFrontMatter } from '../../../article/front-matter/front-matter.ts';
import { splitBlocks } from '../../../article/seed/blocks.ts';
import { normalizeLines } from '../../../article/seed/lines.ts';
import { idLine, isAbsoluteIri } from '../../../article/seed/seed-id.ts';

/**
 * Lists edits that write an id into a seed, best first: at an empty `id` key in front matter; at the top of front
 * matter; as the last paragraph; and, in case an unclosed block swallows that, above one of the first blocks. An id
 * that is not an IRI goes into front matter only, new if there is none. Line ends are those of the seed.
 */
export function placesForId(text: string, id: string): readonly Edit[] {
  const eol = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const unified = normalizeLines(text);
  const front = findFrontMatter(unified);
  const found = typeof front === 'object' && 'body' in front ? front : undefined;
  const body = found?.body ?? 0;
  const inFront =
    found === undefined
      ? []
      : [
          ...emptyKeys(text.slice(0, offsetIn(text, unified, body)), id),
          atTopOfFrontMatter(text, offsetIn(text, unified, found.start), found.form, { id }, eol),
        ];
  if (!isAbsoluteIri(id))
    return front === undefined ? [insertion(0, `---${eol}id: ${quoted(id)}${eol}---${eol}${eol}`)] : inFront;
  const line = idLine(id);
  const isEnded = /[\r\n]$/.test(text);
  const isSpaced = /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n?|\n)$/.test(text.slice(-1000));
  const atEnd = insertion(text.length, `${isEnded ? '' : eol}${isSpaced ? '' : eol}${line}${eol}`);
  const above = splitBlocks(unified, body)
    .slice(1, 5)
    .map(({ start }) => insertion(offsetIn(text, unified, start), `${line}${eol}${eol}`));
  return [...inFront, atEnd, ...above];
}

/** A JSON string is also a string in YAML and TOML. */
function quoted(id: string): string {
  return JSON.stringify(id);
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** Fills in empty `id` keys, one of which may be the article's. */
function emptyKeys(front: string, id: string): readonly Edit[] {
  return [...front.matchAll(emptyKey)].slice(0, maxKeys).map(({ 0: found, 1: key = '', index }) => ({
    start: index + key.length,
    end: index + found.length,
    text: ` ${quoted(id)}`,
  }));
}

const emptyKey = /((?<=^|[\s{,])(["']?)id\2[ \t]*[:=])[ \t]*(?:null|~|""|'')?(?=[ \t]*(?:,|\}|[ \t]#|[\r\n]|$))/gi;
/** Other empty `id` keys belong to nested maps, and there may be many. */
const maxKeys = 5;

/**
 * Lists the edits that add keys to the front matter of a text: one attempt, or none if it has no front matter that is
 * read.
 */
export function addKeys(text: string, keys: Readonly<Record<string, string>>): readonly (readonly Edit[])[] {
  const unified = normalizeLines(text);
  const front = findFrontMatter(unified);
  if (typeof front !== 'object' || !('body' in front)) return [];
  const eol = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  return [[atTopOfFrontMatter(text, offsetIn(text, unified, front.start), front.form, keys, eol)]];
}

/** Adds keys at the top of front matter in any of its formats; `start` is where its content begins. */
function atTopOfFrontMatter(
  text: string,
  start: number,
  form: FoundFrontMatter['form'],
  keys: Readonly<Record<string, string>>,
  eol: string,
): Edit {
  const rest = text.slice(start);
  const [brace, around = ''] = /^\s*\{(\s*)/.exec(rest) ?? [];
  const pairs = Object.entries(keys).map(([key, value]) => [key, quoted(value)] as const);
  const members = (end: string) => pairs.map(([key, value]) => `"${key}": ${value},${end}`).join('');
  if (brace !== undefined) return insertion(start + brace.length, members(around === '' ? ' ' : around));
  if (form === 'members') return insertion(start, members(eol));
  // All keys of a map have the same indentation (YAML 1.2 §8.2.2).
  const [, indent = ''] = /^(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*( *)/.exec(rest) ?? [];
  const lines = pairs.map(
    ([key, value]) => (form === 'toml' ? `${key} = ${value}` : `${indent}${key}: ${value}`) + eol,
  );
  return insertion(start, lines.join(''));
}

/** Converts an offset in a text with unified line ends to one in the original text. */
function offsetIn(text: string, unified: string, offset: number): number {
  const before = unified.slice(0, offset).split('\n');
  const ends = /\r\n?|\n/g;
  for (let lines = before.length - 1; lines > 0 && ends.exec(text) !== null; ) lines -= 1;
  return ends.lastIndex + (before.at(-1)?.length ?? 0);
}
