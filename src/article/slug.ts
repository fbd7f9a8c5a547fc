/** The part of a seed's path that names the article: the file's name without its ending; of `x/index.md`, `x`. */
export function seedName(path: string): string {
  const start = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  const last = path.slice(start, dot >= start && dot < path.length - 1 ? dot : undefined);
  // A bundle's translations stand beside each other: `x/index.md`, `x/index.de.md`.
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
 * Makes a path segment of a name: letters and digits of any script in lower case, everything else as single hyphens.
 *
 * Depends on the name alone, never on the headline, so a new headline leaves the address as it was.
 */
export function slugOf(name: string): string {
  // Most names are one already.
  if (plainSlug.test(name)) return name;
  const slug = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'untitled' : slug;
}

const plainSlug = /^[a-z\d_]+(?:-[a-z\d_]+)*$/;

/** Jekyll's names of files have the day in front, its addresses in folders. */
export function withoutDay(slug: string): string {
  return slug.replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '');
}
