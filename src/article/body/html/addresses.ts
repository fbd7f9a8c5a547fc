import type { FindFile, LocalFile } from '../../find-local-file.ts';
import { alias, findLocalFile } from '../../find-local-file.ts';
import { decodePercent } from '../../web-address.ts';
import { isPlaceholder } from './lazy-pictures.ts';

/** The article that contains an address. */
export interface BodyPlace {
  /** Absolute URL against which every address is resolved. */
  readonly permalink: string;
  /**
   * Unique in the publication; it makes the anchors of different articles distinct. Without a slug anchors stay as
   * written, for HTML that will be parsed again.
   */
  readonly slug?: string | undefined;
  readonly findFile?: FindFile | undefined;
}

/** The article of a body that is published. */
export interface ArticlePlace extends BodyPlace {
  readonly slug: string;
}

/** Resolves the addresses of a body. Each result is absolute and has a harmless scheme, or is `undefined`. */
export interface Addresses {
  /** A link: http, https, mailto or tel; `undefined` if it leads nowhere. */
  readonly link: (href: string | undefined) => string | undefined;
  /** A page that is cited. */
  readonly page: (written: string) => string | undefined;
  /** Media to show or play. */
  readonly media: (src: string) => string | undefined;
  /** A picture, which may also be a data URL. */
  readonly picture: (src: string) => string | undefined;
  /** Each candidate of a `srcset` (HTML §4.8.4.2.1): an address, with or without a width or density. */
  readonly set: (srcset: string) => string;
  /** The file of this site that an address means. */
  readonly file: (written: string) => LocalFile | undefined;
  /** The name of an anchor, unique in the publication; `undefined` if no link of the body leads to it. */
  readonly anchor: (id: string) => string | undefined;
}

/** Creates the resolver for an article; `anchors` are the ids in the body that a link of the body leads to. */
export function addressesAt(place: BodyPlace, anchors: ReadonlySet<string> = new Set()): Addresses {
  const { permalink, slug, findFile } = place;
  const prefix = anchorName(slug ?? '');
  const ownNote = new RegExp(`^fn(?:ref)?-${prefix.replaceAll('.', '\\.')}-\\d+(?::\\d+)?$`);
  const anchor = (id: string): string | undefined => {
    if (!anchors.has(id)) return undefined;
    if (slug === undefined) return id;
    return ownNote.test(id) || id.startsWith(`${prefix}--`) ? id : `${prefix}--${anchorName(id)}`;
  };
  const file = (written: string): LocalFile | undefined => findLocalFile(written, findFile);
  const article = (written: string): string | undefined => {
    const url = findLocalFile(written, findFile, 'article')?.url;
    return url && url + (/#.*$/s.exec(new URL(written, permalink).href)?.[0] ?? '');
  };
  const absolute = (written: string, schemes: RegExp): string | undefined => {
    const url = file(written)?.url;
    if (url !== undefined) return url + (/#.*$/s.exec(written)?.[0] ?? '');
    if (alias.test(written)) return undefined;
    const resolved = URL.canParse(written, permalink) ? new URL(written, permalink).href : '';
    return schemes.test(resolved) ? resolved : undefined;
  };
  const show = (src: string, isPage: (written: string) => boolean): string | undefined => {
    const written = src.trim();
    return isPage(written) && file(written) === undefined ? undefined : absolute(written, web);
  };
  const media = (src: string): string | undefined => show(src, isInside);
  // HTML that will be parsed again comes from another site, which may have pictures at any address.
  const isPage = slug === undefined ? isInside : isNoFile;
  const picture = (src: string): string | undefined => {
    if (isPlaceholder(src)) return undefined;
    const written = src.trim();
    return rasterData.test(written) ? absolute(written, rasterData) : show(written, isPage);
  };
  return {
    link: (href) => {
      const written = href?.trim() ?? '';
      if (written === '' || written === '#') return undefined;
      if (markdownFile.test(written)) return article(written);
      const own = written.startsWith('#') ? anchor(fragmentOf(written)) : undefined;
      if (own !== undefined && slug === undefined) return written;
      return absolute(own === undefined ? written : `#${own}`, linkSchemes);
    },
    page: (written) => show(written, (text) => text === ''),
    media,
    picture,
    set: (srcset) =>
      [...srcset.matchAll(candidates)]
        .flatMap(([, written = '', size]) => {
          const url = picture(written);
          return url === undefined ? [] : [size === undefined ? url : `${url} ${size}`];
        })
        .join(', '),
    file,
    anchor,
  };
}

/** Encodes an id or slug for an anchor in ASCII, since readers compare an anchor with the link as written. */
export function anchorName(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[%!'()*]/g, (sign) =>
    sign === '%' ? '.' : `.${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Returns the id that a link such as `#x` leads to. */
export function fragmentOf(href: string): string {
  return decodePercent(href.slice(1));
}

function isInside(written: string): boolean {
  return /^(?:#|$)/.test(written);
}

/**
 * Reports whether an address cannot be that of a file to show: empty, inside the article, or of a page, a folder or a
 * Markdown file of this site.
 */
export function isNoFile(written: string): boolean {
  if (/^(?:[#?]|$)/.test(written)) return true;
  if (/^[a-z][a-z0-9+.-]*:|^[\\/]{2}/i.test(written)) return false;
  const path = written.replace(/[?#].*$/s, '');
  return /(?:^|\/)[^./]*$|(?:^|\/)\.{1,2}$|\.(?:md|mdx|markdown|html?)$/i.test(path) && !/\?./s.test(written);
}

const web = /^https?:/;
const linkSchemes = /^(?:https?|mailto|tel):/;
/** Data URLs of raster images; an SVG image could contain a script. */
export const rasterData = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon);base64,/i;
/** A link to another Markdown file, which stands for the article in it. */
export const markdownFile = /^(?![a-z][a-z0-9+.-]*:|[\\/]{2})[^?#]*\.(?:md|mdx|markdown)(?:[?#]|$)/i;
const candidates = /(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+(\d+w|\d+(?:\.\d+)?x|\.\d+x))?\s*(?=,|$)/g;
