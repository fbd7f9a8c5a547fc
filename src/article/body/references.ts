import type { Token } from 'markdown-it';
import { once } from '../once.ts';
import { fragmentOf } from './addresses.ts';
import { isTracker } from './hidden-parts.ts';
import { inlineText } from './inline-text.ts';
import { newMarkdown, parseBody } from './markdown.ts';
import { sourceLines } from './source-lines.ts';
import { tagsIn } from './tags-in.ts';

/** An address that a body names: of a link, of a picture, or of something to be played. */
export interface Reference {
  readonly kind: 'link' | 'picture' | 'media';
  /** As it is written, without escapes. */
  readonly address: string;
  /** Where it begins, as an offset in the body. */
  readonly at: number;
  /** Of a picture, what it shows; absent where nothing is said of it. */
  readonly alt?: string;
  /** Of a link in Markdown, where its text begins and ends: offsets in the body. */
  readonly text?: { readonly start: number; readonly end: number };
}

/** What a body refers to. */
export interface References {
  /** In the order in which Markdown reads them, which puts footnotes last. */
  readonly all: readonly Reference[];
  /** The names of anchors to which a link of the body may lead. */
  readonly anchors: ReadonlySet<string>;
}

/** A parser that notes where in a run of text each link, picture and tag begins; made when first asked for. */
const notingParser = once(() => {
  const parser = newMarkdown();
  const { State } = parser.inline;
  parser.inline.State = class extends State {
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

/** Lists the addresses that a body names, each with its place; `title` is the article's. */
export function readReferences(body: string, title: string): References {
  const all: Reference[] = [];
  const anchors = new Set<string>();
  const lines = sourceLines(body);
  // The cells of a table know no line, their row does.
  let line = 0;
  for (const token of parseBody(body, title, notingParser())) {
    const id = token.type === 'heading_open' ? token.attrGet('id') : null;
    if (id !== null) anchors.add(String(id));
    line = token.map?.[0] ?? line;
    if (token.type !== 'html_block' && token.type !== 'inline') continue;
    const placeOf = lines.places(line, token.content);
    const readTags = (html: string, from: number): void => {
      for (const tag of tagsIn(html)) {
        if (tag.attributes.id !== undefined) anchors.add(tag.attributes.id);
        all.push(...ofTag(tag.name, tag.attributes, placeOf(from + tag.at)));
      }
    };
    if (token.type === 'html_block') readTags(token.content, 0);
    else readRun(token.children ?? [], placeOf, all, readTags);
  }
  return { all, anchors };
}

function readRun(
  tokens: readonly Token[],
  placeOf: (offset: number) => number,
  all: Reference[],
  readTags: (html: string, from: number) => void,
): void {
  /** Of each open link, which reference it is; −1 for an address between `<` and `>`. */
  const open: number[] = [];
  for (const token of tokens) {
    const at = placesInRun.get(token) ?? 0;
    if (token.type === 'html_inline') readTags(token.content, at);
    else if (token.type === 'image') {
      const alt = inlineText(token.children ?? []);
      const said = alt.trim() === '' ? {} : { alt };
      all.push({ kind: 'picture', address: String(token.attrGet('src') ?? ''), at: placeOf(at), ...said });
      // Links in it are as little links as those that lead nowhere; pictures and tags are nothing at all.
      const links = (token.children ?? []).filter(({ type }) => /^link_/.test(type));
      readRun(links, (offset) => placeOf(at + '!['.length + offset), all, readTags);
    } else if (token.type === 'link_open') {
      const isBare = token.markup !== '';
      const start = placeOf(at);
      const text = isBare ? {} : { text: { start, end: start } };
      open.push(isBare ? -1 : all.length);
      const address = String(token.attrGet('href') ?? '');
      all.push({ kind: 'link', address, at: isBare ? start : start - 1, ...text });
    } else if (token.type === 'link_close') {
      const index = open.pop() ?? -1;
      const link = all[index];
      if (link?.text !== undefined)
        all[index] = { ...link, text: { start: link.text.start, end: placeOf(at) } };
    }
  }
}

function ofTag(name: string, attributes: Readonly<Record<string, string>>, at: number): Reference[] {
  const { href, src, poster, alt } = attributes;
  if (name === 'a') return href === undefined ? [] : [{ kind: 'link', address: href.trim(), at }];
  const of = (kind: Reference['kind'], address: string | undefined, more: Partial<Reference> = {}) =>
    address === undefined || address.trim() === '' ? [] : [{ kind, address: address.trim(), at, ...more }];
  // Nobody is meant to see what only counts readers; an empty `alt` says that a picture says nothing.
  if (name === 'img')
    return isTracker(attributes) ? [] : of('picture', src, alt === undefined ? {} : { alt });
  // No script is published.
  return name === 'script' ? [] : [...of('media', src), ...of('media', poster)];
}

/** Lists the anchors to which links lead, each with its link. */
export function innerLinks({ all }: References): readonly (readonly [string, Reference])[] {
  return all.flatMap((one) =>
    one.kind === 'link' && /^#./s.test(one.address) ? [[fragmentOf(one.address), one] as const] : [],
  );
}
