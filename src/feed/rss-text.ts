/**
 * Carries text through the library `feed` 6 unharmed.
 *
 * Its writer turns `&amp;` in a text into `&`, splits only the first `]]>` of a CDATA section and puts titles into
 * one, where character references don't work. So markup characters travel as control characters, which no legal text
 * contains (XML 1.0 §2.2), and take their final form in {@link unpack}. A test tells when this is no longer needed.
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

/**
 * Gives what was carried its final form, and the root element the same namespaces in every document, but for those
 * that only some need: they are declared where a prefix is used. For browsers it puts stylesheets before it (the library
 * knows XSLT alone) and a greeting into the channel.
 */
export function unpack(
  rss: string,
  prefixes: ReadonlySet<string>,
  { before, greeting }: { readonly before: string; readonly greeting: string },
): string {
  const more = Object.entries(rarer).filter(([prefix]) => prefixes.has(prefix));
  const declared = more.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  return `${rss
    .replace(/<rss [^>]*>/, () => `${before}${root}${declared}>`)
    // No text can hold this tag: what was `<` in one is another character still.
    .replace(/^ *<generator>/m, (tag) => `        ${greeting}\n${tag}`)
    .replaceAll(`<![CDATA[${bare}`, '')
    .replaceAll(`${bare}]]>`, '')
    .replaceAll(sectionEnd, ']]><![CDATA[>')
    .replaceAll(carriers['&'], '&#x26;')
    .replaceAll(carriers['<'], '&#x3C;')
    .replaceAll(`]]${carriers['>']}`, ']]&#x3E;')
    .replaceAll(carriers['>'], '>')}\n`;
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
