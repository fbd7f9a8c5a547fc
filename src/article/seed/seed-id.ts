import type { Span } from '../place.ts';
import { legalText } from '../plain-text.ts';
import { quote, type Report } from '../problem.ts';
import type { Block } from './blocks.ts';

/** The id that a seed states in its text. */
export interface StatedId {
  readonly id?: string;
  /** Its offset in the text of the seed. */
  readonly at: number;
  /** The lines that state it, which are not part of the body. */
  readonly spans: readonly Span[];
}

/** Formats the paragraph in which a seed without front matter states its id. */
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
 * Normalizes an id to what every format can carry. Readers compare ids byte by byte, so only three things change: white
 * space around the id is removed, a line end becomes a single character (XML 1.0 §2.11), and characters that XML
 * forbids are removed.
 */
export function normalizeId(text: string): string {
  return legalText(text).replace(/\r\n?/g, '\n').trim();
}

/** Returns why a text cannot be an id, whether or not it is an IRI; `undefined` if it can. */
export function idFault(text: string): string | undefined {
  if (text.length > longest) return `has more than ${longest} characters`;
  return normalizeId(text) === text.trim() ? undefined : 'has characters that feeds cannot carry as they are';
}

/** Returns the suffix that mints an IRI from another id. Its slash keeps it apart from every slug. */
export function mintSuffix(plainId: string): string {
  return `id/${plainId}`;
}

const absoluteIri = /^(?!mailto:)[a-z][a-z0-9+.-]+:[^\s\p{Cc}<>"{}|\\^`]+$/iu;

/** Longer texts are not ids, since the expressions run on untrusted text. */
const longest = 2048;

/**
 * Reads the line `Id: <…>`: in `<…>` after the label or in the next paragraph, or bare in a paragraph of its own. It is
 * read anywhere in the text, because people keep writing below it.
 *
 * Reports invalid ids and conflicting ids. Below front matter, where other systems keep their own ids, only `isSure`
 * lines are read: `<…>` with an absolute IRI. No label comes before the offset `from`.
 */
export function readId(blocks: readonly Block[], isSure: boolean, report: Report, from = 0): StatedId {
  const all = blocks.flatMap((block, index) => {
    if (block.kind !== 'paragraph' || block.end <= from || !mayBeLabel.test(block.text)) return [];
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

/** Reports that an article states two different ids. Choosing either of them could change a published id. */
function reportTwoIds(one: string, other: string, at: number, report: Report): void {
  const message = `the article has two ids, ${quote(one)} and ${quote(other)}; keep the one under which it is published`;
  report('error', 'two-ids', at, message);
}

/** A label begins a line and ends with a colon; the id fills the rest of the line. */
const labels = /^[ \t]*[*_]*id[*_ ]*:[*_ \t]*(.*)$/gim;

/** A quick test first: {@link labels} is slow to start. */
const mayBeLabel = /^[ \t]*[*_]*id[*_ ]*:/im;

interface Found {
  readonly value: string;
  /** Whether it is written between `<` and `>`. */
  readonly form: 'marked' | 'bare';
  readonly at: number;
  readonly spans: readonly Span[];
}

function valuesAt(label: RegExpExecArray, block: Block, next: Block | undefined, isLast: boolean): readonly Found[] {
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
  // "Id: required" may be a sentence, but in the last paragraph it is probably meant as an id.
  const isMeant = isAlone && !/\s/.test(written) && (isLast || isAbsoluteIri(written));
  return isMeant ? [{ value: written, form: 'bare', at, spans: [span] }] : [];
}

const between = /^<([^<>]*)>[*_]*$/;

/**
 * Returns the IRI that a file states as its id: in front matter or after "Id:", or else the original URL. An `id` in
 * front matter that is not an IRI takes precedence over the original URL, but not over an "Id:".
 */
export function statedIri(
  inFrontMatter: string | undefined,
  { statedId, url }: { readonly statedId: StatedId; readonly url?: string },
  report: Report,
): string | undefined {
  const iri = inFrontMatter !== undefined && isAbsoluteIri(inFrontMatter) ? inFrontMatter : undefined;
  if (iri !== undefined && statedId.id !== undefined && iri !== statedId.id)
    reportTwoIds(iri, statedId.id, statedId.at, report);
  return iri ?? statedId.id ?? (inFrontMatter === undefined ? url : undefined);
}
