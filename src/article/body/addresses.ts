import type { FindFile, LocalFile } from '../article.ts';

/** The article that an address is written in. */
export interface BodyPlace {
  /** Absolute URL against which every address is resolved. */
  readonly permalink: string;
  /**
   * Unique in the publication; anchors of different articles are told apart by it. Without it they stay as they are written, for
   * HTML that will be read once more.
   */
  readonly slug?: string | undefined;
  readonly findFile?: FindFile | undefined;
}

/** Likewise, of a body as it is published. */
export interface ArticlePlace extends BodyPlace {
  readonly slug: string;
}

/** Reads the addresses of a body: each comes out absolute and of a harmless scheme, or not at all. */
export interface Addresses {
  /** A link's: of the web, of mail or of the telephone; `undefined` where it leads nowhere. */
  readonly link: (href: string | undefined) => string | undefined;
  /** Of something to be shown or played. */
  readonly media: (src: string) => string | undefined;
  /** A picture's, which may stand inside the address itself. */
  readonly picture: (src: string) => string | undefined;
  /** Each candidate of a `srcset` (HTML §4.8.4.2.1): an address, then perhaps a width or a density. */
  readonly set: (srcset: string) => string;
  /** The file of this site that an address means. */
  readonly file: (written: string) => LocalFile | undefined;
  /** The name of an anchor, unique in the publication; `undefined` where no link of the body leads to it. */
  readonly anchor: (id: string) => string | undefined;
}

/** Reads addresses in a place; `anchors` are the ids of the body to which a link of the body leads. */
export function addressesAt(place: BodyPlace, anchors: ReadonlySet<string> = new Set()): Addresses {
  const { permalink, slug, findFile } = place;
  const prefix = anchorName(slug ?? '');
  const ownNote = new RegExp(`^fn(?:ref)?-${prefix.replaceAll('.', '\\.')}-\\d+(?::\\d+)?$`);
  const anchor = (id: string): string | undefined => {
    if (!anchors.has(id)) return undefined;
    if (slug === undefined) return id;
    return ownNote.test(id) || id.startsWith(`${prefix}--`) ? id : `${prefix}--${anchorName(id)}`;
  };
  const file = (written: string): LocalFile | undefined =>
    findFile === undefined || elsewhere.test(written) ? undefined : findFile(written);
  const absolute = (written: string, schemes: RegExp): string | undefined => {
    const url = file(written)?.url;
    if (url !== undefined) return url + (/#.*$/s.exec(written)?.[0] ?? '');
    const resolved = URL.canParse(written, permalink) ? new URL(written, permalink).href : '';
    return schemes.test(resolved) ? resolved : undefined;
  };
  const media = (src: string): string | undefined =>
    src.trim() === '' ? undefined : absolute(src.trim(), web);
  const picture = (src: string): string | undefined =>
    rasterData.test(src.trim()) ? absolute(src.trim(), rasterData) : media(src);
  return {
    link: (href) => {
      const written = href?.trim() ?? '';
      if (written === '' || written === '#' || (markdownFile.test(written) && file(written) === undefined))
        return undefined;
      const own = written.startsWith('#') ? anchor(fragmentOf(written)) : undefined;
      if (own !== undefined && slug === undefined) return written;
      return absolute(own === undefined ? written : `#${own}`, linkSchemes);
    },
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

/** What an id or a slug is called inside an anchor: ASCII, since readers look for an anchor as the link spells it. */
export function anchorName(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[%!'()*]/g, (sign) =>
    sign === '%' ? '.' : `.${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The id that a link such as `#x` means. */
export function fragmentOf(href: string): string {
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return href.slice(1);
  }
}

const web = /^https?:/;
const linkSchemes = /^(?:https?|mailto|tel):/;
/** Pictures that hold nothing but pixels; an SVG could hold a script. */
const rasterData = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon);base64,/i;
/** No file of this site: an address with a scheme or a host, one inside the article, or none. */
const elsewhere = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|[#?]|$)/i;
/** The source of another page, which no site serves: a link to it is dead. */
export const markdownFile = /^(?![a-z][a-z0-9+.-]*:|[\\/]{2})[^?#]*\.(?:md|mdx|markdown)(?:[?#]|$)/i;
const candidates = /(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+(\d+w|\d*\.?\d+x))?\s*(?=,|$)/g;
