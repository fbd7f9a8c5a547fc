/** Returns the part of a path that names the article: the file name without its extension, or `x` for `x/index.md`. */
export function seedName(path: string): string {
  const start = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  const last = path.slice(start, dot >= start && dot < path.length - 1 ? dot : undefined);
  // Translations of a bundle are in the same folder: `x/index.md`, `x/index.de.md`.
  const [index, language = ''] = (start > 0 && /^_?index(\.[a-z]{2}(?:-[a-z]{2,4})?)?$/i.exec(last)) || [];
  return index === undefined
    ? last
    : `${
        path
          .slice(0, start - 1)
          .split('/')
          .at(-1) ?? ''
      }${language}`;
}

/**
 * Converts a name to a path segment: letters and digits of any script in lower case, everything else as single hyphens.
 *
 * It depends on the file name and never on the headline, so a new headline keeps the address.
 */
export function slugOf(name: string): string {
  // Most names are slugs already.
  if (plainSlug.test(name)) return name;
  const slug = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return /[\p{L}\p{N}_]/u.test(slug) ? slug : symbolSlug(name);
}

/** Names a symbol, such as an emoji, by its code point, so that two files keep two addresses. */
function symbolSlug(name: string): string {
  const symbols = [...name.normalize('NFC')].filter((sign) => /[\p{S}\p{P}]/u.test(sign) && sign > '\x7F');
  return symbols.map((sign) => sign.codePointAt(0)?.toString(16)).join('-') || 'untitled';
}

const plainSlug = /^[a-z\d_]+(?:-[a-z\d_]+)*$/;

/** Removes the date that Jekyll requires at the start of file names but puts in folders of its addresses. */
export function withoutDay(slug: string): string {
  return slug.replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '');
}
