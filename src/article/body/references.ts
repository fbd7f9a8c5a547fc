import type { Token } from 'markdown-it';
import { once } from '../once.ts';
import { fragmentOf } from './html/addresses.ts';
import { isTracker } from './html/hidden-parts.ts';
import { isStandIn, loadedAttributes } from './html/lazy-pictures.ts';
import { inlineText } from './markdown/inline-text.ts';
import { newMarkdown, parseBody } from './markdown/markdown.ts';
import type { BoundedReferences } from './markdown/markdown-extensions.ts';
import { lineStarts, sourceLines } from './markdown/source-lines.ts';
import type { Opener } from './tags/raw-openers.ts';
import { anchorsOf, tagsIn } from './tags/tags-in.ts';

/** An address in a body: of a link, a picture, or media to play. */
export interface Reference {
  readonly kind: 'link' | 'picture' | 'media';
  /** As written, with escapes resolved. */
  readonly address: string;
  /** Its offset in the body. */
  readonly at: number;
  /** The alternative text of a picture, if it has one. */
  readonly alt?: string | undefined;
  /** For a link in Markdown, where its text begins and ends: offsets in the body. */
  readonly text?: { readonly start: number; readonly end: number } | undefined;
}

/** The addresses and anchors of a body. */
export interface References {
  /** In the order in which Markdown parses them, with footnotes last. */
  readonly all: readonly Reference[];
  /** The anchors that links of the body can lead to. */
  readonly anchors: ReadonlySet<string>;
  /** What opens HTML and is never closed, with its offset in the body. */
  readonly unclosed: readonly { readonly text: string; readonly at: number }[];
  /** The offset of the first reference, such as `[a]`, that stays as written because those before repeat too much. */
  readonly unexpanded?: number | undefined;
}

/** A parser that records where in a run of text each link, picture and tag begins; created on first use. */
const notingParser = once(() => {
  const parser = newMarkdown();
  const { State } = parser.inline;
  parser.inline.State = class extends State {
    constructor(...of: ConstructorParameters<typeof State>) {
      super(...of);
      const { run }: BoundedReferences = this.env;
      // The alternative text of a picture has a state of its own, inside that of its run.
      if (run !== undefined) run.state ??= this;
    }

    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      const token = super.push(type, tag, nesting);
      if (noted.has(type)) placesInRun.set(token, this.pos);
      return token;
    }
  };
  return parser;
});
const noted = new Set(['link_open', 'link_close', 'image', 'html_inline']);
const placesInRun = new WeakMap<Token, number>();

/** Lists the addresses in a body with their offsets; `title` is the title of the article. */
export function readReferences(body: string, title: string): References {
  const all: Reference[] = [];
  const anchors = new Set<string>();
  const lines = sourceLines(body);
  // The cells of a table have no line number, but their row has.
  let line = 0;
  const env: BoundedReferences & { unclosed?: readonly Opener[] } = {};
  let unexpanded: number | undefined;
  for (const token of parseBody(body, title, notingParser(), env)) {
    const id = token.type === 'heading_open' ? token.attrGet('id') : null;
    if (id !== null) anchors.add(String(id));
    line = token.map?.[0] ?? line;
    if (token.type !== 'html_block' && token.type !== 'inline') continue;
    const placeOf = lines.places(line, token.content);
    // Other offsets of the run may be smaller, and those of one mapping must not decrease.
    if (token === env.unexpanded?.token) unexpanded = sourceLines(body).places(line, token.content)(env.unexpanded.at);
    const readTags = (html: string, from: number): void => {
      for (const tag of tagsIn(html)) {
        for (const anchor of anchorsOf(tag)) anchors.add(anchor);
        all.push(...ofTag(tag.name, tag.attributes, placeOf(from + tag.at)));
      }
    };
    if (token.type === 'html_block') readTags(token.content, 0);
    else readRun(token.children ?? [], placeOf, all, readTags);
  }
  const starts = lineStarts(body);
  const unclosed = (env.unclosed ?? []).map(({ text, line }) => ({ text, at: body.indexOf(text, starts[line]) }));
  return { all, anchors, unclosed, unexpanded };
}

function readRun(
  tokens: readonly Token[],
  placeOf: (offset: number) => number,
  all: Reference[],
  readTags: (html: string, from: number) => void,
): void {
  /** For each open link, its index in `all`; −1 for an autolink. */
  const open: number[] = [];
  for (const token of tokens) {
    const at = placesInRun.get(token) ?? 0;
    if (token.type === 'html_inline') readTags(token.content, at);
    else if (token.type === 'image') {
      const alt = inlineText(token.children ?? []);
      const address = String(token.attrGet('src') ?? '');
      all.push({ kind: 'picture', address, at: placeOf(at), alt: alt.trim() === '' ? undefined : alt });
      // Links in alternative text still count; pictures and tags in it do not.
      const links = (token.children ?? []).filter(({ type }) => /^link_/.test(type));
      readRun(links, (offset) => placeOf(at + '!['.length + offset), all, readTags);
    } else if (token.type === 'link_open') {
      const isBare = token.markup !== '';
      const start = placeOf(at);
      open.push(isBare ? -1 : all.length);
      const address = String(token.attrGet('href') ?? '');
      const text = isBare ? undefined : { start, end: start };
      all.push({ kind: 'link', address, at: isBare ? start : start - 1, text });
    } else if (token.type === 'link_close') {
      const index = open.pop() ?? -1;
      const link = all[index];
      if (link?.text !== undefined) all[index] = { ...link, text: { start: link.text.start, end: placeOf(at) } };
    }
  }
}

function ofTag(name: string, attributes: Readonly<Record<string, string>>, at: number): Reference[] {
  const { href, src, srcset, poster, alt } = loadedAttributes(name, attributes);
  if (name === 'a') return href === undefined ? [] : [{ kind: 'link', address: href.trim(), at }];
  const of = (kind: Reference['kind'], address: string | undefined, more: Partial<Reference> = {}) =>
    address === undefined || address.trim() === '' ? [] : [{ kind, address: address.trim(), at, ...more }];
  // Tracking pixels are not meant to be seen. An empty `alt` marks a decorative picture.
  if (/^(?:amp-)?img$/.test(name)) {
    if (isTracker(attributes) || isStandIn(attributes)) return [];
    const address = src?.trim() ?? '';
    return srcset !== undefined && address === '' ? [] : [{ kind: 'picture', address, at, alt }];
  }
  // Scripts are never published.
  return name === 'script' ? [] : [...of('media', src), ...of('media', poster)];
}

/** Lists the anchors that links lead to, each with its link. */
export function innerLinks({ all }: References): readonly (readonly [string, Reference])[] {
  return all.flatMap((one) =>
    one.kind === 'link' && /^#./s.test(one.address) ? [[fragmentOf(one.address), one] as const] : [],
  );
}
