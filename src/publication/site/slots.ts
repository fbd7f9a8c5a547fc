import type { Theme } from './site.ts';

/** A place in the pages that the publisher's theme fills. */
export type Slot = Exclude<keyof Theme, 'style'>;

/** The file of each slot in the folder `theme`. */
export const slotFiles: Readonly<Record<Slot, string>> = {
  head: 'head.html',
  header: 'header.html',
  footer: 'footer.html',
  articleTop: 'article-top.html',
  articleBottom: 'article-bottom.html',
};

/** The names of placeholders, each a fact of the page. The last three are empty on pages without an article. */
export const placeholders = [
  ...['site', 'description', 'language', 'root', 'title', 'address'],
  ...['authors', 'published', 'section'],
] as const;

/** The facts of a page, by placeholder. */
export type PageFacts = Readonly<Record<string, string>>;

/** A placeholder, such as `{{ title }}`, or `{{ title | url_encode }}` for a part of an address. */
const pattern = /\{\{\s*([\w-]+)\s*(?:\|\s*(url_encode)\s*)?\}\}/g;

/**
 * Replaces the placeholders in the HTML of a slot by facts, escaped for text and for attributes in quotation marks.
 * Unknown ones stay as they are.
 */
export function fillSlot(written: string, facts: PageFacts, escaped: (text: string) => string): string {
  return written.replace(pattern, (whole, name: string, filter: string | undefined) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (fact === undefined) return whole;
    return escaped(filter === undefined ? fact : encodeURIComponent(fact));
  });
}

/** Finds unknown placeholders and their offsets. */
export function wrongPlaceholders(written: string): readonly { readonly text: string; readonly at: number }[] {
  const known: readonly string[] = placeholders;
  return [...written.matchAll(/\{\{[^{}]*\}\}/g)]
    .filter(([text]) => !known.includes(new RegExp(`^${pattern.source}$`).exec(text)?.[1] ?? ''))
    .map(({ 0: text, index: at }) => ({ text, at }));
}
