import { mediaTypeOf } from '../media-types.ts';
import type { Call } from './call.ts';

/** Reports whether an address is that of a picture, a recording or another file that sites serve, and not of a page. */
export function isFileAddress(address: string): boolean {
  const type = mediaTypeOf(address.replace(/[?#)>].*$/s, ''));
  return type !== undefined && !/html/.test(type);
}

/**
 * Returns the address of the file that a tag inside an address names, such as `{% link assets/x.png %}`. The alias in
 * front of it stands for the root of the publication.
 */
export function namedFile({ positional, named }: Call): string | undefined {
  const names = ['path', 'src', 'file', 'url', 'image'].flatMap((name) => named.get(name) ?? []);
  const file = [...positional, ...names].find(
    (name) => isFileAddress(name) && !/[{}<>\n]|^[a-z][a-z0-9+.-]*:/i.test(name),
  );
  if (file === undefined) return undefined;
  const path = file.replaceAll(' ', '%20');
  return path.startsWith('.') ? path : `@/${path.replace(/^@?\/+/, '')}`;
}

/**
 * Returns the address of the article that a tag names by its file, such as `relref "two.md#part"` or `post_url
 * 2025-02-25-two`, for a link. A leading `@/` stands for any folder of the publication.
 */
export function articleAddress(name: string): string | undefined {
  const [, path = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(name.trim()) ?? [];
  if (/[{}<>\n\\]|^[a-z][a-z0-9+.-]*:/i.test(name)) return undefined;
  if (path === '') return fragment === '' ? undefined : encoded(fragment);
  const file = path.replace(/\/+$/, '').replace(/(?<=.)\.(?:md|mdx|markdown)$/i, '');
  if (/\.(?:html?|xml|json|txt|css|rst|org|njk|liquid)$|(?:^|\/)\.*$/i.test(file)) return undefined;
  const address = `${encoded(file)}.md${encoded(fragment)}`;
  return address.startsWith('.') ? address : `@/${address.replace(/^@?\/+/, '')}`;
}

/** Encodes what would end an address in Markdown or HTML. */
function encoded(part: string): string {
  return encodeURI(part.toWellFormed()).replace(
    /[()?&']/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
