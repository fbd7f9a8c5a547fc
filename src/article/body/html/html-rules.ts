import type { IOptions } from 'sanitize-html';
import { mathAttributes, mathElements } from './math.ts';

/**
 * Elements of our own, which are removed in the end: `x-unwrapped` is a tag that is removed while its content stays,
 * `x-embed` is a frame that becomes a link, and the others are blocks that feeds do not have.
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
    'img', 'picture', 'source', 'audio', 'video', 'track', ...mathElements, ...ownNames,
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
    ...Object.fromEntries(mathElements.map((name) => [name, [...mathAttributes]])),
  },
  // Classes by which readers recognize footnotes and code.
  allowedClasses: {
    code: ['language-*'],
    sup: ['footnote-ref'],
    section: ['footnotes'],
    a: ['footnote-backref'],
  },
  // The transforms only let through addresses that `addressesAt` accepts.
  allowedSchemesAppliedToAttributes: [],
  // These are still checked in a srcset.
  allowedSchemes: ['http', 'https', 'data'],
  // The default, except that the text of an option is kept. An `annotation-xml` repeats its formula.
  nonTextTags: ['script', 'style', 'textarea', 'xmp', 'annotation-xml'],
  selfClosing: ['br', 'col', 'hr', 'img', 'source', 'track', 'wbr'],
} satisfies IOptions;

/** The attributes of a frame that matter for its link. */
const frameAttributes = /^(?:src|data-src|data|title|width|height|type)$/;

/** Reports whether an attribute matters on this site: it survives cleaning or becomes a link. */
export function keepsAttribute(element: string, name: string, value: string): boolean {
  const names: Readonly<Record<string, readonly string[]>> = htmlRules.allowedAttributes;
  const classes: Readonly<Record<string, readonly string[]>> = htmlRules.allowedClasses;
  if (name === 'class')
    return (classes[element] ?? []).some((known) =>
      value.split(/\s+/).some((one) => (known.endsWith('*') ? one.startsWith(known.slice(0, -1)) : one === known)),
    );
  if (!htmlRules.allowedTags.includes(element)) return frameAttributes.test(name);
  return (names['*'] ?? []).includes(name) || (names[element] ?? []).includes(name);
}

/**
 * Replaces `<bdo>`, which readers remove and validators warn of, by the characters that do the same (Unicode UAX #9).
 */
export function replaceOverrides(clean: string): string {
  const sign = (attributes: string): string => (attributes.includes(' dir="rtl"') ? '\u202E' : '\u202D');
  return clean
    .replace(/<bdo([^>]*)>/g, (_, attributes: string) => `<bdi${attributes}>${sign(attributes)}`)
    .replaceAll('</bdo>', '\u202C</bdi>');
}

/** Returns the character that shows a box of a list of tasks, because feeds have no form fields. */
export function taskBox(isDone: boolean): string {
  return isDone ? '\u2611' : '\u2610';
}
