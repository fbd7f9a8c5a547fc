/** A piece of XML that is written already, as against text that still has to be escaped. */
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
 * Writes XML from a template: every value is escaped for the place where it stands unless it is XML itself;
 * `undefined` and an empty list write nothing.
 *
 * @example xml`<link rel="${rel}"/><title>${title}</title>`
 */
export function xml(strings: TemplateStringsArray, ...values: readonly Value[]): Xml {
  let source = strings[0] ?? '';
  values.forEach((value, i) => {
    source +=
      write(value, strings[i]?.endsWith('="') ? escapeAttribute : escapeText) + (strings[i + 1] ?? '');
  });
  return new Xml(source);
}

/** Writes ` name="value"`, or nothing for `undefined`. */
export function attribute(name: string, value: string | number | undefined): Xml | undefined {
  return value === undefined ? undefined : new Xml(` ${name}="${escapeAttribute(String(value))}"`);
}

/**
 * XML 1.0 §2.4, with hexadecimal references as in RSS: some readers resolve named ones twice. A carriage return is a
 * reference too, or parsers would make a line feed of it (§2.11).
 */
function escapeText(text: string): string {
  return text
    .replaceAll('&', '&#x26;')
    .replaceAll('<', '&#x3C;')
    .replaceAll(']]>', ']]&#x3E;')
    .replaceAll('\r', '&#xD;');
}

/**
 * Named references here, for some readers resolve no others in an address. White space other than a blank is a
 * reference, or parsers would make blanks of it (§3.3.3).
 */
function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}

function write(value: Value, escapeValue: (text: string) => string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeValue(value);
  if (typeof value === 'number' || value instanceof Xml) return String(value);
  return value.map(({ source }) => source).join('');
}
