/**
 * Protects text from the library `feed` 6.
 *
 * Its writer turns `&amp;` in a text into `&`, splits only the first `]]>` of a CDATA section, and puts titles into
 * CDATA, where character references don't work. So markup characters pass through it as control characters, which no
 * legal text contains (XML 1.0 §2.2); {@link itemsIn} and {@link assemble} replace them. A test fails once this is not
 * needed.
 */
export function carried(text: string): string {
  return text.replace(/[&<>]/g, (character) => carriers[character] ?? character);
}

/** {@link carried} for plain text that the library puts into a CDATA section. */
export function plain(text: string): string {
  return bare + carried(text) + bare;
}

/**
 * Passes through the library in place of an item's content, which is HTML in a CDATA section. The library would copy
 * it eight times.
 */
export const contentPlace = '\u0005';

/** An item in its final form. */
export interface WrittenItem {
  readonly xml: string;
  /** The namespace prefixes of its extensions. */
  readonly prefixes: readonly string[];
}

/** Extracts the items of a document that the library wrote, and puts the content of each into its place. */
export function itemsIn(rss: string, contents: readonly string[]): readonly string[] {
  const items = unpack(rss.slice(...placeOfItems(rss))).split(itemEnd);
  return contents.map((html, i) => {
    const [before = '', after = ''] = items[i]?.split(contentPlace) ?? [];
    return `${before}${html.replaceAll(']]>', ']]]]><![CDATA[>')}${after}${itemEnd}`;
  });
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

/** Replaces the control characters by their final form. */
function unpack(written: string): string {
  return written
    .replaceAll(`<![CDATA[${bare}`, '')
    .replaceAll(`${bare}]]>`, '')
    .replaceAll(carriers['&'], '&#x26;')
    .replaceAll(carriers['<'], '&#x3C;')
    .replaceAll(`]]${carriers['>']}`, ']]&#x3E;')
    .replaceAll(carriers['>'], '>');
}

/** RSS Board profile, "Character Data": in plain text `&` and `<` are written as hexadecimal references. */
const carriers: Readonly<Record<string, string>> & Record<'&' | '<' | '>', string> = {
  '&': '\u0001',
  '<': '\u0002',
  '>': '\u0003',
};
const bare = '\u0004';

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
