/** A finished piece of XML, unlike text, which still has to be escaped. */
export class Xml {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toString(): string {
    return this.source;
  }
}

type Value = string | number | Xml | readonly Xml[] | undefined;

/**
 * Writes XML from a template. Escapes every value for its place, text or attribute, unless it is XML itself;
 * `undefined` and an empty list write nothing.
 *
 * @example xml`<link rel="${rel}"/><title>${title}</title>`
 */
export function xml(strings: TemplateStringsArray, ...values: readonly Value[]): Xml {
  let source = strings[0] ?? '';
  values.forEach((value, i) => {
    source += write(value, strings[i]?.endsWith('="') ? escapeAttribute : escapeText) + (strings[i + 1] ?? '');
  });
  return new Xml(source);
}

/** Writes the attribute ` name="value"`, or nothing for `undefined`. */
export function attribute(name: string, value: string | number | undefined): Xml | undefined {
  return value === undefined ? undefined : new Xml(` ${name}="${escapeAttribute(String(value))}"`);
}

/** Escapes HTML, in text and attributes alike. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/**
 * Escapes text (XML 1.0 §2.4), by hexadecimal references as in RSS, since some readers resolve named ones twice.
 * Parsers would turn a plain carriage return into a line feed (§2.11).
 */
function escapeText(text: string): string {
  return text
    .replaceAll('&', '&#x26;')
    .replaceAll('<', '&#x3C;')
    .replaceAll(']]>', ']]&#x3E;')
    .replaceAll('\r', '&#xD;');
}

/**
 * Escapes an attribute, by named references, since some readers resolve no others in an address. Parsers would turn
 * other white space into blanks (§3.3.3).
 */
export function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll('\t', '&#x9;').replaceAll('\n', '&#xA;').replaceAll('\r', '&#xD;');
}

function write(value: Value, escapeValue: (text: string) => string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeValue(value);
  if (typeof value === 'number' || value instanceof Xml) return String(value);
  return value.map(({ source }) => source).join('');
}
