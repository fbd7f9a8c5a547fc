/** The name and the arguments of a shortcode or component. */
export interface Call {
  readonly name: string;
  readonly positional: readonly string[];
  /** Keys are in lower case. */
  readonly named: ReadonlyMap<string, string>;
}

/** Parses `name a "b" c="d"`, and `name(c="d")` as in Zola. */
export function readCall(source: string): Call {
  const [whole, name = ''] = /^[^\w/@<>]*([\w./:@-]*)[\s(,]*/.exec(source) ?? [''];
  const positional: string[] = [];
  const named = new Map<string, string>();
  for (const [, key, value, bare] of source.slice(whole.length).matchAll(argument)) {
    if (key !== undefined) named.set(key.toLowerCase(), unquoted(value ?? ''));
    else if (bare !== undefined) positional.push(unquoted(bare));
  }
  return { name, positional, named };
}

/** A quotation that is never closed ends with the text. */
const quotation = '"(?:[^"\\\\]|\\\\[\\s\\S])*"?|\'(?:[^\'\\\\]|\\\\[\\s\\S])*\'?|`[^`]*`?';
const argument = new RegExp(
  `([\\w-]+)(?:\\s*=\\s*|:\\s+|:(?=["']))(${quotation}|[^\\s,"'\`()]+)|(${quotation}|[^\\s,"'\`()]+)`,
  'g',
);

export function unquoted(text: string): string {
  const [quote = ''] = text;
  if (!/["'`]/.test(quote)) return text;
  const inner = text.slice(1, text.length > 1 && text.endsWith(quote) ? -1 : undefined);
  return quote === '`' ? inner : inner.replace(/\\(["'\\])/g, '$1');
}
