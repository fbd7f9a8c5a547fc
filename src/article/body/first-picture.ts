import type { Picture } from '../article.ts';
import { mediaTypeOf } from '../media-types.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { oneLine } from '../plain-text.ts';
import { linearMath } from './html/math.ts';

/**
 * Finds the picture of an article: the first in its safe HTML that is not an emoji, a badge or another small sign. Its
 * caption is that of its figure, or else `caption`, which comes before the lede, or else its title.
 */
export function findPicture(html: string, caption = ''): Picture | undefined {
  for (const { 0: tag, index } of html.matchAll(/<img ([^>]*)\/>/g)) {
    const { src = '', alt = '', title = '', ...sizes } = attributesOf(tag);
    const [width, height] = [pixels(sizes.width), pixels(sizes.height)];
    if (!/^https?:/.test(src) || Math.min(width ?? smallest, height ?? smallest) < smallest) continue;
    const type = mediaTypeOf(new URL(src).pathname);
    const isSized = width !== undefined && height !== undefined;
    return omitUndefined({
      url: src,
      type: type?.startsWith('image/') ? type : undefined,
      width: isSized ? width : undefined,
      height: isSized ? height : undefined,
      alt: oneLine(alt) || undefined,
      caption: figureCaption(html, index) || caption || oneLine(title) || undefined,
    });
  }
  return undefined;
}

/** Pixels a side; smaller pictures are signs. */
const smallest = 50;

/** Parses the attributes of a tag that {@link safeHtml} wrote. */
function attributesOf(tag: string): Record<string, string> {
  const attributes = [...tag.matchAll(/ ([a-z]+)="([^"]*)"/g)];
  return Object.fromEntries(attributes.map(([, name = '', value = '']) => [name, readText(value)]));
}

function pixels(written: string | undefined): number | undefined {
  const number = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(written ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

function figureCaption(html: string, at: number): string {
  const start = html.lastIndexOf('<figure', at);
  if (start === -1 || html.lastIndexOf('</figure>', at) > start) return '';
  const figure = html.slice(start, html.indexOf('</figure>', at));
  return readText(/<figcaption[^>]*>(.*?)<\/figcaption>/s.exec(figure)?.[1] ?? '');
}

/** Converts safe HTML, which has only four character references, to plain text on one line. */
export function readText(html: string): string {
  return oneLine(
    linearMath(html)
      .replace(blockEnd, ' ')
      .replace(/<[^>]*>/g, '')
      .replace(/&(lt|gt|amp|quot);/g, (_, name: keyof typeof characters) => characters[name]),
  );
}

const blockEnd =
  /<br \/>|<\/(?:address|article|aside|blockquote|caption|[dou]l|d[dt]|details|div|fig(?:ure|caption)|footer|h[1-6]|header|li|p|pre|section|summary|table|t[dhr])>/g;
const characters = { lt: '<', gt: '>', amp: '&', quot: '"' } as const;
