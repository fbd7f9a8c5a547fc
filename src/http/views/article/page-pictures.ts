import { html, raw } from 'hono/html';
import type { Article } from '../../../article/article.ts';
import { escapeHtml } from '../../../feed/xml.ts';
import { pictureSets } from '../../../publication/addresses/picture-sizes.ts';
import type { Site } from '../../../publication/site/site.ts';
import { localAddress } from '../head-view.ts';
import type { Html } from '../language-view.ts';
import { galleries } from './galleries.ts';

/**
 * Adapts the pictures in safe HTML to a page: runs become galleries, all get a fitting size, and only the first one
 * near the top loads at once. `hasLead` means that another picture is above.
 */
export function pagePictures(content: string, site: Site, hasLead = false): string {
  const pieces = galleries(content).split(/(<picture\b|<\/picture>|<div class="gallery">|<\/div>|<img [^<>]*\/>)/);
  let isLead = !hasLead && content.search(/<img /) < nearTop;
  let isInPicture = false;
  let depth = 0;
  return pieces
    .map((piece) => {
      if (piece === '<div class="gallery">') depth = 1;
      else if (piece === '</div>') depth = 0;
      else if (piece === '<picture') isInPicture = true;
      else if (piece === '</picture>') isInPicture = false;
      if (!piece.startsWith('<img ')) return piece;
      const shown = pictureElement(piece, site, { isLead, isInPicture, isSmall: depth > 0 });
      isLead = false;
      return shown;
    })
    .join('');
}

/** Shows the picture of an article as a figure; writes nothing if its text contains the picture. */
export function articlePicture({ image, content }: Article, site: Site, place: PicturePlace = {}): string {
  if (image === undefined || content.includes(`src="${escapeHtml(image.url)}"`)) return '';
  const { url, width, height, alt = '', caption } = image;
  const size = width === undefined || height === undefined ? '' : ` width="${width}" height="${height}"`;
  const element = `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}"${size} />`;
  const words = caption === undefined ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`;
  return `<figure>${pictureElement(element, site, { isLead: true, ...place })}${words}</figure>\n`;
}

/** The most characters above the first picture, about a phone's screen. */
const nearTop = 1200;

export interface PicturePlace {
  /** Whether it is the first picture that people see. */
  readonly isLead?: boolean;
  /** Whether a `<picture>` around it has other sizes. */
  readonly isInPicture?: boolean;
  /** Whether it is in a gallery, or beside a player. */
  readonly isSmall?: boolean;
}

/** Writes an `<img>` of safe HTML with its smaller versions and loading attributes. */
export function pictureElement(img: string, site: Site, place: PicturePlace = {}): string {
  const { isLead = false, isInPicture = false, isSmall = false } = place;
  const start = img.replace(/\s*\/?>$/, '');
  const loading = isLead ? ' fetchpriority="high"' : ' loading="lazy"';
  const element = (more: string): string => `${start}${more}${loading} decoding="async" />`;
  const hasSet = / srcset="/.test(img);
  const sizes = ` sizes="${isSmall ? gallerySizes : isLead ? leadSizes : textSizes}"`;
  if (hasSet) return element(/ srcset="[^"]*\dw/.test(img) && !/ sizes="/.test(img) ? sizes : '');
  const src = / src="([^"]*)"/.exec(img)?.[1] ?? '';
  const width = / width="(\d{1,5})"/.exec(img)?.[1];
  const sets = isInPicture ? [] : pictureSets(src, width === undefined ? undefined : Number(width), site);
  const [first] = sets;
  if (first === undefined) return element('');
  if (first.type === undefined) return element(` srcset="${first.srcset}"${sizes}`);
  const sources = sets.map(({ type, srcset }) => `<source type="${type}" srcset="${srcset}"${sizes} />`);
  return `<picture>${sources.join('')}${element('')}</picture>`;
}

/**
 * Writes the attributes that offer smaller versions of a picture outside an article, in the form that all browsers
 * know. `written` is the `srcset` of its author, for a picture without such versions.
 */
export function smallerVersions(
  { url, width }: { readonly url: string; readonly width: number | undefined },
  site: Site,
  root: string,
  sizes: string,
  written?: string,
): Html | string {
  const made = pictureSets(url, width, site).at(-1)?.srcset;
  const set = made === undefined ? written : escapeHtml(made);
  if (set === undefined) return '';
  const local = set.replace(/[^\s,]\S*/g, (one) => localAddress(one, site, root));
  return html` srcset="${raw(local)}" sizes="${sizes}"`;
}

/** Returns the `srcset` that an author wrote for a picture in safe HTML, if a browser can choose by width. */
export function writtenSet(content: string, url: string): string | undefined {
  const at = content.indexOf(` src="${escapeHtml(url)}"`);
  const img = content.slice(content.lastIndexOf('<', at), content.indexOf('>', at));
  return at === -1 ? undefined : /^<img [^>]* srcset="([^"]*\dw)"/.exec(img)?.[1];
}

/** How wide pictures are shown, by the site's stylesheet. */
const leadSizes = '(max-width: 640px) 100vw, (max-width: 1240px) 80vw, 918px';
const textSizes = '(max-width: 640px) 100vw, 612px';
const gallerySizes = '(max-width: 640px) 50vw, 391px';
