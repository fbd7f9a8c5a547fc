import type { Element } from 'hast';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { someElement } from './hast.ts';

/** How the addresses of a body are written. */
export interface Addressing {
  /** Absolute address that relative ones are resolved against. */
  readonly base: string;
  /**
   * Returns a replacement for an absolute address, such as the path of a downloaded file. `isFile` is true for a
   * picture, a recording or a link to a picture, and false for other links.
   */
  readonly rename?: (address: string, isFile: boolean) => string | undefined;
}

const media = new Set(['img', 'source', 'audio', 'video', 'track']);

/** Makes the addresses of an element absolute, or those of its downloaded files. */
export function resolveAddresses(element: Element, { base, rename }: Addressing): void {
  const { tagName, properties } = element;
  for (const name of ['href', 'src', 'poster', 'cite', 'data', 'dataSrc']) {
    const written = properties[name];
    if (typeof written !== 'string') continue;
    const address = resolve(written, base);
    const isLink = tagName === 'a' && name === 'href';
    const isFile = isLink ? linksPicture(element, address, base) : media.has(tagName) && name !== 'href';
    properties[name] = (isFile || isLink ? rename?.(address, isFile) : undefined) ?? address;
  }
  const { srcSet } = properties;
  if (srcSet === undefined) return;
  // A downloaded picture has no other sizes.
  if (rename !== undefined && /^(?!https?:)/.test(String(properties.src ?? 'https:'))) delete properties.srcSet;
  else
    properties.srcSet = String(srcSet).replace(
      /(^|,)(\s*)([^\s,]\S*[^\s,]|[^\s,])/g,
      (_, comma: string, space: string, address: string) => `${comma}${space}${resolve(address, base)}`,
    );
}

/**
 * Reports whether a link leads to a picture of the same site, or from a picture to a larger one. A file name with a
 * colon is a page, as in `File:ship.png`.
 */
function linksPicture({ children }: Element, address: string, base: string): boolean {
  if (!/^https?:/.test(address)) return false;
  const { pathname, host } = new URL(address);
  if (mediaTypeOf(pathname)?.startsWith('image/') !== true || /:[^/]*$/.test(pathname)) return false;
  return host === new URL(base).host || someElement(children, ({ tagName }) => tagName === 'img');
}

/** Keeps anchors of the body and addresses that can't be resolved as they are. */
function resolve(written: string, base: string): string {
  const address = written.trim();
  if (address === '' || address.startsWith('#') || !URL.canParse(address, base)) return address;
  const { href } = new URL(address, base);
  return /^https?:/.test(href) ? href.replace(/[{}|\\^`]/g, encodeURIComponent) : address;
}
