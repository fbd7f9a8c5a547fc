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

/** Shows footnotes where the editor has its mark for them, each with a way back, as WordPress does. */
export function withFootnotes(stored: string, footnotes: readonly Footnote[]): string {
  if (footnotes.length === 0) return stored;
  const notes = footnotes.map(
    ({ id, content }) => `<li id="${id}">${content} <a href="#${id}-link">↩</a></li>`,
  );
  return stored.replace(/<!-- wp:footnotes [^>]{0,2000}-->/, () => `<ol>${notes.join('')}</ol>`);
}
