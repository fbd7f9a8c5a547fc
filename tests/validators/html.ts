import { isAbsolute } from './values.ts';

/** Lists what the HTML of an item must not hold: relative URLs (C2), scripts and the like (C4). */
export function lintHtml(html: string): string[] {
  return [...tagsOf(html)].flatMap(([name, attributes]) => lintElement(name, attributes));
}

/** The same for one element, so that XHTML can be checked element by element. */
export function lintElement(name: string, attributes: Readonly<Record<string, string>>): string[] {
  // The viewport of a feed that is opened on a phone.
  const isViewport = name === 'meta' && attributes.name === 'viewport' && attributes['http-equiv'] === undefined;
  const problems = UNSAFE.has(name) && !isViewport ? [`C4 <${name}>`] : [];
  for (const [attribute, value] of Object.entries(attributes)) {
    const shown = `<${name} ${attribute}="${value}">`;
    if (attribute.startsWith('on')) problems.push(`C4 ${shown} runs a script`);
    if (attribute === 'style' && STYLE_TRICK.test(value)) problems.push(`C4 ${shown}`);
    for (const url of urlsIn(attribute, value)) {
      if (!isAbsolute(url)) problems.push(`C2 ${shown} is not absolute`);
      if (SCRIPT_URL.test(url)) problems.push(`C4 ${shown} runs a script`);
    }
  }
  return problems;
}

const UNSAFE: ReadonlySet<string> = new Set(
  'applet base embed form frame frameset iframe link meta object script style'.split(' '),
);
const URL_ATTRIBUTES: ReadonlySet<string> = new Set(
  'action background cite data formaction href longdesc poster src xlink:href'.split(' '),
);
const SCRIPT_URL = /^\s*(?:javascript|vbscript|data:text\/html)/i;
const STYLE_TRICK = /expression|behaviou?r|binding|javascript:|position\s*:|url\s*\(|@import/i;

const COMMENT = /<!--[\s\S]*?-->/g;
const TAG = /<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const CANDIDATE = /[\s,]*(\S*[^\s,])(?:\s+[^\s,][^,]*)?\s*(?:,|$)/g;

function* tagsOf(html: string): Generator<[string, Record<string, string>]> {
  for (const [, name = '', rest = ''] of html.replace(COMMENT, '').matchAll(TAG)) {
    const attributes: Record<string, string> = {};
    for (const [, attribute = '', double, single, bare] of rest.matchAll(ATTRIBUTE)) {
      attributes[attribute.toLowerCase()] = unescaped(double ?? single ?? bare ?? '');
    }
    yield [name.toLowerCase(), attributes];
  }
}

function urlsIn(attribute: string, value: string): string[] {
  if (attribute === 'srcset' || attribute === 'imagesrcset') {
    return [...value.matchAll(CANDIDATE)].map(([, url = '']) => url);
  }
  return URL_ATTRIBUTES.has(attribute) ? [value.trim()] : [];
}

function unescaped(value: string): string {
  return value
    .replace(/&#x([0-9a-f]+);/gi, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)))
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
