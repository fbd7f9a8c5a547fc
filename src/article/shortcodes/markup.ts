import { markdownFile } from '../body/html/addresses.ts';
import { findLocalFile } from '../find-local-file.ts';
import { isFileAddress } from './file-address.ts';
import type { Replacement, Source } from './source.ts';

/** Reads attribute lists and tables of contents, which Markdown dialects add for layout; none of it is text. */
export function dialect(source: Source, at: number, written: string): Replacement | undefined {
  const end = at + written.length;
  if (/^ *\*\[/.test(written)) return { end, text: '', kind: '*[ ]' };
  const before = source.text.slice(Math.max(0, at - 300), at);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const [, id] = /^\{:? ?#([\w-]+)/.exec(written) ?? [];
  // The heading has an id that links of this article use.
  if (id !== undefined && /^ {0,3}#{1,6} /.test(line) && source.isTarget(id))
    return { end, text: `<span id="${id}"></span>` };
  // "{:ok, value}" is not an attribute list.
  if (/^\{:\w+,/.test(written)) return undefined;
  if (/^(?:[-*+] |\d|\[)/.test(written)) return { end, text: '' };
  if (written.startsWith('{:')) return { end, text: '' };
  const isBesideMark = /^ {0,3}#|[)*_`\]]$|^\s*$/.test(line.trimEnd());
  return isBesideMark ? { end, text: '' } : undefined;
}

/** What an abbreviation stands for, `*[HTML]: …`, which browsers show only under the pointer. */
const abbreviation = String.raw`^ {0,3}\*\[[^\]\n]{1,100}\]:[^\n]*(?:\n|$)`;

/** Attribute lists (kramdown `{: .note}`; `{#id}` after a heading or picture) and tables of contents. */
export const dialectOpeners = [
  String.raw`^(?:[-*+]|\d{1,3}\.) [^\n]{0,60}\n\{:toc[^{}\n]*\}`,
  abbreviation,
  String.raw`^\[{1,2}_?[Tt][Oo][Cc]_?\]{1,2}(?=[ \t]*$)`,
  String.raw`\{:(?=[\s.#:/\w])[^{}\n]{0,300}\}`,
  String.raw`\{ ?[#.][\w][^{}\n]{0,200}\}(?=[ \t]*$)`,
  String.raw`(?<=\))\{[#.\w][^{}\n]{0,200}\}`,
  String.raw`(?<=[${'`'}*\]])\{(?:[.#][a-zA-Z]|[a-z][\w-]*=["'])[^{}\n]{0,200}\}`,
];

/** A picture whose address has spaces, as kramdown and Python-Markdown read it. */
export const spacedPicture = String.raw`!\[[^\]\n]{0,300}\]\((?=[^\s()<>{}][^()<>{}\n]{0,300} )[^()<>\n]{1,300}\.(?:avif|gif|jpe?g|png|svg|webp)\)`;

export function pictureWithoutSpaces(at: number, written: string): Replacement {
  const address = written.lastIndexOf('(') + 1;
  return { end: at + written.length, text: written.slice(0, address) + written.slice(address).replaceAll(' ', '%20') };
}

/** Reads a link to another file of a Zola site, `@/blog/other.md`, up to the end of its address. */
export function internalLink({ around: { findFile }, text }: Source, at: number, written: string): Replacement {
  const opening = written.slice(0, written.search(/<?@\//));
  const end = at + written.length;
  const isPicture = /!\[[^\]\n]*$/.test(text.slice(Math.max(0, at - 200), at));
  const as = isPicture ? 'its alternative text' : 'text without a link';
  if (isFileAddress(written)) {
    const address = written.slice(opening.length).replace(/^<|>$/g, '');
    return findLocalFile(address, findFile) === undefined ? { end, kind: '@/', as } : { end };
  }
  // The address of an article is known when the link is rendered.
  if (!isPicture && findFile !== undefined && markdownFile.test(written.slice(opening.length).replace(/^<|>$/g, '')))
    return { end };
  return { end, text: `${opening}#`, kind: '@/', as };
}

const places = '[{|](?:static|attach|filename|tag|category|author|index|archives)[}|]';

/** An address that begins with a placeholder of Pelican: `{static}/menu.pdf`, `|filename|/b.md`. */
export const pelicanOpener = String.raw`(?<=\]\(<?|\]:[ \t]{0,4}<?|\b(?:src|href)=["']?)${places}[^\s<>"')]*`;

/** A quick test for {@link pelicanOpener}. */
export const pelicanSuspect = places;

/**
 * Reads an address that {@link pelicanOpener} found. Pelican's root is the publication's, so files and articles keep
 * their paths; other pages have no address.
 */
export function pelicanAddress({ around }: Source, at: number, written: string): Replacement {
  const [, place = '', path = ''] = /^.(\w+).(.*)$/s.exec(written) ?? [];
  const end = at + written.length;
  if (/^(?:static|attach)$/.test(place) || (place === 'filename' && isFileAddress(path))) return { end, text: path };
  const article = place === 'filename' && around.findFile !== undefined && /\.(?:md|markdown)(?:#|$)/i.test(path);
  if (article) return { end, text: path.startsWith('/') ? `@${path}` : path };
  return { end, text: '#', kind: `{${place}}`, as: 'text without a link' };
}
