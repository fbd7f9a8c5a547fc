import type { Element, Nodes, Root } from 'hast';
import { isHidden } from '../../../article/body/html/hidden-parts.ts';
import { footnoteBacklinks, footnoteMark, footnoteSection } from '../read/html-markup.ts';
import { type FootnoteList, type FootnoteMark, findFootnotes } from './find-footnotes.ts';
import { attributesOf } from './serialize-html.ts';

/**
 * Rewrites the footnotes of a body, whatever program wrote them, in the form that becomes Markdown's: at the end, in
 * the order of their marks, with links back. `tree` is parsed from the HTML, which is returned unchanged if it has no
 * footnotes.
 */
export function normalizeFootnotes(html: string, tree: Root): string {
  const list = findFootnotes(tree);
  const numbers = list === undefined ? undefined : numberNotes(list);
  if (list === undefined || numbers === undefined) return html;
  const uses = new Map<string, number>();
  const marks = sortMarks(list, numbers).map(({ element, to }): Edit => {
    const [number = 0, use = 0] = [numbers.get(to), uses.get(to)];
    uses.set(to, use + 1);
    return { ...rangeOf(html, element), text: footnoteMark(number, use) };
  });
  const backlinks = list.backlinks.map((element): Edit => {
    const { start, end } = rangeOf(html, element);
    const [space = ''] = spaceAtEnd.exec(html.slice(Math.max(0, start - 40), start)) ?? [];
    return { start: start - space.length, end, text: '' };
  });
  const edits = [...marks, ...backlinks].sort((a, b) => a.start - b.start);
  const sectionStart = rangeOf(html, list.section[0]).start;
  const sectionEnd = rangeOf(html, list.section.at(-1)).end;
  const isClear = edits.every(({ start, end }, index) => start >= (edits[index - 1]?.end ?? 0) && end > start);
  if (!isClear || sectionStart < 0 || sectionEnd < 0) return html;
  const notes = [...numbers].map(([id, number]) => {
    const { children = [] } = list.items.get(id) ?? {};
    const start = children[0]?.position?.start.offset ?? 0;
    const end = children.at(-1)?.position?.end.offset ?? 0;
    const backlinks = footnoteBacklinks(number, uses.get(id) ?? 0);
    const content = applyEdits(html, start, end, edits).trim();
    // The backlinks go to the end of the last paragraph.
    return { number, html: content.replace(/(?:<\/p>)?$/, (close) => backlinks + close) };
  });
  const headings = list.headings.filter(isShown).map((heading) => {
    const { start, end } = rangeOf(html, heading);
    return html.slice(start, end);
  });
  const before = applyEdits(html, 0, sectionStart, edits);
  const after = applyEdits(html, sectionEnd, html.length, edits);
  return `${before}${after}${headings.join('')}${footnoteSection(notes)}`;
}

/** A replacement for a part of the HTML. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Numbers notes as Markdown does: notes that only other notes refer to come last. */
function numberNotes({ marks, items }: FootnoteList): ReadonlyMap<string, number> | undefined {
  const inText = marks.filter(({ inside }) => inside === undefined).sort(byPlace);
  const order = new Set(inText.map(({ to }) => to));
  // The loop also visits the ids that it adds.
  for (const id of order) for (const { to, inside } of marks) if (inside === id) order.add(to);
  return order.size < items.size ? undefined : new Map([...order].map((id, index) => [id, index + 1]));
}

/** Sorts marks in reading order, with the notes after the text. */
function sortMarks({ marks }: FootnoteList, numbers: ReadonlyMap<string, number>): readonly FootnoteMark[] {
  const rank = ({ inside }: FootnoteMark): number => numbers.get(inside ?? '') ?? 0;
  return [...marks].sort((a, b) => rank(a) - rank(b) || byPlace(a, b));
}

function byPlace(a: FootnoteMark, b: FootnoteMark): number {
  return (a.element.position?.start.offset ?? 0) - (b.element.position?.start.offset ?? 0);
}

/** Returns where an element is in the HTML, or -1 if the parser moved or added it. */
function rangeOf(html: string, element: Nodes | undefined): Pick<Edit, 'start' | 'end'> {
  const { start, end } = element?.position ?? {};
  const from = start?.offset ?? -1;
  return html[from] === '<' ? { start: from, end: end?.offset ?? -1 } : { start: -1, end: -1 };
}

function applyEdits(html: string, start: number, end: number, edits: readonly Edit[]): string {
  let result = '';
  let from = start;
  for (const edit of edits) {
    if (edit.start < start || edit.end > end) continue;
    result += html.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + html.slice(from, end);
}

const spaceAtEnd = /(?:\s|&nbsp;|&#160;|&#xa0;)+$/i;

/** A heading for screen readers alone is redundant in Markdown. */
function isShown({ properties }: Element): boolean {
  const attributes = attributesOf(properties);
  return !isHidden(attributes) && !/sr-only|visually-hidden|screen-reader/.test(attributes.class ?? '');
}
