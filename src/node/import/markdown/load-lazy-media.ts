import type { Element, ElementContent, Root, RootContent } from 'hast';
import { isTracker } from '../../../article/body/html/hidden-parts.ts';
import { isStandIn, loadedAttributes, twinOf } from '../../../article/body/html/lazy-pictures.ts';
import { escapeAttribute } from '../../../article/escape.ts';
import { isVisible } from './hast.ts';
import { parseHtml } from './parse-html.ts';
import { attributesOf } from './serialize-html.ts';

/**
 * Writes pictures, players and frames of lazy loading as a browser shows them once the scripts of their page have run:
 * the true address, and one picture where the page has a placeholder and a `<noscript>`.
 */
export function loadLazyMedia(html: string): string {
  const tree = mayBeLazy.test(html) ? parseHtml(html) : undefined;
  if (tree === undefined) return html;
  const edits: Edit[] = [];
  collectEdits(tree, edits);
  let result = '';
  let from = 0;
  for (const { start, end, text } of edits.sort((a, b) => a.start - b.start || b.end - a.end)) {
    // An element that is replaced as a whole takes those inside with it.
    if (start < from || html[start] !== '<') continue;
    result += html.slice(from, start) + text;
    from = end;
  }
  return result + html.slice(from);
}

const mayBeLazy =
  /data-[\w-]*(?:src|original|lazy|echo|poster|url|image|videoid)|nitro-|aria-hidden|<noscript|<(?:amp|lite)-|srcset=/i;

/** A replacement for a part of the HTML. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function collectEdits(parent: Root | Element, edits: Edit[]): void {
  parent.children.forEach((node, index) => {
    if (node.type !== 'element') return;
    const isInPicture = parent.type === 'element' && parent.tagName === 'picture';
    if (node.tagName === 'noscript') edits.push(...noscriptEdits(node, neighborsOf(parent, index)));
    else edits.push(...mediaEdits(node, isInPicture));
    collectEdits(node, edits);
  });
}

function mediaEdits(element: Element, isInPicture: boolean): readonly Edit[] {
  const { tagName } = element;
  const attributes = attributesOf(element.properties);
  const name = htmlNames[tagName] ?? tagName;
  const video = attributes['data-videoid'] ?? attributes.videoid;
  if (/^(?:amp|lite)-youtube$/.test(tagName) && /^[\w-]+$/.test(video ?? ''))
    return wholeEdit(element, frameOf(`https://www.youtube.com/embed/${video}`));
  // Gatsby's blurred preview of the picture beside it.
  if (name === 'img' && isStandIn(attributes)) return wholeEdit(element, '');
  if (!/^(?:img|source|video|audio|iframe)$/.test(name)) return [];
  const loaded = loadedAttributes(name, attributes);
  const isLazy = ['src', 'srcset', 'poster'].some((key) => loaded[key] !== attributes[key]);
  if (!isLazy && name === tagName) return [];
  const isSet = isInPicture && name === 'source';
  const tag = writeTag(name, isLazy ? withoutLoader(isSet ? asSet(loaded) : loaded) : attributes);
  return name === 'img' ? wholeEdit(element, tag) : tagEdits(element, tag, `</${name}>`);
}

/** A source inside a `<picture>` has a set, and one inside a player has an address. */
function asSet({ src, ...rest }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return src === undefined ? rest : { ...rest, srcset: rest.srcset ?? src };
}

/** Removes what only the script reads. */
function withoutLoader(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !/^data-|^nitro-|^loading$/.test(key)));
}

/** AMP's elements under HTML's names. */
const htmlNames: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'amp-img': 'img',
  'amp-anim': 'img',
  'amp-video': 'video',
  'amp-audio': 'audio',
  'amp-iframe': 'iframe',
});

/** The elements that may show the same as a `<noscript>`: those before and after it. */
function neighborsOf({ children }: Root | Element, index: number): readonly Element[] {
  const nodes: readonly RootContent[] = children;
  const before = nodes.slice(0, index).findLast(isVisible);
  const after = nodes.slice(index + 1).find(isVisible);
  return [before, after].filter((node): node is Element => node?.type === 'element');
}

/**
 * Removes a `<noscript>` whose picture its neighbor shows, or the neighbor if it is only a placeholder. Otherwise, what
 * the `<noscript>` shows is the picture.
 */
function noscriptEdits(noscript: Element, neighbors: readonly Element[]): readonly Edit[] {
  const [twin, ...others] = mediaIn([noscript]);
  const escaped = textOf(noscript);
  if (twin === undefined && !/^\s*<(?:img|picture|iframe|video|audio)\s/i.test(escaped)) return [];
  const unwrapped = twin === undefined ? wholeEdit(noscript, escaped) : tagEdits(noscript, '', '');
  if (others.length > 0) return unwrapped;
  for (const neighbor of neighbors) {
    const [media, ...more] = mediaIn([neighbor]);
    const hasWords = textOf(neighbor).trim() !== '';
    if (media === undefined || more.length > 0 || hasWords) continue;
    const kind = twinOf(media.tagName, attributesOf(media.properties), twin ? attributesOf(twin.properties) : {});
    if (kind === 'same') return wholeEdit(noscript, '');
    if (kind === 'stand-in') return [...wholeEdit(media, ''), ...unwrapped];
  }
  return unwrapped;
}

/** Lists the pictures, players and frames of elements, without trackers. */
function mediaIn(nodes: readonly ElementContent[]): readonly Element[] {
  return nodes.flatMap((node): readonly Element[] => {
    if (node.type !== 'element') return [];
    const isMedia = /^(?:img|amp-img|iframe|video|audio)$/.test(node.tagName);
    if (!isMedia) return mediaIn(node.children);
    return isTracker(attributesOf(node.properties)) ? [] : [node];
  });
}

function textOf(element: Element): string {
  return element.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}

function wholeEdit({ position }: Element, text: string): readonly Edit[] {
  return editsAt([position, text]);
}

/** Replaces the two tags of an element. */
function tagEdits({ data }: Element, start: string, end: string): readonly Edit[] {
  const tags = data?.position;
  return editsAt([tags?.opening, start], [tags?.closing, end]);
}

function editsAt(...places: readonly (readonly [Element['position'], string])[]): readonly Edit[] {
  return places.flatMap(([place, text]) => {
    const [start, end] = [place?.start.offset, place?.end.offset];
    return start === undefined || end === undefined ? [] : [{ start, end, text }];
  });
}

function frameOf(src: string): string {
  return `${writeTag('iframe', { src })}</iframe>`;
}

function writeTag(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<${name}${written.join('')}>`;
}
