import { backTo, markTo } from '../markdown/plain-footnotes.ts';

/** A footnote of WordPress's block editor, which keeps them beside the text. */
export interface Footnote {
  /** That of the anchor to which its mark in the text leads. */
  readonly id: string;
  /** HTML. */
  readonly content: string;
}

/** Reads what WordPress keeps of a post's footnotes; what is no list of them has none. */
export function readFootnotes(kept: string | undefined): readonly Footnote[] {
  try {
    const read: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(read) ? read.filter(isFootnote) : [];
  } catch {
    return [];
  }
}

function isFootnote(one: unknown): one is Footnote {
  return (
    typeof one === 'object' &&
    one !== null &&
    'id' in one &&
    typeof one.id === 'string' &&
    /^[\w-]{1,100}$/.test(one.id) &&
    'content' in one &&
    typeof one.content === 'string'
  );
}

/**
 * Shows footnotes in the form that becomes Markdown's: at the end, each with a way back to every mark that leads there.
 * Without the block that the editor has for them WordPress shows none.
 */
export function withFootnotes(stored: string, footnotes: readonly Footnote[]): string {
  const block = /<!-- wp:footnotes [^>]{0,2000}-->/g;
  if (footnotes.length === 0 || stored.search(block) === -1) return stored;
  const ids = new Map(footnotes.map(({ id }) => [id, { number: 0, marks: 0 }]));
  let count = 0;
  const text = stored.replace(block, '').replace(mark, (whole, id: string) => {
    const note = ids.get(id);
    if (note === undefined) return whole;
    if (note.marks === 0) note.number = ++count;
    return markTo(note.number, note.marks++);
  });
  for (const note of ids.values()) if (note.number === 0) note.number = ++count;
  const items = footnotes.map(({ id, content }) => ({ content, number: 0, marks: 0, ...ids.get(id) }));
  items.sort((a, b) => a.number - b.number);
  return `${text}<section class="footnotes"><ol>${items.map(item).join('')}</ol></section>`;
}

const mark =
  /<sup(?:\s[^<>]{0,300})?><a\s(?:[^<>]{0,300}\s)?href="#([\w-]{1,100})"[^<>]{0,300}>[^<>]{0,20}<\/a><\/sup>/g;

function item({ content, number, marks }: { content: string; number: number; marks: number }): string {
  const back = Array.from({ length: marks }, (_, use) => backTo(number, use));
  return `<li id="fn${number}">${content}${back.join('')}</li>`;
}
