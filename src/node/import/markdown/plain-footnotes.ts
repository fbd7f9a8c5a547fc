import type { Element, Nodes, Root } from 'hast';
import { isHidden } from '../../../article/body/hidden-parts.ts';
import { type FootnoteList, findFootnotes } from './footnote-list.ts';
import { attributesOf } from './written-html.ts';

/**
 * Writes the footnotes of a body in the one form that becomes Markdown's, whatever program wrote them: at the end, in the
 * order of their marks, each with a way back to all of these. `tree` is read from the HTML; what has no such footnotes stays
 * as it is.
 */
export function withPlainFootnotes(html: string, tree: Root): string {
  const list = findFootnotes(tree);
  const numbers = list === undefined ? undefined : numbersOf(list);
  if (list === undefined || numbers === undefined) return html;
  const uses = new Map<string, number>();
  const marks = inOrder(list, numbers).map(({ element, to }): Edit => {
    const [number = 0, use = 0] = [numbers.get(to), uses.get(to)];
    uses.set(to, use + 1);
    return { ...rangeOf(html, element), text: markTo(number, use) };
  });
  const waysBack = list.waysBack.map((element): Edit => {
    const { start, end } = rangeOf(html, element);
    return {
      start: start - (spaceAtEnd.exec(html.slice(Math.max(0, start - 40), start))?.[0].length ?? 0),
      end,
      text: '',
    };
  });
  const edits = [...marks, ...waysBack].sort((a, b) => a.start - b.start);
  const section = {
    start: rangeOf(html, list.section[0]).start,
    end: rangeOf(html, list.section.at(-1)).end,
  };
  const isClear = edits.every(
    ({ start, end }, index) => start >= (edits[index - 1]?.end ?? 0) && end > start,
  );
  if (!isClear || section.start < 0 || section.end < 0) return html;
  const written = (start: number, end: number): string => edited(html, start, end, edits);
  const items = [...numbers].map(([id, number]) => {
    const { children = [] } = list.items.get(id) ?? {};
    const [start, end] = [
      children[0]?.position?.start.offset ?? 0,
      children.at(-1)?.position?.end.offset ?? 0,
    ];
    const back = Array.from({ length: uses.get(id) ?? 0 }, (_, use) => backTo(number, use)).join('');
    // The way back belongs at the end of the last paragraph.
    return `<li id="fn${number}">${written(start, end)
      .trim()
      .replace(/(?:<\/p>)?$/, (close) => back + close)}</li>`;
  });
  const headings = list.headings.filter(isSeen).map((heading) => {
    const { start, end } = rangeOf(html, heading);
    return html.slice(start, end);
  });
  const text = written(0, section.start) + written(section.end, html.length);
  return `${text}${headings.join('')}<section class="footnotes"><ol>${items.join('')}</ol></section>`;
}

/** Writes a mark in that form; of several that lead to one note each is another `use`, from 0. */
export function markTo(number: number, use: number): string {
  return `<sup class="footnote-ref"><a href="#fn${number}" id="${anchorOf(number, use)}">[${number}]</a></sup>`;
}

/** Writes the way back from a note to one of its marks. */
export function backTo(number: number, use: number): string {
  return ` <a href="#${anchorOf(number, use)}" class="footnote-backref">↩\uFE0E</a>`;
}

function anchorOf(number: number, use: number): string {
  return `fnref${number}${use === 0 ? '' : `:${use + 1}`}`;
}

/** What stands for a part of the HTML. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Numbers notes as Markdown does: those to which other notes refer come after all of the text's. */
function numbersOf({ marks, items }: FootnoteList): ReadonlyMap<string, number> | undefined {
  const inText = marks.filter(({ inside }) => inside === undefined).sort(byPlace);
  const order = new Set(inText.map(({ to }) => to));
  // A set that grows is gone through to its new end.
  for (const id of order) for (const { to, inside } of marks) if (inside === id) order.add(to);
  return order.size < items.size ? undefined : new Map([...order].map((id, index) => [id, index + 1]));
}

/** Lists marks as a reader meets them, who reads the notes last. */
function inOrder({ marks }: FootnoteList, numbers: ReadonlyMap<string, number>): FootnoteList['marks'] {
  const rank = ({ inside }: FootnoteList['marks'][number]): number => numbers.get(inside ?? '') ?? 0;
  return [...marks].sort((a, b) => rank(a) - rank(b) || byPlace(a, b));
}

function byPlace(a: FootnoteList['marks'][number], b: FootnoteList['marks'][number]): number {
  return (a.element.position?.start.offset ?? 0) - (b.element.position?.start.offset ?? 0);
}

/** Where an element stands in the HTML; an element that the parser moved or made stands nowhere. */
function rangeOf(html: string, element: Nodes | undefined): Pick<Edit, 'start' | 'end'> {
  const { start, end } = element?.position ?? {};
  const from = start?.offset ?? -1;
  return html[from] === '<' ? { start: from, end: end?.offset ?? -1 } : { start: -1, end: -1 };
}

function edited(html: string, start: number, end: number, edits: readonly Edit[]): string {
  let made = '';
  let from = start;
  for (const edit of edits) {
    if (edit.start < start || edit.end > end) continue;
    made += html.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return made + html.slice(from, end);
}

const spaceAtEnd = /(?:\s|&nbsp;|&#160;|&#xa0;)+$/i;

/** A heading that is there for listeners alone says what readers see without it. */
function isSeen({ properties }: Element): boolean {
  const attributes = attributesOf(properties);
  return !isHidden(attributes) && !/sr-only|visually-hidden|screen-reader/.test(attributes.class ?? '');
}
