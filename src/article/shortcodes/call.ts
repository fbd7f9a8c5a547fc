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
  const flags = source.slice(whole.length).replace(flag, (_, key: string, value: string) => `${key}="${value.trim()}"`);
  for (const [, key, value, bare] of flags.matchAll(argument)) {
    if (key !== undefined) named.set(key.toLowerCase(), unquoted(value ?? ''));
    else if (bare !== undefined) positional.push(unquoted(bare));
  }
  return { name, positional, named };
}

/** A flag, as in `picture ship.png --alt A ship`. */
const flag = /(?<=\s)--(alt|caption|title)\s+((?:(?!\s--)[^"\n])+)/g;
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

/** Returns the value of a key of front matter that an output tag names, if its filters leave it as it is. */
export function pageValue(
  expression: string,
  frontMatter: ((name: string) => string | undefined) | undefined,
): string | undefined {
  const [, name = '', filters = ''] = /^(\$?[a-z][\w.-]*(?:\[["'][\w-]+["']\])?)\s*(\|.*)?$/i.exec(expression) ?? [];
  const fallback = /\|\s*(?:default(?:\(|:\s*)(?:value=)?|\|\s*)(?:"[^"]*"|'[^']*')\)?/.exec(filters)?.[0];
  if (name === '' || !plainFilters.test(filters.replace(fallback ?? '', ''))) return undefined;
  return (
    frontMatter?.(name.replace(/\[["']([\w-]+)["']\]/, '.$1')) ??
    (fallback && unquoted(/["'].*["']/.exec(fallback)?.[0] ?? ''))
  );
}

/** Filters that make an address absolute, or escape text. */
const plainFilters =
  /^(?:\|\s*(?:relative_url|absolute_url|url|safe|escape(?:_once)?|xml_escape|e|strip|smartify|markdownify|(?:prepend|append):\s*site\.[\w.]+)\s*)*$/;
