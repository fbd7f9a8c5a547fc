import { keyOf, type Table, type Value } from './syntax/value.ts';

/**
 * Returns a function that looks up the key of front matter that a template in the body names: `page.image` (Jekyll),
 * `page.extra.image` (Zola), `$frontmatter.image` (VitePress), `$doc.image` (Nuxt), or `image` alone (Eleventy). It
 * finds text, numbers and dates as they are written.
 */
export function pageValues(table: Table): (name: string) => string | undefined {
  return (name) => {
    const path = name.replace(page, '').split('.').map(keyOf);
    const found = [[], ['params'], ['extra']].map((below) => scalarAt(table, [...below, ...path]));
    return found.find((text) => text !== undefined);
  };
}

/** What templates call the article. */
const page = /^(?:\$?page|\$?doc(?:ument)?|post|(?:props\.)?\$?front_?matter)\.(?:(?:params|meta|data)\.)?/i;

function scalarAt(table: Table, path: readonly string[]): string | undefined {
  let found: Value | undefined = table;
  for (const key of path) found = found?.kind === 'table' ? found.entries.get(key) : undefined;
  const text = found?.kind === 'scalar' ? found.text.trim() : '';
  return text === '' || text.includes('\n') ? undefined : text;
}
