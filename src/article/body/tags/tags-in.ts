import MarkdownIt from 'markdown-it';

/** A start tag in HTML. */
export interface Tag {
  /** In lower case. */
  readonly name: string;
  /** Names are in lower case. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Its offset. */
  readonly at: number;
}

/** Lists the start tags with attributes in HTML, and skips comments. */
export function tagsIn(html: string): readonly Tag[] {
  return [...html.matchAll(startTag)].flatMap(({ 1: name, 2: written = '', index: at }) =>
    name === undefined ? [] : [{ name: name.toLowerCase(), attributes: attributesOf(written), at }],
  );
}

/** Lists the names by which links can lead to an element: its id, and the name of an `<a>` (HTML §7.4.6.4). */
export function anchorsOf({ name, attributes }: Pick<Tag, 'name' | 'attributes'>): string[] {
  const names = [attributes.id, name === 'a' ? attributes.name : undefined];
  return names.flatMap((one) => (one === undefined || one === '' ? [] : [one]));
}

/** Resolves the character references of a text in HTML. */
export function decodeText(html: string): string {
  return html.includes('&') ? unescapeAll(html.replaceAll('\\', '\\\\')) : html;
}

const { unescapeAll } = new MarkdownIt().utils;
const startTag = /<!--[\s\S]*?(?:-->|$)|<([a-z][a-z0-9-]*)(\s[^<>]*)>/gi;
const attribute = /(?<=[\s"'/])([a-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi;

function attributesOf(written: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...written.matchAll(attribute)].map(([, name = '', double, single, bare]) => {
      const value = double ?? single ?? bare ?? '';
      return [name.toLowerCase(), decodeText(value)];
    }),
  );
}
