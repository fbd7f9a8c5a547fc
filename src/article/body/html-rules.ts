import type { IOptions } from 'sanitize-html';

/**
 * Elements of our own making, which are gone in the end: `x-unwrapped` stands for a tag that is taken away while its
 * text stays, `x-embed` for a frame that becomes a link, the others for blocks that no feed has.
 */
export const ownNames = ['x-unwrapped', 'x-embed', 'x-split', 'x-space'] as const;

/** The elements and attributes that a body may have. */
export const htmlRules = {
  // biome-ignore format: groups of one kind stand on one line
  allowedTags: [
    'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'section', 'article', 'aside', 'header', 'footer', 'hgroup', 'address', 'div',
    'p', 'blockquote', 'pre', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'details', 'summary',
    'a', 'abbr', 'b', 'bdi', 'bdo', 'br', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'i', 'ins', 'kbd', 'mark', 'q',
    'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr',
    'table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td',
    'img', 'picture', 'source', 'audio', 'video', 'track', ...ownNames,
  ],
  allowedAttributes: {
    '*': ['id', 'lang', 'dir', 'title'],
    a: ['href', 'hreflang'],
    img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height'],
    source: ['src', 'srcset', 'sizes', 'media', 'type', 'width', 'height'],
    audio: ['src', 'controls', 'loop', 'preload'],
    video: ['src', 'poster', 'controls', 'loop', 'preload', 'width', 'height'],
    track: ['src', 'kind', 'srclang', 'label', 'default'],
    'x-embed': ['href'],
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
  // What readers know footnotes and code by.
  allowedClasses: {
    code: ['language-*'],
    sup: ['footnote-ref'],
    section: ['footnotes'],
    a: ['footnote-backref'],
  },
  // The transforms let through only addresses that `addressesAt` takes.
  allowedSchemesAppliedToAttributes: [],
  // Of a srcset these are asked for all the same.
  allowedSchemes: ['http', 'https', 'data'],
  // As it is preset, but for the text of an option, which is words like others.
  nonTextTags: ['script', 'style', 'textarea', 'xmp'],
  selfClosing: ['br', 'col', 'hr', 'img', 'source', 'track', 'wbr'],
} satisfies IOptions;

/** What becomes a link: of a frame, its address and title. */
const frameAttributes = /^(?:src|data-src|data|title|width|height|type)$/;

/** Tells whether an attribute says something on this site: it stays when a body is cleaned, or makes a link. */
export function keepsAttribute(element: string, name: string, value: string): boolean {
  const names: Readonly<Record<string, readonly string[]>> = htmlRules.allowedAttributes;
  const classes: Readonly<Record<string, readonly string[]>> = htmlRules.allowedClasses;
  if (name === 'class')
    return (classes[element] ?? []).some((known) =>
      value
        .split(/\s+/)
        .some((one) => (known.endsWith('*') ? one.startsWith(known.slice(0, -1)) : one === known)),
    );
  if (!htmlRules.allowedTags.includes(element)) return frameAttributes.test(name);
  return (names['*'] ?? []).includes(name) || (names[element] ?? []).includes(name);
}
