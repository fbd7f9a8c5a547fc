import type { Edit } from '../../article/edit.ts';
import { findFrontMatter } from '../../article/front-matter/find-front-matter.ts';
import { idLine } from '../../article/seed-id.ts';
import { splitBlocks, unifyLines } from '../../article/seed-text.ts';

/**
 * Lists where an id may be written into a seed, best first: in front matter where there is some, behind its key if that
 * stands there empty; at the end; and, should a block that never ends swallow that, above one of the first blocks. The line
 * ends are those of the seed.
 */
export function placesForId(text: string, id: string): readonly Edit[] {
  const eol = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const line = idLine(id);
  const isEnded = /[\r\n]$/.test(text);
  const isSpaced = /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n?|\n)$/.test(text.slice(-1000));
  const atEnd = insertion(text.length, `${isEnded ? '' : eol}${isSpaced ? '' : eol}${line}${eol}`);
  const unified = unifyLines(text);
  const front = findFrontMatter(unified);
  const body = typeof front === 'object' ? front.body : 0;
  const above = splitBlocks(unified, body)
    .slice(1, 5)
    .map(({ start }) => insertion(offsetIn(text, unified, start), `${line}${eol}${eol}`));
  const inFront =
    typeof front === 'object'
      ? [...emptyKeys(text.slice(0, offsetIn(text, unified, body)), id), firstInFront(text, id, eol)]
      : [];
  return [...inFront, atEnd, ...above];
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** Keys called `id` without a value, of which one may be the article's. */
function emptyKeys(front: string, id: string): readonly Edit[] {
  return [...front.matchAll(emptyKey)].slice(0, mostKeys).map(({ 0: found, 1: key = '', index }) => ({
    start: index + key.length,
    end: index + found.length,
    text: ` "${id}"`,
  }));
}

const emptyKey =
  /((?<=^|[\s{,])(["']?)id\2[ \t]*[:=])[ \t]*(?:null|~|""|'')?(?=[ \t]*(?:,|\}|[ \t]#|[\r\n]|$))/gi;
/** An empty one that is not the article's belongs to a map further down, of which there may be many. */
const mostKeys = 5;

/** The first place in front matter, in each of its forms. */
function firstInFront(text: string, id: string, eol: string): Edit {
  const [mark = '', form] = /^(---|\+\+\+)?(?:json|toml|yaml)?[ \t]*(?:\r\n?|\n)?/.exec(text) ?? [];
  const rest = text.slice(mark.length);
  const [brace, around = ''] = /^\s*\{(\s*)/.exec(rest) ?? [];
  if (brace !== undefined) {
    const at = mark.length + brace.length;
    return insertion(at, `"id": "${id}",${around === '' ? ' ' : around}`);
  }
  // Keys of one map stand in one column (YAML 1.2 §8.2.2).
  const [, indent = ''] = /^(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*( *)/.exec(rest) ?? [];
  const key = mark.startsWith('---toml') || form === '+++' ? `id = "${id}"` : `${indent}id: "${id}"`;
  return insertion(mark.length, `${key}${eol}`);
}

/** Finds in a text an offset of the same text with unified line ends. */
function offsetIn(text: string, unified: string, offset: number): number {
  const before = unified.slice(0, offset).split('\n');
  const ends = /\r\n?|\n/g;
  for (let lines = before.length - 1; lines > 0 && ends.exec(text) !== null; ) lines -= 1;
  return ends.lastIndex + (before.at(-1)?.length ?? 0);
}
