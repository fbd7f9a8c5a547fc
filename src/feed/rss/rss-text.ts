/**
 * Protects text from the library `feed` 6.
 *
 * Its writer turns `&amp;` in a text into `&`, splits only the first `]]>` of a CDATA section, and puts titles into
 * CDATA, where character references don't work. So markup characters pass through it as control characters, which no
 * legal text contains (XML 1.0 §2.2); {@link unpack} replaces them. A test fails once this is not needed.
 */
export function carried(text: string): string {
  return text.replace(/[&<>]/g, (character) => carriers[character] ?? character);
}

/** {@link carried} for plain text that the library puts into a CDATA section. */
export function plain(text: string): string {
  return bare + carried(text) + bare;
}

/** Replaces the control characters by their final form. */
export function unpack(written: string): string {
  // Most texts have none.
  if (!hasCarrier.test(written)) return written;
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
/** Around {@link plain} text. */
export const bare = '\u0004';
const hasCarrier = new RegExp(`[${Object.values(carriers).join('')}${bare}]`);
