import { findFrontMatter } from '../../article/front-matter/find-front-matter.ts';
import { idLine, isAbsoluteIri } from '../../article/seed-id.ts';
import { splitBlocks, unifyLines } from '../../article/seed-text.ts';

/** A text to put into a seed, and the offset in UTF-16 code units at which it belongs. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Lists where an id may be written into a seed, best first: in front matter where there is some; at the end; and,
 * should a block that never ends swallow that, above one of the first blocks. The line ends are those of the seed. What is
 * no IRI stands in front matter alone, of its own where there is none.
 */
export function placesForId(text: string, id: string): readonly Insertion[] {
  const eol = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const unified = unifyLines(text);
  const front = findFrontMatter(unified);
  const inFront = typeof front === 'object' ? placesInFront(text, id, eol) : [];
  if (!isAbsoluteIri(id))
    return front === undefined ? [{ at: 0, text: `---${eol}${yamlKey(id)}${eol}---${eol}${eol}` }] : inFront;
  const line = idLine(id);
  const isEnded = /[\r\n]$/.test(text);
  const isSpaced = /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n?|\n)$/.test(text.slice(-1000));
  const atEnd = { at: text.length, text: `${isEnded ? '' : eol}${isSpaced ? '' : eol}${line}${eol}` };
  const body = typeof front === 'object' ? front.body : 0;
  const above = splitBlocks(unified, body)
    .slice(1, 5)
    .map(({ start }) => ({ at: startOfLine(text, unified, start), text: `${line}${eol}${eol}` }));
  return [...inFront, atEnd, ...above];
}

/** The first place in front matter, in each of its forms. */
function placesInFront(text: string, id: string, eol: string): readonly Insertion[] {
  const [mark = '', form] = /^(---|\+\+\+)?(?:json|toml|yaml)?[ \t]*(?:\r\n?|\n)?/.exec(text) ?? [];
  const rest = text.slice(mark.length);
  const [brace, around = ''] = /^\s*\{(\s*)/.exec(rest) ?? [];
  if (brace !== undefined) {
    const at = mark.length + brace.length;
    return [{ at, text: `"id": ${JSON.stringify(id)},${around === '' ? ' ' : around}` }];
  }
  // Keys of one map stand in one column (YAML 1.2 §8.2.2).
  const [, indent = ''] = /^(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*( *)/.exec(rest) ?? [];
  const key =
    mark.startsWith('---toml') || form === '+++' ? `id = ${JSON.stringify(id)}` : indent + yamlKey(id);
  return [{ at: mark.length, text: `${key}${eol}` }];
}

function yamlKey(id: string): string {
  return `id: ${JSON.stringify(id)}`;
}

/** Finds in a text the start of the line in which an offset of the same text with unified line ends lies. */
function startOfLine(text: string, unified: string, offset: number): number {
  let lines = unified.slice(0, offset).split('\n').length - 1;
  const ends = /\r\n?|\n/g;
  while (lines > 0 && ends.exec(text) !== null) lines -= 1;
  return ends.lastIndex;
}
