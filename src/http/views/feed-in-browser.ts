import type { RenderedDocument } from '../../feed/document.ts';
import type { Site } from '../../publication/site/site.ts';
import { hasDateStyle } from '../../publication/words/date-styles.ts';
import { plainDate } from './date-view.ts';
import { languageOf } from './language-view.ts';

/**
 * Adds to a feed what a person needs to read it in a browser: a title for the tab, headlines to click and dates in the
 * reader's language, all as XHTML. Feed readers and validators never get this form. `accepted` is the Accept-Language.
 */
export function feedInBrowser(document: RenderedDocument, site: Site, accepted: string | null): RenderedDocument {
  const language = dateLanguage(accepted ?? '', site.language);
  const known = made.get(document) ?? new Map<string, RenderedDocument>();
  made.set(document, known);
  const shown = known.get(language) ?? {
    ...document,
    bytes: encode(withLinks(decode(document.bytes), site, language)),
  };
  known.set(language, shown);
  return shown;
}

/** By document and language of dates, which is one of a few dozen. */
const made = new WeakMap<RenderedDocument, Map<string, RenderedDocument>>();

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The first language that the reader prefers and dates can be written in, else the publication's. */
function dateLanguage(accepted: string, otherwise: string): string {
  const tags = accepted.split(',').map((range) => range.replace(/;.*/s, '').trim().toLowerCase());
  return tags.slice(0, 10).find((tag) => /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/.test(tag) && hasDateStyle(tag)) ?? otherwise;
}

const xhtml = 'xmlns="http://www.w3.org/1999/xhtml"';

function withLinks(feed: string, site: Site, language: string): string {
  const [, title = ''] = /<title>([^<]*)<\/title>/.exec(feed) ?? [];
  return feed
    .replace(greeting, (start) => `${start}<title>${title}</title>`)
    .replace(entry, (whole: string, item: string | undefined, atomEntry: string | undefined) => {
      const opening = item ?? atomEntry;
      // Nothing inside a CDATA section is an element.
      if (opening === undefined) return whole;
      const [, title = ''] = /<title>([^<]*)<\/title>/.exec(whole) ?? [];
      const [, link, href] = /<link>([^<]*)<\/link>|<link rel="alternate"[^>]* href="([^"]*)"/.exec(whole) ?? [];
      const [, date = ''] = /<(?:pubDate|published)>([^<]*)</.exec(whole) ?? [];
      const moment = new Date(date).toISOString().replace('.000', '');
      const written = `<time datetime="${moment}"${languageOf(language)}>${plainDate(moment, { ...site, language })}</time>`;
      return `${opening}<div ${xhtml}><h2><a href="${(link ?? href ?? '').replaceAll('"', '&quot;')}">${title}</a></h2><p>${written}</p></div>${whole.slice(opening.length)}`;
    });
}

/** The beginning of the paragraph for people, which both formats have before their entries. */
const greeting = /<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml"[^>]*>/;

/** The beginning of an RSS or Atom entry, up to its last needed element; or a CDATA section. */
const entry =
  /<!\[CDATA\[[\s\S]*?\]\]>|(<item>)[\s\S]*?<pubDate>[^<]*<|(<entry(?:\s[^>]*)?>)[\s\S]*?<link rel="alternate"[^>]*>/g;
