import type { Site } from '../site/site.ts';
import { mediaFolder } from './address.ts';

/** A picture in several widths, all of one media type. */
export interface PictureSet {
  /** The media type; absent if the server chooses it for each browser. */
  readonly type?: string;
  /** The candidates of a `srcset`, with absolute URLs. */
  readonly srcset: string;
}

/** Pixels: a phone, a phone with a dense screen, the column of text on a dense screen. */
export const pictureWidths = [480, 800, 1360] as const;

/** The assumed width of a picture of unknown size, in pixels. The stylesheet sizes it, and nothing is enlarged. */
export const unknownWidth = 1360;

/** The endings and media types of the forms in which sharp stores a picture, the smallest first. */
export const pictureForms = { avif: 'image/avif', webp: 'image/webp' } as const;

const forms = Object.entries(pictureForms) as [PictureForm, string][];

/** The form of a smaller picture. */
export type PictureForm = keyof typeof pictureForms;

/** Lists smaller versions of a picture of this site that is `width` pixels wide; none if it can't have any. */
export function pictureSets(
  url: string,
  width: number | undefined,
  site: Pick<Site, 'url' | 'pictures'>,
): readonly PictureSet[] {
  const path = width === undefined || site.pictures === undefined ? undefined : scalablePath(url, site);
  if (path === undefined || width === undefined) return [];
  const next = pictureWidths.find((one) => one >= width) ?? pictureWidths[pictureWidths.length - 1];
  const widths = pictureWidths.filter((one) => one < width || one === next);
  const set = (address: (width: (typeof pictureWidths)[number]) => string): string =>
    widths.map((one) => `${address(one)} ${Math.min(one, width)}w`).join(', ');
  if (site.pictures === 'cloudflare') return [{ srcset: set((one) => cloudflareAddress(url, one)) }];
  return forms.map(([form, type]) => ({
    type,
    srcset: set((one) => new URL(resizedPath(path, { width: one, form }), site.url).href),
  }));
}

/** The folder of the addresses of smaller pictures. */
export const resizedFolder = 'resized';

/** A smaller picture. */
export interface ResizedPicture {
  /** The path of the picture's own address, below the site's address. */
  readonly original: string;
  readonly width: (typeof pictureWidths)[number];
  readonly form: PictureForm;
}

/** Reads the path of a smaller picture, such as `resized/480/media/a.jpg.webp`; `undefined` for any other path. */
export function readResizedPath(path: string): ResizedPicture | undefined {
  const [, digits, original = '', form] = resizedPattern.exec(path) ?? [];
  const width = pictureWidths.find((one) => String(one) === digits);
  if (width === undefined || (form !== 'avif' && form !== 'webp')) return undefined;
  return { original, width, form };
}

const resizedPattern = new RegExp(`^${resizedFolder}/(\\d+)/(${mediaFolder}/.+\\.(?:jpe?g|png))\\.(\\w+)$`, 'i');

/** Returns the path of a smaller version of the picture with this path. */
export function resizedPath(original: string, { width, form }: Pick<ResizedPicture, 'width' | 'form'>): string {
  return `${resizedFolder}/${width}/${original}.${form}`;
}

/** Reports whether a media file may have smaller versions. WebP and AVIF are small, and often animated. */
export function isScalable(path: string): boolean {
  return scalable.test(path);
}

const scalable = new RegExp(`^${mediaFolder}/[^?#]+\\.(?:jpe?g|png)$`, 'i');

/** The path below the site's address of a picture with pixels. */
function scalablePath(url: string, site: Pick<Site, 'url'>): string | undefined {
  const path = url.startsWith(site.url) ? url.slice(site.url.length) : '';
  return isScalable(path) ? path : undefined;
}

/** The address at which Cloudflare makes a smaller picture, at the root of its zone. */
function cloudflareAddress(url: string, width: number): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${cloudflarePath}width=${width},fit=scale-down,format=auto${pathname}`;
}

const cloudflarePath = '/cdn-cgi/image/';

/** Returns the path of the picture that Cloudflare would make smaller; `undefined` for any other path. */
export function readCloudflarePath(pathname: string): string | undefined {
  if (!pathname.startsWith(cloudflarePath)) return undefined;
  return /^[^/]*(\/[^/\\].*)$/.exec(pathname.slice(cloudflarePath.length))?.[1];
}
