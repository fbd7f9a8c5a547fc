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

const { unescapeAll } = new MarkdownIt().utils;
const startTag = /<!--[\s\S]*?(?:-->|$)|<([a-z][a-z0-9-]*)(\s[^<>]*)>/gi;
const attribute = /(?<=[\s"'/])([a-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi;

function attributesOf(written: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...written.matchAll(attribute)].map(([, name = '', double, single, bare]) => {
      const value = double ?? single ?? bare ?? '';
      return [name.toLowerCase(), value.includes('&') ? unescapeAll(value) : value];
    }),
  );
}
