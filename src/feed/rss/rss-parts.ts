import { type Extension, Feed, type Item } from 'feed';
import { bare, unpack } from './rss-text.ts';

/** An item for the library. Its link and date are extensions, which replace the library's elements of their names. */
export type RssItem = Omit<Item, 'link' | 'date'>;

/** An item in its final form. */
export interface WrittenItem {
  readonly xml: string;
  /** The namespace prefixes of its extensions. */
  readonly prefixes: readonly string[];
}

/** What the library writes for all items that differ only in their texts. */
interface Shape {
  /** Markup, and the index of a text of the item, in turn. */
  readonly parts: readonly string[];
  readonly prefixes: readonly string[];
}

/**
 * Writes an item. The library writes only the first item of each shape, and later ones get their texts in its places:
 * nearly all articles have the same elements as another, and the library would take a quarter of the time of a cold
 * feed.
 */
export function writeItem(item: RssItem): WrittenItem {
  const texts: string[] = [];
  const key = shapeOf(item, texts);
  let shape = shapes.get(key);
  if (shape === undefined) {
    shape = writeShape(key);
    if (shapes.size >= shapeLimit) shapes.clear();
    shapes.set(key, shape);
  }
  const { parts, prefixes } = shape;
  return { xml: parts.map((part, i) => (i % 2 === 0 ? part : texts[Number(part)])).join(''), prefixes };
}

const shapes = new Map<string, Shape>();
const shapeLimit = 500;

/** Returns an item as JSON, with places for its texts, and adds the texts to a list in their final form. */
function shapeOf({ extensions = [], ...item }: RssItem, texts: string[]): string {
  const elements = Object.fromEntries(extensions.map(({ name, objects }) => [name, objects]));
  return JSON.stringify({ item, elements }, (_, value: unknown) => {
    // The library leaves out some elements without text.
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return value;
    const text = String(value);
    const isPlain = text.startsWith(bare);
    const place = `${mark}${texts.push(unpack(isPlain ? text.slice(1, -1) : text)) - 1}${mark}`;
    return isPlain ? bare + place + bare : place;
  });
}

function writeShape(shape: string): Shape {
  const { item, elements } = JSON.parse(shape) as { item: RssItem; elements: Record<string, Extension['objects']> };
  const extensions = Object.entries(elements).map(([name, objects]) => ({ name, objects }));
  // Without a date, the library would read the clock.
  const feed = new Feed({ title: '', link: placeholder.link, updated: placeholder.date });
  feed.addItem({ ...placeholder, ...item, extensions });
  const rss = feed.rss2();
  return { parts: unpack(rss.slice(...placeOfItems(rss))).split(places), prefixes: prefixesOf(extensions) };
}

/** Surrounds the index of a text. No legal text contains it. */
const mark = '\u0006';
const places = new RegExp(`${mark}(\\d+)${mark}`);

/** Values for what the library requires: they mark the place of items and of elements that extensions write. */
export const placeholder = { title: '', link: 'https://nowhere.invalid/', date: new Date(0) };

/** The namespace prefixes of extensions. */
export function prefixesOf(extensions: readonly Extension[]): readonly string[] {
  return extensions.map(({ name }) => name.split(':')[0] ?? '');
}

/** No text contains these tags, because `<` is a control character or a reference there. */
function placeOfItems(rss: string): [start: number, end: number] {
  return [rss.indexOf('        <item>'), rss.lastIndexOf(itemEnd) + itemEnd.length];
}

const itemEnd = '</item>\n';

/**
 * Replaces the only item of a document that the library wrote by the given items, and returns the parts. The root
 * element declares the same namespaces in every document, and rarer ones only if their prefix is used. For browsers,
 * stylesheets come before the root (the library supports only XSLT), and a greeting goes into the channel.
 */
export function assemble(
  rss: string,
  items: readonly WrittenItem[],
  {
    prefixes,
    before,
    greeting,
  }: { readonly prefixes: readonly string[]; readonly before: string; readonly greeting: string },
): readonly string[] {
  const used = new Set([...prefixes, ...items.flatMap((item) => item.prefixes)]);
  const more = Object.entries(rarer).filter(([prefix]) => used.has(prefix));
  const declared = more.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  const [start, end] = placeOfItems(rss);
  const above = unpack(rss.slice(0, start))
    .replace(/<rss [^>]*>/, () => `${before}${root}${declared}>`)
    .replace(/^ *<generator>/m, (tag) => `        ${greeting}\n${tag}`);
  return [above, ...items.map(({ xml }) => xml), `${unpack(rss.slice(end))}\n`];
}

const root =
  '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"' +
  ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0"';
const rarer = {
  creativeCommons: 'http://backend.userland.com/creativeCommonsRssModule',
  dcterms: 'http://purl.org/dc/terms/',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
  source: 'http://source.scripting.com/',
};
