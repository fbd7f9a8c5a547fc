import type { Element, Root, RootContent } from 'hast';
import { oneLine } from '../../../../article/plain-text.ts';
import { visitElements } from '../../markdown/hast.ts';
import { parseHtml } from '../../markdown/parse-html.ts';
import { firstInstant, readAuthors, readTags } from '../feed-values.ts';
import type { ImportedFeed, ImportedItem, ImportNote } from '../imported-item.ts';
import { distinctSummary } from '../media.ts';
import type { Archive } from './archive.ts';

/** Lists the posts of a Medium export. */
export function mediumPosts({ paths }: Archive): readonly string[] {
  return paths.filter((path) => /(?:^|\/)posts\/[^/]+\.html$/.test(path));
}

/** Reports whether a page is a post as Medium exports it: with the classes of microformats. */
export function isMediumPost(html: string): boolean {
  return /class="h-entry"|class="[^"]*\be-content\b/.test(html);
}

/** Reads the posts of a Medium export. Responses to other people's posts look like posts, and are imported too. */
export function readMedium(archive: Archive, paths: readonly string[]): ImportedFeed {
  const notes: ImportNote[] = [];
  const items = [...archive.read(paths)].flatMap(([path, html]) => {
    const item = isMediumPost(html) ? readPost(html, path) : undefined;
    if (item === undefined)
      notes.push({ severity: 'warning', source: '', message: `not imported: ${path}, which has no post` });
    return item === undefined ? [] : [item];
  });
  return { authors: [], older: [], items, notes };
}

function readPost(html: string, path: string): ImportedItem | undefined {
  const tree = parseHtml(html);
  if (tree === undefined) return undefined;
  const byClass = new Map<string, Element[]>();
  visitElements(tree.children, (element) => {
    for (const name of classesOf(element)) byClass.set(name, [...(byClass.get(name) ?? []), element]);
  });
  const find = (name: string): Element | undefined => byClass.get(name)?.[0];
  const title = textIn(find('p-name'));
  const canonical = hrefOf(find('p-canonical'));
  const time = find('dt-published');
  const isDraft = /(?:^|\/)draft_[^/]*$/.test(path);
  const number = /-([\da-f]{8,16})\.html$/.exec(path)?.[1];
  const permalink = linkAround(tree, time) ?? (number && `https://medium.com/p/${number}`);
  const author = find('p-author');
  const content = { kind: 'html', text: contentOf(html, find('e-content'), title) } as const;
  const tags = [...(byClass.get('p-tag') ?? []), ...(byClass.get('p-category') ?? [])];
  return {
    // Medium's feed has this link as the id.
    id: permalink ?? canonical,
    url: isDraft ? undefined : (canonical ?? permalink),
    title,
    published: firstInstant(typeof time?.properties.dateTime === 'string' ? time.properties.dateTime : undefined),
    authors: readAuthors([{ name: textIn(author), url: hrefOf(author) }]),
    tags: readTags(tags.map(textIn)),
    content,
    summary: distinctSummary(textIn(find('p-summary')), content),
    files: [],
    isDraft: isDraft || undefined,
    base: canonical ?? 'https://medium.com/',
  };
}

/** Returns the HTML of the content without the title and the line above the first section, which Medium hides. */
function contentOf(html: string, content: Element | undefined, title: string): string {
  const [first, last] = [content?.children[0], content?.children.at(-1)];
  const start = first?.position?.start.offset;
  const end = last?.position?.end.offset;
  if (content === undefined || start === undefined || end === undefined) return '';
  const hidden: Element[] = [];
  visitElements(content.children, (element) => {
    const classes = classesOf(element);
    const isTitle = classes.includes('graf--title') && textIn(element) === title;
    const isFirstLine = classes.includes('section-divider') && element.tagName === 'div' && hidden.length === 0;
    if (isTitle || isFirstLine) hidden.push(element);
  });
  let text = '';
  let from = start;
  for (const { position } of hidden) {
    const at = position?.start.offset ?? from;
    if (at < from) continue;
    text += html.slice(from, at);
    from = position?.end.offset ?? from;
  }
  return text + html.slice(from, end);
}

function classesOf({ properties }: Element): readonly string[] {
  return Array.isArray(properties.className) ? properties.className.map(String) : [];
}

function hrefOf(element: Element | undefined): string | undefined {
  const { href } = element?.properties ?? {};
  return typeof href === 'string' && /^https?:/.test(href) ? href : undefined;
}

/** Finds the address of the link around an element. */
function linkAround(tree: Root, inner: Element | undefined): string | undefined {
  let found: string | undefined;
  visitElements(tree.children, (element) => {
    if (inner !== undefined && element.tagName === 'a' && element.children.includes(inner)) found = hrefOf(element);
  });
  return found;
}

function textIn(node: Element | undefined): string {
  const collect = (nodes: readonly RootContent[]): string =>
    nodes
      .map((one) => (one.type === 'text' ? one.value : one.type === 'element' ? collect(one.children) : ''))
      .join('');
  return oneLine(collect(node?.children ?? []));
}
