import { lintHtml } from './html.ts';
import { ATOM, CONTENT, DC, DCTERMS } from './namespaces.ts';
import { at, childrenOf, type Node, seedText } from './tree.ts';
import { isWebUrl, readRfc822, readRfc3339 } from './values.ts';

/** Lists where one item breaks our rules. */
export function lintItem(item: Node): string[] {
  return ITEM_RULES.flatMap((rule) => rule(item));
}

/** A contact is `mail (Name)` (R11). */
export function lintContact(contact: Node): string[] {
  const text = contact.text();
  const right = /^[^\s@()]+@[^\s@()]+\.[^\s@()]+ \([^\s)][^()]*\)$/.test(text);
  return right ? [] : [at(contact, `R11 "${text}" is not "mail (Name)"`)];
}

/** The item's pubDate, if it has one that can be read. */
export function publishedAt(item: Node): number | undefined {
  const read = readRfc822(seedText(item, 'pubDate') ?? '');
  return typeof read === 'number' ? read : undefined;
}

/** Every time at which the item says it changed. */
export function changesOf(item: Node): number[] {
  const changes = [publishedAt(item), ...changeDates(item).map((date) => readRfc3339(date.text()))];
  return changes.filter((change) => typeof change === 'number');
}

const ITEM_RULES = [texts, guid, date, change, content, enclosure, author, links, html];

function texts(item: Node): string[] {
  const problems = childrenOf(item, 'category')
    .filter((category) => category.text().trim() === '')
    .map((category) => at(category, 'R2 an empty category'));
  const named = seedText(item, 'title')?.trim() || seedText(item, 'description')?.trim();
  return named ? problems : [...problems, at(item, 'R2 neither title nor description')];
}

function guid(item: Node): string[] {
  const guids = childrenOf(item, 'guid');
  const [first] = guids;
  if (guids.length !== 1 || first === undefined || first.text().trim() === '')
    return [at(item, 'R3 not exactly one guid')];
  const permalink = first.attributes.isPermaLink ?? 'true';
  if (permalink !== 'true' && permalink !== 'false') return [at(first, `R4 isPermaLink="${permalink}"`)];
  const wrong = permalink === 'true' && !isWebUrl(first.text());
  return wrong ? [at(first, `R4 ${first.text()} is no permalink`)] : [];
}

function date(item: Node): string[] {
  return childrenOf(item, 'pubDate').flatMap((node) => {
    const read = readRfc822(node.text());
    return typeof read === 'string' ? [at(node, `R5 ${read}`)] : [];
  });
}

function change(item: Node): string[] {
  const changes = changeDates(item);
  const problems = changes.flatMap((node) => {
    const read = readRfc3339(node.text());
    if (typeof read === 'string') return [at(node, `R16 ${read}`)];
    return read < (publishedAt(item) ?? read) ? [at(node, 'R16 changed before it was published')] : [];
  });
  return changes.length > 1 ? [...problems, at(item, 'R16 more than one time of change')] : problems;
}

function content(item: Node): string[] {
  const names = item.children.map((child) => `{${child.uri}}${child.local}`);
  const full = names.indexOf(`{${CONTENT}}encoded`);
  if (full < 0) return [];
  const summary = names.indexOf('{}description');
  const problems = summary < 0 || summary > full ? [at(item, 'R8 no description before content:encoded')] : [];
  return names.lastIndexOf(`{${CONTENT}}encoded`) > full
    ? [...problems, at(item, 'R8 a second content:encoded')]
    : problems;
}

function enclosure(item: Node): string[] {
  const enclosures = childrenOf(item, 'enclosure');
  const problems = enclosures.flatMap((node) => {
    const { url = '', length = '', type = '' } = node.attributes;
    return [
      ...(isWebUrl(url) ? [] : [at(node, `R9 url "${url}"`)]),
      ...(/^\d+$/.test(length) ? [] : [at(node, `R9 length "${length}"`)]),
      ...(/^[\w.+-]+\/[\w.+-]+$/.test(type) ? [] : [at(node, `R9 type "${type}"`)]),
    ];
  });
  return enclosures.length > 1 ? [...problems, at(item, 'R10 more than one enclosure')] : problems;
}

function author(item: Node): string[] {
  const authors = childrenOf(item, 'author');
  const creators = childrenOf(item, 'creator', DC);
  return [
    ...authors.flatMap(lintContact),
    ...creators
      .filter((creator) => !/^[^@\s]+(?: [^@\s]+)*$/.test(creator.text()))
      .map((creator) => at(creator, `R11 "${creator.text()}" is not a bare name`)),
    ...(authors.length > 0 && creators.length > 0 ? [at(item, 'R11 both author and dc:creator')] : []),
  ];
}

function links(item: Node): string[] {
  const urls = [
    ...['link', 'comments'].flatMap((name) => childrenOf(item, name).map((node) => node.text())),
    ...childrenOf(item, 'source').map((node) => node.attributes.url ?? ''),
    ...childrenOf(item, 'link', ATOM).map((node) => node.attributes.href ?? ''),
  ];
  return urls.filter((url) => !isWebUrl(url)).map((url) => at(item, `C2 "${url}" is not absolute`));
}

function html(item: Node): string[] {
  return [...childrenOf(item, 'description'), ...childrenOf(item, 'encoded', CONTENT)].flatMap((node) =>
    lintHtml(node.text()).map((problem) => at(node, problem)),
  );
}

function changeDates(item: Node): Node[] {
  return [...childrenOf(item, 'updated', ATOM), ...childrenOf(item, 'modified', DCTERMS)];
}
