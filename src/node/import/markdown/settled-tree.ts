import type { Element, ElementContent, Root } from 'hast';
import { fragmentOf } from '../../../article/body/addresses.ts';
import { blockNames, boxNames } from '../../../article/body/dropped-blocks.ts';
import { isHidden, isTracker } from '../../../article/body/hidden-parts.ts';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { type Footnotes, takeFootnotes } from './footnotes-of-tree.ts';
import { namedHeadings } from './heading-anchors.ts';
import { asIs, footnote, holdsPhrases, kept } from './kept-html.ts';
import { boxOf, inForm, languageOf, takeTick } from './settled-forms.ts';
import { attributesOf } from './written-html.ts';

/** Where an element stands, and what its body knows. */
interface Place {
  readonly addressing: Addressing;
  /** The anchors to which links of the body lead. */
  readonly targets: ReadonlySet<string>;
  /** Headings that are called so anyway. */
  readonly named: ReadonlySet<Element>;
  readonly footnotes: Footnotes;
  /** Whether it stands inside a line. */
  readonly isPhrase: boolean;
  readonly isHidden: boolean;
  /** What the code around it is written in. */
  readonly language?: string | undefined;
}

/**
 * Readies the elements of a body for Markdown: every address absolute, nothing that runs or only counts readers, and
 * an anchor of its own wherever a link of the body leads.
 */
export function settleTree(root: Root, addressing: Addressing): void {
  const footnotes = takeFootnotes(root);
  const targets = new Set<string>();
  visit(root.children as ElementContent[], (element) => {
    const href = String(element.properties.href ?? '');
    if (element.tagName === 'a' && /^#./.test(href)) targets.add(fragmentOf(href));
  });
  root.children = settled(root.children as ElementContent[], {
    addressing,
    targets,
    named: namedHeadings(root, targets),
    footnotes,
    isPhrase: false,
    isHidden: false,
  });
}

function settled(children: readonly ElementContent[], place: Place): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type === 'text') return [child];
    if (child.type !== 'element' || gone.has(child.tagName)) return [];
    const mark = place.footnotes.marks.get(child);
    if (mark !== undefined) return [asIs(mark)];
    child.tagName = todays[child.tagName] ?? child.tagName;
    const { tagName, properties } = child;
    const attributes = attributesOf(properties);
    const isHere = place.isHidden || isHidden(attributes);
    if (tagName === 'img' && (isHere || isTracker(attributes))) return [];
    if (tagName === 'input') return boxOf(child);
    if (tagName === 'table' && !holdsCells(child)) return [];
    // Programs that load pictures late keep the address elsewhere.
    if (tagName === 'img' && properties.src === undefined && typeof properties.dataSrc === 'string')
      properties.src = properties.dataSrc;
    resolveAll(child, place.addressing);
    const { id } = properties;
    delete properties.id;
    const language = languageOf(child) ?? place.language;
    const tick = tagName === 'li' ? takeTick(child) : [];
    const isPhrase = place.isPhrase || holdsPhrases(child);
    child.children = [
      ...tick,
      ...settled(child.children, { ...place, isPhrase, isHidden: isHere, language }),
    ];
    const definition = place.footnotes.definitions.get(child);
    if (definition !== undefined) return [footnote(definition, child.children)];
    if (boxes.has(tagName)) return [space, ...child.children, space];
    const isTarget =
      typeof id === 'string' &&
      place.targets.has(id) &&
      !place.named.has(child) &&
      !/^(?:tbody|thead|tfoot|tr)$/.test(tagName);
    const formed = inForm(child, language);
    if (!isTarget)
      return marked.test(tagName) ? withoutEdges(formed, place.isPhrase) : kept(formed, place.isPhrase);
    const anchor = kept({ type: 'element', tagName: 'span', properties: { id }, children: [] }, true);
    if (!alone.test(tagName)) formed.children.unshift(...anchor);
    return alone.test(tagName) ? [...anchor, ...kept(formed, place.isPhrase)] : kept(formed, place.isPhrase);
  });
}

/** What of a form is shown in a box of its own: its words stay apart. */
const boxes: ReadonlySet<string> = new Set([...boxNames, 'select']);

const space: ElementContent = { type: 'text', value: ' ' };

/** What elements are called that nothing but browsers know. */
const todays: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ...Object.fromEntries(blockNames.map((name) => [name, 'div'])),
  dir: 'ul',
  menu: 'ul',
  listing: 'pre',
  canvas: 'div',
});

/** Elements that Markdown puts marks around, which must stand beside a word. */
const marked = /^(?:a|b|del|em|i|s|strike|strong)$/;

/** Moves breaks and white space at the edges of an element out of it. */
function withoutEdges(element: Element, isPhrase: boolean): ElementContent[] {
  const children = element.children.flatMap(withSpaceApart);
  const start = children.findIndex(isWord);
  if (start === -1) return children;
  const end = children.findLastIndex(isWord) + 1;
  const inner = { ...element, children: children.slice(start, end) };
  return [...children.slice(0, start), ...kept(inner, isPhrase), ...children.slice(end)];
}

function withSpaceApart(node: ElementContent): ElementContent[] {
  if (node.type !== 'text') return [node];
  const { value } = node;
  const start = value.length - value.trimStart().length;
  const end = Math.max(start, value.trimEnd().length);
  return [value.slice(0, start), value.slice(start, end), value.slice(end)]
    .filter((part) => part !== '')
    .map((part) => ({ type: 'text', value: part }));
}

function isWord(node: ElementContent): boolean {
  return node.type === 'text' ? /\S/u.test(node.value) : node.type !== 'element' || node.tagName !== 'br';
}

/** Of a table without cells Markdown would make one with a header. */
function holdsCells({ children }: Element): boolean {
  let holds = false;
  visit(children, ({ tagName }) => {
    holds ||= /^(?:td|th|caption)$/.test(tagName);
  });
  return holds;
}

/** Elements that hold no anchor. */
const alone = /^(?:table|ul|ol|dl|hr|img|br|pre|picture|video|audio|iframe)$/;

/** What is for programs alone. */
const gone = new Set(['script', 'style', 'template', 'link', 'meta', 'base', 'title', 'head']);

const media = new Set(['img', 'source', 'audio', 'video', 'track']);

function resolveAll(element: Element, { base, rename }: Addressing): void {
  const { tagName, properties } = element;
  for (const name of ['href', 'src', 'poster', 'cite', 'data', 'dataSrc']) {
    const written = properties[name];
    if (typeof written !== 'string') continue;
    const address = resolved(written, base);
    const isLink = tagName === 'a' && name === 'href';
    const isFile = isLink ? leadsToPicture(element, address, base) : media.has(tagName) && name !== 'href';
    properties[name] = (isFile || isLink ? rename?.(address, isFile) : undefined) ?? address;
  }
  const { srcSet } = properties;
  if (srcSet === undefined) return;
  // A picture that lies here has no other sizes.
  if (rename !== undefined && /^(?!https?:)/.test(String(properties.src ?? 'https:')))
    delete properties.srcSet;
  else
    properties.srcSet = String(srcSet).replace(
      /(^|,)(\s*)([^\s,]\S*[^\s,]|[^\s,])/g,
      (_, comma: string, space: string, address: string) => `${comma}${space}${resolved(address, base)}`,
    );
}

/** Tells a link to a picture of this site, or from a picture to a larger one. Such a name with a colon is that of a page. */
function leadsToPicture({ children }: Element, address: string, base: string): boolean {
  if (!/^https?:/.test(address)) return false;
  const { pathname, host } = new URL(address);
  if (mediaTypeOf(pathname)?.startsWith('image/') !== true || /:[^/]*$/.test(pathname)) return false;
  let isShown = host === new URL(base).host;
  visit(children, ({ tagName }) => {
    isShown ||= tagName === 'img';
  });
  return isShown;
}

/** An anchor of the body stays one; what can't be resolved is left to the parser of articles. */
function resolved(written: string, base: string): string {
  const address = written.trim();
  if (address === '' || address.startsWith('#') || !URL.canParse(address, base)) return address;
  const { href } = new URL(address, base);
  return /^https?:/.test(href) ? href.replace(/[{}|\\^`]/g, encodeURIComponent) : address;
}

function visit(children: readonly ElementContent[], see: (element: Element) => void): void {
  for (const child of children) {
    if (child.type !== 'element') continue;
    see(child);
    visit(child.children, see);
  }
}

/** How the addresses of a body come out. */
export interface Addressing {
  /** Absolute address against which relative ones are resolved. */
  readonly base: string;
  /**
   * Says what to write for an absolute address whose file has come here. `isFile` tells a picture, a recording or a link to
   * a picture from another link.
   */
  readonly rename?: (address: string, isFile: boolean) => string | undefined;
}
