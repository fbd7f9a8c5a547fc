import { extname } from 'node:path';
import type { Problem } from '../../../article/problem.ts';
import { siteRootFolder } from '../../disk/served-file.ts';

/** Text that some framework publishes and that is not read here. */
const texts =
  /\.(?:html?|xhtml|qmd|rmd|rst|adoc|asciidoc|org|ipynb|textile|njk|liquid|pug|haml|slim|hbs|ejs|erb|vto|webc|typ|tex|wiki|mediawiki|creole|mdoc|md[xk]n|mkd|mkdn|mdown|astro|svelte|vue)$/i;

/** Folders of templates, and what begins with `_`, hold no articles. */
const templates = /(?:^|\/)(?:_[^/]*|includes?|layouts?|partials?|templates?|themes?|components?)(?:\/|$)/i;

/** Counts the files that may be articles in formats that are not read, in one problem at the first of them. */
export function unreadFiles(prefix: string, paths: readonly string[]): readonly Problem[] {
  const unread = paths.filter((path) => texts.test(path) && !templates.test(path) && !path.startsWith(siteRootFolder));
  const [first] = unread;
  if (first === undefined) return [];
  const kinds = new Map<string, number>();
  for (const path of unread) {
    const kind = extname(path).toLowerCase();
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const counts = [...kinds].toSorted(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`);
  const are = unread.length === 1 ? 'file is' : 'files are';
  const message = `${counts.join(', ')} ${are} not read and not published; convert what should be an article to Markdown`;
  return [{ file: prefix + first, line: 1, column: 1, severity: 'warning', code: 'unread-file', message }];
}
