import { footnoteBacklinks, footnoteMark, footnoteSection } from '../../html-markup.ts';

/** A footnote of WordPress's block editor, which stores them apart from the text. */
export interface Footnote {
  /** The id that its mark in the text links to. */
  readonly id: string;
  /** HTML. */
  readonly content: string;
}

/** Parses the stored footnotes of a post. Returns none if they are malformed. */
export function readFootnotes(stored: string | undefined): readonly Footnote[] {
  try {
    const read: unknown = JSON.parse(stored ?? '[]');
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

/** Appends a post's footnotes to its text. WordPress shows them only if the text has a footnotes block. */
export function insertFootnotes(stored: string, footnotes: readonly Footnote[]): string {
  const block = /<!-- wp:footnotes [^>]{0,2000}-->/g;
  if (footnotes.length === 0 || stored.search(block) === -1) return stored;
  const uses = new Map(footnotes.map(({ id }) => [id, { number: 0, marks: 0 }]));
  let count = 0;
  const text = stored.replace(block, '').replace(storedMark, (whole, id: string) => {
    const note = uses.get(id);
    if (note === undefined) return whole;
    if (note.marks === 0) note.number = ++count;
    return footnoteMark(note.number, note.marks++);
  });
  for (const note of uses.values()) if (note.number === 0) note.number = ++count;
  const notes = footnotes.map(({ id, content }) => {
    const { number = 0, marks = 0 } = uses.get(id) ?? {};
    return { number, html: content + footnoteBacklinks(number, marks) };
  });
  return text + footnoteSection(notes.sort((a, b) => a.number - b.number));
}

const storedMark =
  /<sup(?:\s[^<>]{0,300})?><a\s(?:[^<>]{0,300}\s)?href="#([\w-]{1,100})"[^<>]{0,300}>[^<>]{0,20}<\/a><\/sup>/g;
