import type { Article } from '../../src/article/article.ts';
import type { Format } from '../../src/feed/formats.ts';
import type { Page } from '../../src/publication/page.ts';
import { ATOM, CONTENT, DC, MEDIA } from '../validators/namespaces.ts';
import { childrenOf, type Node, parseXml, seedText } from '../validators/tree.ts';

/** The facts of a feed that every format has. */
export interface Reading {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly items: readonly ItemReading[];
}

export interface ItemReading {
  readonly id: string;
  readonly link: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly published: number;
  readonly updated: number;
  /** The article's, else the feed's. */
  readonly language: string;
  /** Names. */
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  /** Empty if there is none, like `content`. */
  readonly summary: string;
  readonly content: string;
  /** The address of the picture, else of the first enclosure that is one: readers show that. */
  readonly image?: string;
  /** The enclosure that RSS has or would have; its length is 0 if unknown. */
  readonly enclosure?: { readonly url: string; readonly type: string; readonly length: number };
}

/** Reads a document with an XML or JSON parser, without our code. */
export function read(name: Format['name'], text: string): Reading {
  return { rss: readRss, atom: readAtom, json: readJson }[name](text);
}

/** What a page's document in that format must state, derived from the page. */
export function readingOf({ site, articles }: Page, name: Format['name']): Reading {
  const standIns = site.authors.length > 0 || name !== 'atom' ? site.authors : [{ name: site.title }];
  const whole = ({ content, extent = site.content }: Article): boolean => extent === 'full' && content !== '';
  const item = (article: Article): ItemReading => ({
    id: name === 'atom' ? article.id : (article.plainId ?? article.id),
    link: article.permalink,
    title: article.title,
    published: Date.parse(article.published),
    updated: Date.parse(article.updated),
    authors: (article.authors.length > 0 ? article.authors : standIns).map((author) => author.name),
    language: article.language ?? site.language,
    tags: article.tags,
    summary: article.summary || (whole(article) ? '' : article.title),
    content: contentOf(article, site, whole(article)),
    ...imageOf(article.image?.url, article.enclosures),
    ...oneOf(article.enclosures.map(({ url, type, length = 0 }) => ({ url, type, length }))),
  });
  return {
    title: site.title,
    description: site.description,
    language: site.language,
    items: articles.map(item),
  };
}

/** The whole content, or the summary and a link; marked in the right-to-left languages of the samples. */
function contentOf(article: Article, site: Page['site'], isWhole: boolean): string {
  const { title, permalink, summary, language = site.language } = article;
  const html = (text: string): string =>
    text.replace(/[&<"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '"': '&quot;' })[character] ?? '');
  const lede = summary === '' ? '' : `<p>${html(summary)}</p>\n`;
  const excerpt = `${lede}<p><a href="${html(permalink)}">${html(title)}</a></p>\n`;
  const content = isWhole || article.content === '' ? article.content : excerpt;
  const isMarked = content !== '' && /^(?:ar|he)$/.test(language);
  return isMarked ? `<div dir="rtl" lang="${language}">${content}</div>` : content;
}

/** Removes the characters that XML 1.0 §2.2 forbids, and normalizes line ends as in §2.11. */
export function legal(text: string): string {
  return [...text].filter(isLegal).join('').replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

/** The same for every text inside a value. */
export function legalDeep<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? legal(part) : part)) as T;
}

function isLegal(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}

function readRss(text: string): Reading {
  const [channel] = childrenOf(parseXml(text), 'channel');
  if (channel === undefined) throw new Error('no channel');
  const item = (node: Node): ItemReading => {
    const published = Date.parse(plain(node, 'pubDate'));
    const [mailbox] = childrenOf(node, 'author').map((author) => author.text());
    const [enclosure] = childrenOf(node, 'enclosure').map(({ attributes }) => attributes);
    const pictures = childrenOf(node, 'content', MEDIA).filter(({ attributes }) => attributes.medium === 'image');
    const files = [enclosure ?? {}].map(enclosureOf);
    return {
      id: plain(node, 'guid'),
      link: plain(node, 'link'),
      title: plain(node, 'title'),
      published,
      updated: Date.parse(seedText(node, 'updated', ATOM) ?? '') || published,
      authors:
        mailbox === undefined
          ? childrenOf(node, 'creator', DC).map((creator) => creator.text())
          : [/^\S+ \((.*)\)$/su.exec(mailbox)?.[1] ?? `no name in ${mailbox}`],
      tags: childrenOf(node, 'category').map((category) => category.text()),
      summary: htmlToText(plain(node, 'description')),
      content: seedText(node, 'encoded', CONTENT) ?? '',
      language: seedText(node, 'language', DC) ?? plain(channel, 'language'),
      ...imageOf(pictures[0]?.attributes.url, files),
      ...(enclosure === undefined ? {} : { enclosure: enclosureOf(enclosure) }),
    };
  };
  return {
    title: plain(channel, 'title'),
    description: plain(channel, 'description'),
    language: plain(channel, 'language'),
    items: childrenOf(channel, 'item').map(item),
  };
}

function readAtom(text: string): Reading {
  const feed = parseXml(text);
  const field = (node: Node, name: string): string => seedText(node, name, ATOM) ?? '';
  const names = (node: Node): string[] => childrenOf(node, 'author', ATOM).map((author) => field(author, 'name'));
  const links = (node: Node, rel: string): Node['attributes'][] =>
    childrenOf(node, 'link', ATOM)
      .map(({ attributes }) => attributes)
      .filter((attributes) => attributes.rel === rel);
  const filesOf = (entry: Node) =>
    links(entry, 'enclosure').map(({ href = '', ...rest }) => enclosureOf({ ...rest, url: href }));
  const item = (entry: Node): ItemReading => ({
    id: field(entry, 'id'),
    link: links(entry, 'alternate')[0]?.href ?? '',
    title: field(entry, 'title'),
    published: Date.parse(field(entry, 'published')),
    updated: Date.parse(field(entry, 'updated')),
    authors: names(entry).length > 0 ? names(entry) : names(feed),
    tags: childrenOf(entry, 'category', ATOM).map(({ attributes }) => attributes.label ?? ''),
    summary: field(entry, 'summary'),
    content: field(entry, 'content'),
    language: entry.attributes['xml:lang'] ?? feed.attributes['xml:lang'] ?? '',
    ...imageOf(childrenOf(entry, 'content', MEDIA)[0]?.attributes.url, filesOf(entry)),
    ...oneOf(filesOf(entry)),
  });
  return {
    title: field(feed, 'title'),
    description: field(feed, 'subtitle'),
    language: feed.attributes['xml:lang'] ?? '',
    items: childrenOf(feed, 'entry', ATOM).map(item),
  };
}

interface JsonAuthor {
  readonly name: string;
}
interface JsonItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly authors?: readonly JsonAuthor[];
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly content_html?: string;
  readonly image?: string;
  readonly language?: string;
  readonly attachments?: readonly { url: string; mime_type: string; size_in_bytes?: number }[];
}
interface JsonFeed extends Pick<Reading, 'title' | 'description' | 'language'> {
  readonly authors?: readonly JsonAuthor[];
  readonly items: readonly JsonItem[];
}

function readJson(text: string): Reading {
  const { title, description, language, authors = [], items } = JSON.parse(text) as JsonFeed;
  const filesOf = ({ attachments = [] }: JsonItem) =>
    attachments.map(({ url, mime_type, size_in_bytes = 0 }) => ({ url, type: mime_type, length: size_in_bytes }));
  const item = (item: JsonItem): ItemReading => ({
    id: item.id,
    link: item.url,
    title: item.title,
    published: Date.parse(item.date_published),
    updated: Date.parse(item.date_modified),
    authors: (item.authors ?? authors).map(({ name }) => name),
    tags: item.tags ?? [],
    summary: item.summary ?? '',
    content: item.content_html ?? '',
    language: item.language ?? language,
    ...imageOf(item.image, filesOf(item)),
    ...oneOf(filesOf(item)),
  });
  return { title, description, language, items: items.map(item) };
}

function plain(node: Node, name: string): string {
  return seedText(node, name) ?? '';
}

function imageOf(
  picture: string | undefined,
  files: readonly { readonly url: string; readonly type: string }[],
): { image?: string } {
  const image = picture ?? files.find(({ type }) => type.startsWith('image/'))?.url;
  return image === undefined ? {} : { image };
}

function oneOf<T extends { readonly type: string }>(enclosures: readonly T[]): { enclosure?: T } {
  const ranks = [/^audio\//, /^video\//, /./];
  const [enclosure] = ranks.flatMap((rank) => enclosures.filter(({ type }) => rank.test(type)));
  return enclosure === undefined ? {} : { enclosure };
}

function enclosureOf({ url = '', type = '', length = '0' }: Node['attributes']): NonNullable<ItemReading['enclosure']> {
  return { url, type, length: Number(length) };
}

/** RSS's description is HTML; ours is text with two characters escaped. */
function htmlToText(html: string): string {
  // No reference has a name of one letter, so `&` before a space or in "R&D" is literal (HTML §13.2.5.72).
  if (/<|&(?!amp;|lt;)(?=#|[a-z\d]{2})/i.test(html)) throw new Error(`not plain text in HTML: ${html}`);
  return html.replace(/&(amp|lt);/g, (_, name) => (name === 'lt' ? '<' : '&'));
}
