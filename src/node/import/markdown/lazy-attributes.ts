type Attributes = Readonly<Record<string, string>>;

/** The attributes of a picture, a player or a frame once its script has loaded it. */
export interface LoadedAttributes {
  readonly attributes: Attributes;
  /** Whether the address comes from an attribute that only a script reads. */
  readonly isLazy: boolean;
}

/**
 * Gives an element of lazy loading the address that its script would give it, in place of the placeholder. An element
 * without such an address stays as it is.
 */
export function loadLazyAttributes(attributes: Attributes): LoadedAttributes {
  const entries = Object.entries(attributes);
  const find = (name: RegExp, isValue: (value: string) => boolean): string | undefined =>
    entries.find(([key, value]) => name.test(key) && isValue(value.trim()))?.[1].trim();
  const isBlank = isPlaceholder(attributes.src);
  const set = find(lazySet, isSet);
  const candidates = set ?? (isBlank && isSet(attributes.srcset ?? '') ? attributes.srcset : undefined);
  const src =
    find(lazySource, isAddress) ??
    (isBlank ? find(rareSource, isAddress) : undefined) ??
    (isBlank || set !== undefined ? largestOf(candidates ?? '') : undefined);
  const poster = find(lazyPoster, isAddress);
  if (src === undefined && set === undefined && poster === undefined) return { attributes, isLazy: false };
  const { src: placeholder, srcset, style, ...rest } = attributes;
  const kept = entries.filter(([key]) => Object.hasOwn(rest, key) && !loader.test(key));
  // Many scripts fade the picture in.
  const shown = style?.replace(/(?:^|;)\s*(?:opacity|visibility)\s*:[^;]*/gi, '');
  const loaded = { ...Object.fromEntries(kept), src: src ?? placeholder, srcset: candidates, style: shown };
  const posted = poster === undefined ? loaded : { ...loaded, poster };
  const written = Object.entries(posted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { attributes: Object.fromEntries(written), isLazy: true };
}

/** Gives a `<source>` its address: `srcset` in a `<picture>`, `src` in a player. */
export function loadLazySource(attributes: Attributes, isInPicture: boolean): LoadedAttributes {
  const { src, ...rest } = loadLazyAttributes(attributes).attributes;
  const { isLazy } = loadLazyAttributes(attributes);
  if (!isLazy) return { attributes, isLazy };
  if (!isInPicture) return { attributes: { ...rest, src: src ?? '' }, isLazy };
  return { attributes: { ...rest, srcset: rest.srcset ?? src ?? '' }, isLazy };
}

/** Reports whether an address of a picture shows nothing of it. */
export function isPlaceholder(src = ''): boolean {
  return /^\s*(?:$|#|(?:data|about|blob|javascript):)/i.test(src) || placeholderName.test(src);
}

/** Attributes that always hold the true address. */
const lazySource = /^data-(?:(?:lazy|lazyload|original|actual|real|orig)-?)?src$|^data-original$/;
const lazySet = /^data-(?:(?:lazy|lazyload|original|litespeed|ez)-?)?srcset$/;
const lazyPoster = /^data-(?:lazy-)?poster$/;
/** Attributes of single scripts, which count if there is no other address. */
const rareSource =
  /^(?:data|nitro)-(?:[a-z]+-)*(?:src|lazy|lazyload|echo|cfsrc|ezsrc|actualsrc|original-?url|delayed-url|img-url|image)$/;
/** Attributes that only the script reads. */
const loader = /^data-|^nitro-|^loading$/;

const placeholderName =
  /(?:^|[/_.-])(?:blank|spacer|placeholder|load(?:ing|er)|lazy(?:load)?|transparent|pixel|grey|gray|1x1|empty|dummy)(?:[_.-][\w.-]*)?\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i;

function isAddress(value: string): boolean {
  if (/^(?:data|about|blob|javascript):|[\s<>{}"]/i.test(value)) return false;
  return /^(?:https?:)?\/\/.|^\.{0,2}\/.|^[^:]*\.[a-z0-9]{2,5}(?:[?#].*)?$/i.test(value);
}

function isSet(value: string): boolean {
  return candidatesOf(value).some(({ url }) => isAddress(url));
}

/** Returns the address of the largest picture of a `srcset`. */
function largestOf(set: string): string | undefined {
  const usable = candidatesOf(set).filter(({ url }) => isAddress(url));
  return usable.reduce<(typeof usable)[number] | undefined>(
    (largest, one) => (largest === undefined || one.size > largest.size ? one : largest),
    undefined,
  )?.url;
}

/** Lists the candidates of a `srcset`. A comma may be part of an address, unless it ends one. */
function candidatesOf(set: string): readonly { readonly url: string; readonly size: number }[] {
  return [...set.matchAll(/([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)[wx])?/g)].map(([, url = '', size = '1']) => ({
    url,
    size: Number(size),
  }));
}
