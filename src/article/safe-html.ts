import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html';
import { legalText } from './plain-text.ts';

/**
 * Cleans HTML by an allow-list and makes it stand alone: no script, style, form or frame; every URL absolute against
 * `permalink`; links that lead nowhere become their text.
 */
export function safeHtml(html: string, permalink: string): string {
  const clean = sanitizeHtml(shallow(html), { ...rules, transformTags: transforms(permalink) });
  return legalText(clean.replace(/<\/?x-unwrapped>/g, '')).trim();
}

/**
 * Stands for a tag to be taken away while its text stays; no element has this name.
 *
 * sanitize-html would do so for a name outside the allow-list, but then writes the end of another element under that
 * name, so it is let through and taken away afterwards.
 */
const unwrapped: Tag = { tagName: 'x-unwrapped', attribs: {} };

const rules: IOptions = {
  // biome-ignore format: groups of one kind stand on one line
  allowedTags: [
    'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'section', 'article', 'aside', 'header', 'footer', 'hgroup', 'address', 'div',
    'p', 'blockquote', 'pre', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'details', 'summary',
    'a', 'abbr', 'b', 'bdi', 'bdo', 'br', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'i', 'ins', 'kbd', 'mark', 'q',
    'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr',
    'table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td',
    'img', 'picture', 'source', 'audio', 'video', 'track', 'x-unwrapped',
  ],
  allowedAttributes: {
    '*': ['lang', 'dir', 'title'],
    a: ['href', 'hreflang'],
    img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height'],
    source: ['src', 'srcset', 'sizes', 'media', 'type', 'width', 'height'],
    audio: ['src', 'controls', 'loop', 'preload'],
    video: ['src', 'poster', 'controls', 'loop', 'preload', 'width', 'height'],
    track: ['src', 'kind', 'srclang', 'label', 'default'],
    blockquote: ['cite'],
    q: ['cite'],
    ins: ['cite', 'datetime'],
    del: ['cite', 'datetime'],
    time: ['datetime'],
    data: ['value'],
    ol: ['start', 'reversed', 'type'],
    li: ['value'],
    col: ['span'],
    colgroup: ['span'],
    th: ['colspan', 'rowspan', 'scope', 'align'],
    td: ['colspan', 'rowspan', 'align'],
  },
  allowedClasses: { code: ['language-*'] },
  // The transforms below let through only addresses that `absolute` takes.
  allowedSchemesAppliedToAttributes: [],
  // Before the rules see them, since a value may become empty.
  onOpenTag: (_, attribs) => {
    for (const [name, value] of Object.entries(attribs)) attribs[name] = legalText(value);
  },
  selfClosing: ['br', 'col', 'hr', 'img', 'source', 'track', 'wbr'],
};

/**
 * Takes away tags that are nested deeper than any page is, so that a hostile one is read in a time that grows with
 * its length: htmlparser2 needs the square of the depth.
 */
function shallow(html: string): string {
  // Of each name as many as are open at most; a parser that mends HTML closes some earlier.
  const open = new Map<string, number>();
  let depth = 0;
  return html.replace(nestingTag, (tag, end: string, written: string) => {
    const name = written.toLowerCase();
    const count = open.get(name) ?? 0;
    const change = end === '' ? 1 : count === 0 ? 0 : -1;
    if (depth + change > deepest) return '';
    depth += change;
    open.set(name, count + change);
    return tag;
  });
}

/** Browsers stop at 512; but elements whose end may be left out are counted here as well. */
const deepest = 5000;
/** Any tag but those of void elements, which hold nothing. */
const nestingTag =
  /<(\/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)(?![^\s/>]))([a-z][^\s/>]*)[^>]*>?/gi;

type Transform = (tagName: string, attribs: Attributes) => Tag;

function transforms(permalink: string): Record<string, Transform> {
  const resolve =
    (...names: string[]): Transform =>
    (tagName, attribs) => ({ tagName, attribs: resolveAll(attribs, names, permalink) });
  return {
    a: (tagName, attribs) => {
      const href = link(attribs.href, permalink);
      return href === undefined ? unwrapped : { tagName, attribs: { ...attribs, href } };
    },
    iframe: embed(permalink),
    embed: embed(permalink),
    img: picture(resolve('src', 'srcset')),
    source: picture(resolve('src', 'srcset')),
    audio: playable(resolve('src')),
    video: playable(resolve('src', 'poster')),
    track: resolve('src'),
    blockquote: resolve('cite'),
    q: resolve('cite'),
    ins: resolve('cite'),
    del: resolve('cite'),
    th: alignment,
    td: alignment,
    [unwrapped.tagName]: () => unwrapped,
  };
}

/** A link's address, or `undefined` where it leads nowhere: no `href`, `#`, or nothing that is an address. */
function link(href: string | undefined, permalink: string): string | undefined {
  const written = href?.trim();
  if (written === undefined || written === '' || written === '#') return undefined;
  return absolute(written, permalink, /^(?:https?|mailto|tel):/);
}

/** Resolves an address, which must then have one of the schemes. */
function absolute(url: string, permalink: string, schemes: RegExp): string | undefined {
  const resolved = URL.canParse(url, permalink) ? new URL(url, permalink).href : '';
  return schemes.test(resolved) ? resolved : undefined;
}

const web = /^https?:/;
const webOrPicture = /^(?:https?:|data:image\/)/;

function resolveAll(attribs: Attributes, names: readonly string[], permalink: string): Attributes {
  const resolved: Attributes = { ...attribs };
  for (const name of names) {
    const value = attribs[name];
    if (value === undefined) continue;
    const url = name === 'srcset' ? absoluteSet(value, permalink) : absolute(value, permalink, webOrPicture);
    if (url === undefined || url === '') delete resolved[name];
    else resolved[name] = url;
  }
  return resolved;
}

/** Resolves each candidate of a `srcset` (HTML §4.8.4.2.1): an address, then perhaps a width or a density. */
function absoluteSet(srcset: string, permalink: string): string {
  const candidates = srcset.matchAll(
    /(?:^|,)\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+(\d+w|\d*\.?\d+x))?\s*(?=,|$)/g,
  );
  return [...candidates]
    .flatMap(([, url = '', size]) => {
      const resolved = absolute(url, permalink, web);
      return resolved === undefined ? [] : [size === undefined ? resolved : `${resolved} ${size}`];
    })
    .join(', ');
}

/** A picture without an address shows nothing. */
function picture(resolve: Transform): Transform {
  return (tagName, attribs) => {
    const tag = resolve(tagName, attribs);
    return tag.attribs.src === undefined && tag.attribs.srcset === undefined ? unwrapped : tag;
  };
}

/** A frame cannot be shown safely in a reader; a link to what it shows can. */
function embed(permalink: string): Transform {
  return (_, attribs) => {
    const href = link(attribs.src, permalink);
    if (href === undefined || !web.test(href)) return unwrapped;
    return { tagName: 'a', attribs: { href }, text: attribs.title || href };
  };
}

/** Without `controls` a reader shows nothing that could be started. */
function playable(resolve: Transform): Transform {
  return (tagName, attribs) => resolve(tagName, { ...attribs, controls: 'controls' });
}

/** Markdown aligns a table's cells by `style`, which readers and validators distrust; `align` says the same. */
function alignment(tagName: string, attribs: Attributes): Tag {
  const align = /^text-align:\s*(left|right|center)$/.exec(attribs.style ?? '')?.[1];
  return { tagName, attribs: align === undefined ? attribs : { ...attribs, align } };
}
