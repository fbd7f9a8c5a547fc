/** Which documents the site has, at which addresses, and how links between files become links between pages. */
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** A link of the navigation. */
export interface Entry {
  readonly text: string;
  readonly url: string;
}

/** A group of the navigation, as the list of documents in README.md has it. */
export interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Returns the address of a document below the site: `/writing/` for `docs/writing.md`. */
export function addressOf(path: string): string {
  const plain = path
    .replace(/^docs\//, '')
    .replace(/\.md$/, '')
    .replace(/(?:^|(?<=\/))README$/, '')
    .replace(/^[A-Z]+$/, (name) => name.toLowerCase());
  return `/${plain}${plain === '' || plain.endsWith('/') ? '' : '/'}`;
}

/** Returns the path at which the site has another file of the checkout. */
export function fileAddress(path: string): string {
  return `/${path.replace(/^docs\//, '')}`;
}

/** Resolves a link in a document to an address below the site. Links to other sites stay. */
export function resolveLink(from: string, link: string): string {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(link)) return link;
  const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/.exec(link) ?? [];
  const target = posix.join(posix.dirname(from), decodeURI(path));
  return (target.endsWith('.md') ? addressOf(target) : fileAddress(target)) + anchor;
}

/** Returns the text of a document without Markdown. */
function plain(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Returns the title of a document and its first paragraph. */
export function describe(text: string): { readonly title: string; readonly description: string } {
  const [, title = ''] = /^# (.*)$/m.exec(text) ?? [];
  const blocks = text.slice(text.indexOf(title) + title.length).split(/\n{2,}/);
  const first = blocks.find((block) => /^[\p{L}[`]/u.test(block) && !block.startsWith('```')) ?? '';
  return { title: plain(title), description: plain(first).slice(0, 200) };
}

/** Reads the navigation from the list of documents in README.md, so that there is one list. */
export function navigationIn(readme: string): readonly Group[] {
  const [, list = ''] = /^## Documents\n+([\s\S]*?)(?=\n\n[^-\s]|$(?![\s\S]))/m.exec(readme) ?? [];
  return list.split(/^- /m).flatMap((item) => {
    const [, name = '', rest = ''] = /^([^:]+): ([\s\S]*)$/.exec(item) ?? [];
    const entries = [...rest.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, text = '', path = '']) => ({
      text: capitalized(text.replace(/\s+/g, ' ').replace(/\.md$/, '')),
      url: addressOf(path),
    }));
    return entries.length === 0 ? [] : [{ name, entries }];
  });
}

/** Makes an entry of the navigation from text in a sentence: a capital first, and `CHANGELOG` as `Changelog`. */
function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + (/^[A-Z]{5,}$/.test(text) ? text.slice(1).toLowerCase() : text.slice(1));
}

/** Lists the files of the checkout to which documents link, apart from documents. */
export function linkedFiles(paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) =>
      /^[a-z]+:/.test(link) ? '' : posix.join(posix.dirname(from), link),
    ),
  );
  return [...new Set(found)].filter((path) => path !== '' && !path.endsWith('.md') && existsSync(path)).sort();
}

/** Returns the anchor that GitHub gives to a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
