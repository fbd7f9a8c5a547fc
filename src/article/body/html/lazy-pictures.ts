import { type Tag, tagsIn } from '../tags/tags-in.ts';
import { isHidden, isTracker } from './hidden-parts.ts';

/** The attributes of an element; names are in lower case. */
type Attributes = Record<string, string>;

/**
 * Returns the attributes of a picture, source, player or frame as they are once its script has loaded it: the true
 * address instead of a placeholder. An element without such an address stays as it is.
 */
export function loadedAttributes(name: string, attributes: Readonly<Attributes>): Attributes {
  const loaded: Attributes = { ...attributes };
  const entries = Object.entries(attributes);
  const find = (keys: RegExp, isValue: (value: string) => boolean): string | undefined =>
    entries.find(([key, value]) => keys.test(key) && isValue(value.trim()))?.[1].trim();
  const isEmpty = isBlank(attributes.src);
  const poster = find(latePoster, isAddress);
  const set = find(lateSet, (value) => largest(value) !== undefined);
  const rare = /img$|^amp-anim$/.test(name) ? rarePicture : rareSource;
  const src = find(lateSource, isAddress) ?? (isEmpty ? find(rare, isAddress) : undefined);
  // A source inside a picture has only a set.
  const fromSet =
    name === 'source'
      ? undefined
      : largest(set ?? (isEmpty && attributes.src !== undefined ? attributes.srcset : undefined));
  if (src !== undefined || fromSet !== undefined) loaded.src = src ?? fromSet ?? '';
  if (poster !== undefined) loaded.poster = poster;
  if (src === undefined && set === undefined) return loaded;
  // Many scripts fade the picture in.
  if (loaded.style !== undefined) loaded.style = loaded.style.replace(hiding, '');
  // A set beside a late address holds placeholders.
  if (set === undefined) delete loaded.srcset;
  else loaded.srcset = set;
  if (loaded.sizes === 'auto' || attributes['data-sizes'] !== undefined) delete loaded.sizes;
  return loaded;
}

const hiding = /(?:^|;)\s*(?:opacity|visibility|display)\s*:[^;]*/gi;
/** Attributes in which scripts that load pictures late keep the true address. */
const lateSource =
  /^data-(?:(?:lazy|lazyload|original|actual|real|orig)-?)?src$|^data-(?:original|lazy|lazyload|echo)$/;
const lateSet = /^data-(?:(?:lazy|lazyload|original|litespeed|ez)-?)?(?:srcset|(?<=original-)set)$/;
const latePoster = /^data-(?:lazy-)?poster$/;
/** Attributes of single scripts, which count if there is no other address. */
const rareSource = /^(?:data|nitro)-(?:[a-z]+-)*(?:src|cfsrc|ezsrc)$/;
const rarePicture =
  /^(?:data|nitro)-(?:[a-z]+-)*(?:src|lazy|lazyload|cfsrc|ezsrc|original-?url|delayed-url|img-url|image|url|bg|background(?:-image)?)$/;

function isAddress(value: string): boolean {
  if (/^(?:data|about|blob|javascript):|^(?:true|false)$|[<>{}"]/i.test(value)) return false;
  return /^(?:https?:)?\/\/.|^\.{0,2}\/.|^[^:\s]*\/[^:\s]+$|^[^:\s]*\.[a-z0-9]{2,5}(?:[?#].*)?$/i.test(value);
}

/** Reports whether an address shows nothing of a picture that has another address, as far as its name says. */
function isBlank(src = ''): boolean {
  return /^\s*(?:$|#|(?:data|about|blob|javascript):)/i.test(src) || blankName.test(src);
}

const blankName =
  /(?:^|[/_.-])(?:blank|spacer|placeholder|load(?:ing|er)|lazy(?:load)?|transparent|pixel|grey|gray|1x1|empty|dummy)(?:[_.-][\w.-]*)?\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i;

/** Reports whether an address is that of a picture of one pixel, or of a drawing inside the page. */
export function isPlaceholder(src = ''): boolean {
  return placeholder.test(src.trim());
}

const placeholder =
  /^(?:about:blank|data:image\/svg\+xml|data:image\/gif;base64,R0lGODlhAQAB|data:image\/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB)/i;

/** Returns the address of the widest or densest candidate of a `srcset`, if any shows something. */
export function largest(srcset = ''): string | undefined {
  let best: { readonly address: string; readonly size: number } | undefined;
  for (const [, address = '', written = '1'] of srcset.matchAll(candidates)) {
    const size = Number(written);
    if (isAddress(address) && (best === undefined || size > best.size)) best = { address, size };
  }
  return best?.address;
}

const candidates = /(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+(\d+(?:\.\d+)?|\.\d+)[wx])?\s*(?=,|$)/g;

/** Reports whether a picture is only a placeholder until another is loaded. */
export function isStandIn({ src, 'aria-hidden': hidden, alt = '', ...rest }: Readonly<Attributes>): boolean {
  if (rest['data-placeholder-image'] !== undefined || rest.placeholder !== undefined) return true;
  return hidden === 'true' && alt === '' && /^data:/i.test(src?.trim() ?? '');
}

/** How a picture is related to another one beside it, in `<noscript>`. */
export type Twin =
  /** It is the same picture, or will be once its script has loaded it. */
  | 'same'
  /** It is a placeholder, or a smaller form of the other. */
  | 'stand-in'
  | 'other';

/** Compares a picture with one in the `<noscript>` beside it, by their attributes. */
export function twinOf(name: string, attributes: Readonly<Attributes>, inNoscript: Readonly<Attributes>): Twin {
  const { src = '' } = loadedAttributes(name, attributes);
  const { src: other = '' } = loadedAttributes('img', inNoscript);
  if (isHidden(attributes) && src === attributes.src) return 'stand-in';
  // The `<noscript>` is inside an element of AMP.
  if ((src !== '' && src === other) || (src !== attributes.src && !isBlank(src)) || name.startsWith('amp-'))
    return 'same';
  if (isBlank(src)) return 'stand-in';
  return fileName(src) !== '' && fileName(src) === fileName(other) ? 'stand-in' : 'other';
}

/** Returns the file name in an address, without the size that WordPress adds. */
function fileName(address: string): string {
  return address
    .replace(/[?#].*$/s, '')
    .replace(/^.*\//s, '')
    .replace(/-\d+x\d+(?=\.\w+$)/, '');
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
    const [twin, ...more] = picturesIn(parts[at] ?? '');
    if (twin === undefined) continue;
    if (addressesOf(parts[at] ?? '').every((address) => shown.has(address))) parts[at] = '';
    else if (more.length === 0) {
      const before = pictureAtEnd.exec((parts[at - 2] ?? '').slice(-longest))?.[0] ?? '';
      const after = pictureAtStart.exec((parts[at + 2] ?? '').slice(0, longest))?.[0] ?? '';
      const [kindBefore, kindAfter] = [before, after].map((written) => {
        const [picture] = picturesIn(written);
        return picture && twinOf(picture.name, picture.attributes, twin.attributes);
      });
      if (kindBefore === 'same' || kindAfter === 'same') parts[at] = '';
      else if (kindBefore === 'stand-in') parts[at - 2] = (parts[at - 2] ?? '').slice(0, -before.length);
      else if (kindAfter === 'stand-in') parts[at + 2] = (parts[at + 2] ?? '').slice(after.length);
    }
  }
  return parts.join('');
}

/** Lists the addresses of the pictures in HTML that are not placeholders. */
function addressesOf(html: string): string[] {
  return picturesIn(html).flatMap(({ name, attributes }) => {
    const { src = '' } = loadedAttributes(name, attributes);
    return isBlank(src) || (isHidden(attributes) && src === attributes.src) ? [] : [src];
  });
}

function picturesIn(html: string): readonly Tag[] {
  return tagsIn(html).filter(({ name, attributes }) => /^(?:amp-)?img$/.test(name) && !isTracker(attributes));
}
