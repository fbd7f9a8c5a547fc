import type { Span } from '../place.ts';
import { legalText } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import type { Block } from './seed-text.ts';

/** The id that a seed names, and what of its text says so. */
export interface WrittenId {
  readonly id?: string;
  /** Where it stands in the seed's text. */
  readonly at: number;
  /** What is no part of the body. */
  readonly spans: readonly Span[];
}

/** Writes the paragraph by which a seed without front matter names its id. */
export function idLine(id: string): string {
  return `Id: <${id}>`;
}

/**
 * Reports whether a text is an absolute IRI of any scheme (RFC 4287 §4.2.6, RFC 3987 §2.2), such as `doi:10.1000/182`.
 * One letter before the colon is a Windows drive, and `mailto:` is a person's address, not an id.
 */
export function isAbsoluteIri(text: string): boolean {
  return absoluteIri.test(text) && text.length <= longest;
}

/**
 * Gives an id as every format carries it: to the byte, for readers compare ids so, but for white space around it, ends of
 * lines, which are one character to a parser of XML (XML 1.0 §2.11), and what no document can hold.
 */
export function carriedId(text: string): string {
  return legalText(text).replace(/\r\n?/g, '\n').trim();
}

/** Says why a text can be no id here, be it an IRI or not; `undefined` where it can. */
export function faultOfId(text: string): string | undefined {
  if (text.length > longest) return `has more than ${longest} characters`;
  return carriedId(text) === text.trim() ? undefined : 'has characters that feeds cannot carry as they are';
}

/** What an id that is no IRI adds to how the publication's ids begin; no slug can be a part with a stroke. */
export function mintedPart(plainId: string): string {
  return `id/${plainId}`;
}

const absoluteIri = /^(?!mailto:)[a-z][a-z0-9+.-]+:[^\s\p{Cc}<>"{}|\\^`]+$/iu;

/** The longest id that is taken, since what is read is text of strangers. */
const longest = 2048;

/**
 * Takes the line `Id: <…>` from the blocks that may hold it: in `<…>` behind the label or in the next paragraph, or
 * bare, as a paragraph of its own. It counts anywhere, because people write on below it.
 *
 * What only wants to be one is reported, and so are two that differ. Below front matter, where other systems keep
 * their ids, only `isSure` lines count: those in `<…>` with an absolute IRI.
 */
export function takeId(blocks: readonly Block[], isSure: boolean, report: Report): WrittenId {
  const all = blocks.flatMap((block, index) => {
    // Asking first is cheap, and almost no paragraph has a label.
    if (block.kind !== 'paragraph' || !/^[ \t]*[*_]*id[*_ ]*:/im.test(block.text)) return [];
    return [...block.text.matchAll(labels)].flatMap((found) =>
      valuesAt(found, block, blocks[index + 1], index >= blocks.length - 2),
    );
  });
  const found = isSure ? all.filter(({ value, form }) => form === 'marked' && isAbsoluteIri(value)) : all;
  const good = found.filter(({ value }) => isAbsoluteIri(value));
  for (const { value, at, form } of found) {
    if (isAbsoluteIri(value)) continue;
    const message = `expected an absolute IRI, such as "Id: <tag:example.org,2026:hello>", got ${quote(value)}`;
    if (form === 'marked') report('error', 'bad-id', at, message);
    else report('warning', 'bad-id', at, `${message}; it stays in the text`);
  }
  const last = good.at(-1);
  if (last === undefined) return { at: 0, spans: [] };
  const other = good.find(({ value }) => value !== last.value);
  if (other !== undefined) reportTwoIds(other.value, last.value, last.at, report);
  return { id: last.value, at: last.at, spans: good.flatMap(({ spans }) => spans) };
}

/** Reports that an article says two things of its id, of which none can be chosen without harm. */
export function reportTwoIds(one: string, other: string, at: number, report: Report): void {
  const message = `the article has two ids, ${quote(one)} and ${quote(other)}; keep the one under which it is published`;
  report('error', 'two-ids', at, message);
}

/** A label fills the start of a line up to a colon; the id fills the rest. */
const labels = /^[ \t]*[*_]*id[*_ ]*:[*_ \t]*(.*)$/gim;

interface Found {
  readonly value: string;
  /** Whether it stands between `<` and `>`. */
  readonly form: 'marked' | 'bare';
  readonly at: number;
  readonly spans: readonly Span[];
}

function valuesAt(
  label: RegExpExecArray,
  block: Block,
  next: Block | undefined,
  isLast: boolean,
): readonly Found[] {
  const [line, rest = ''] = label;
  const written = rest.trim();
  const start = block.start + label.index;
  const span = { start, end: start + line.length };
  const at = start + line.length - rest.length;
  const isAlone = !block.text.includes('\n');
  const marked = between.exec(written)?.[1];
  if (marked !== undefined)
    return isAlone || isAbsoluteIri(marked) ? [{ value: marked, form: 'marked', at, spans: [span] }] : [];
  if (written === '') {
    const below = next?.kind === 'paragraph' ? between.exec(next.text.trim())?.[1] : undefined;
    if (next === undefined || below === undefined || !isAlone) return [];
    return [{ value: below, form: 'marked', at: next.start, spans: [span, next] }];
  }
  // "Id: required" may be a sentence; at the end it more likely wants to be an id.
  const isMeant = isAlone && !/\s/.test(written) && (isLast || isAbsoluteIri(written));
  return isMeant ? [{ value: written, form: 'bare', at, spans: [span] }] : [];
}

const between = /^<([^<>]*)>[*_]*$/;
