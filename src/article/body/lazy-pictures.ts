import { tagsIn } from './tags-in.ts';

/** The attributes of an element; names are in lower case. */
type Attributes = Record<string, string>;

/** Where scripts that load pictures late keep the address, the most common first. */
const lateSources =
  'data-src data-lazy-src data-original data-lazy data-original-src data-actualsrc data-lazyload data-echo'.split(' ');
const lateSets = 'data-srcset data-lazy-srcset data-original-set data-lazyload-srcset'.split(' ');

/**
 * Returns the attributes of a picture, source or player as they are once its script has loaded it: the true address
 * instead of a placeholder.
 */
export function loadedAttributes(attributes: Readonly<Attributes>): Attributes {
  const loaded: Attributes = { ...attributes };
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => attributes[name]?.trim()).find((value) => value !== undefined && isAddress(value));
  const src = first(lateSources);
  const srcset = first(lateSets);
  const poster = first(['data-poster']);
  if (poster !== undefined) loaded.poster = poster;
  if (src === undefined && srcset === undefined) {
    if (isPlaceholder(attributes.src) && isAddress(attributes.srcset ?? '')) loaded.src = largest(attributes.srcset);
    return loaded;
  }
  if (src !== undefined) loaded.src = src;
  else if (loaded.src !== undefined || attributes.alt !== undefined) loaded.src = largest(srcset);
  // A set beside a late address holds placeholders.
  if (srcset === undefined) delete loaded.srcset;
  else loaded.srcset = srcset;
  if (loaded.sizes === 'auto' || attributes['data-sizes'] !== undefined) delete loaded.sizes;
  return loaded;
}

function isAddress(value: string): boolean {
  return value !== '' && value !== '#' && !/^(?:data:|about:|true$|false$|\{)/i.test(value);
}

/** Reports whether an address is that of a picture of one pixel, or of a drawing inside the page. */
export function isPlaceholder(src = ''): boolean {
  return placeholder.test(src.trim());
}

const placeholder =
  /^(?:about:blank|data:image\/svg\+xml|data:image\/gif;base64,R0lGODlhAQAB|data:image\/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB)/i;

/** Returns the address of the widest or densest candidate of a `srcset`. */
export function largest(srcset = ''): string {
  const candidates = [...srcset.matchAll(/(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+(\d*\.?\d+)[wx])?\s*(?=,|$)/g)];
  const sizes = candidates.map(([, address = '', size]) => ({ address, size: Number(size ?? 1) }));
  return sizes.reduce((best, one) => (one.size > best.size ? one : best), { address: '', size: 0 }).address;
}

/** Reports whether a picture is only a placeholder until another is loaded. */
export function isStandIn({ src, 'aria-hidden': hidden, alt = '', ...rest }: Readonly<Attributes>): boolean {
  if (rest['data-placeholder-image'] !== undefined || rest.placeholder !== undefined) return true;
  return hidden === 'true' && alt === '' && /^data:/i.test(src?.trim() ?? '');
}

const noscriptTag = /(<\/?noscript(?=[\s>])[^<>]*>)/i;
const pictureAtEnd = /<(?:amp-)?img\s[^<>]*>(?:\s*<\/amp-img>)?(?:\s*<\/picture>)?\s*$/i;
const pictureAtStart = /^\s*(?:<picture[^<>]*>\s*(?:<source\s[^<>]*>\s*)*)?<(?:amp-)?img\s[^<>]*>/i;
/** Placeholders beside `<noscript>` are not longer than this. */
const longest = 5000;

/**
 * Removes one of two copies of a picture: the one in `<noscript>`, or the placeholder beside it if that never gets an
 * address.
 */
export function removeTwins(html: string): string {
  if (!/<noscript[\s>]/i.test(html)) return html;
  const parts = html.split(noscriptTag);
  const isStart = (at: number): boolean => /^<noscript/i.test(parts[at] ?? '') && /^<\//.test(parts[at + 2] ?? '');
  const inner = new Set([...parts.keys()].filter((at) => at % 2 === 0 && isStart(at - 1)));
  const shown = new Set(parts.flatMap((part, at) => (inner.has(at) ? [] : addressesOf(part))));
  for (const at of inner) {
    const twins = addressesOf(parts[at] ?? '');
    if (twins.length === 0) continue;
    if (twins.some((address) => shown.has(address))) parts[at] = '';
    else {
      const before = pictureAtEnd.exec((parts[at - 2] ?? '').slice(-longest))?.[0];
      const after = pictureAtStart.exec((parts[at + 2] ?? '').slice(0, longest))?.[0];
      if ([before, after].some((picture) => picture !== undefined && addressesOf(picture).length > 0)) parts[at] = '';
      else if (before !== undefined) parts[at - 2] = (parts[at - 2] ?? '').slice(0, -before.length);
      else if (after !== undefined) parts[at + 2] = (parts[at + 2] ?? '').slice(after.length);
    }
  }
  return parts.join('');
}

/** Lists the addresses of the pictures in HTML that are not placeholders. */
function addressesOf(html: string): string[] {
  return tagsIn(html).flatMap(({ name, attributes }) => {
    if (!/^(?:amp-)?img$/.test(name)) return [];
    const { src = '' } = loadedAttributes(attributes);
    return isAddress(src) ? [src] : [];
  });
}
