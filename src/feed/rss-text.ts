/**
 * Carries text through the library `feed` 6 unharmed.
 *
 * Its writer turns `&amp;` in a text into `&`, splits only the first `]]>` of a CDATA section and puts titles into
 * one, where character references don't work. So markup characters travel as control characters, which no legal text
 * contains (XML 1.0 §2.2), and take their final form in {@link itemIn} and {@link assemble}. A test tells when this is no longer needed.
 */
export function carried(text: string): string {
  return text.replace(/[&<>]/g, (character) => carriers[character] ?? character);
}

/** {@link carried} for a field that the library puts into a CDATA section though it is plain text. */
export function plain(text: string): string {
  return bare + carried(text) + bare;
}

/** {@link carried} for HTML that stays in a CDATA section. */
export function section(html: string): string {
  return html.replaceAll(']]>', `]]${sectionEnd}`);
}

/** An item as it stands in a document. */
export interface WrittenItem {
  readonly xml: string;
  /** The prefixes of its extensions. */
  readonly prefixes: readonly string[];
}

/** Takes the one item out of a document that the library wrote. */
export function itemIn(rss: string): string {
  return unpack(rss.slice(...placeOfItem(rss)));
}

/** No text can hold these tags: what was `<` in one is another character still, and HTML knows no such element. */
function placeOfItem(rss: string): [start: number, end: number] {
  return [rss.indexOf('        <item>'), rss.lastIndexOf('</item>\n') + '</item>\n'.length];
}

/**
 * Puts items into a document that the library wrote, in the place of its one item. The root element gets the same namespaces
 * in every document, but for those that only some need: they are declared where a prefix is used. For browsers stylesheets
 * stand before it (the library knows XSLT alone) and a greeting in the channel.
 */
export function assemble(
  rss: string,
  items: readonly WrittenItem[],
  {
    prefixes,
    before,
    greeting,
  }: { readonly prefixes: readonly string[]; readonly before: string; readonly greeting: string },
): string {
  const used = new Set([...prefixes, ...items.flatMap((item) => item.prefixes)]);
  const more = Object.entries(rarer).filter(([prefix]) => used.has(prefix));
  const declared = more.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  const [start, end] = placeOfItem(rss);
  const above = unpack(rss.slice(0, start))
    .replace(/<rss [^>]*>/, () => `${before}${root}${declared}>`)
    .replace(/^ *<generator>/m, (tag) => `        ${greeting}\n${tag}`);
  return `${above}${items.map(({ xml }) => xml).join('')}${unpack(rss.slice(end))}\n`;
}

/** Gives what was carried its final form. */
function unpack(written: string): string {
  return written
    .replaceAll(`<![CDATA[${bare}`, '')
    .replaceAll(`${bare}]]>`, '')
    .replaceAll(sectionEnd, ']]><![CDATA[>')
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
const sectionEnd = '\u0005';

const root =
  '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"' +
  ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0"';
const rarer = {
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
};
