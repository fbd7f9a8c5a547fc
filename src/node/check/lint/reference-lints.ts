import { posix } from 'node:path';
import { isNoFile, markdownFile } from '../../../article/body/html/addresses.ts';
import { innerLinks, type Reference } from '../../../article/body/references.ts';
import { alias } from '../../../article/find-local-file.ts';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { quote } from '../../../article/problem.ts';
import { seedName } from '../../../article/slug.ts';
import { decodePercent } from '../../../article/web-address.ts';
import type { Finding, LintedArticle } from './linted-article.ts';

/** Finds links without a target. Feeds show only their text. */
export function emptyLinks(article: LintedArticle): readonly Finding[] {
  const { body } = article.written;
  const { unexpanded } = article.references;
  const message =
    'from here on, references to link definitions and footnotes are shown as text, because those above add too many characters; write shorter addresses and titles, or split the article';
  const asText = unexpanded === undefined ? [] : [{ place: article.written.bodyPlace(unexpanded), message }];
  const empty = linksOf(article)
    .filter((link) => isEmpty(link.address) && !isReplaced(article, link))
    .map((link) => {
      const text = link.text === undefined ? '' : `${quote(body.slice(link.text.start, link.text.end))} `;
      const end = link.text === undefined ? '' : body.slice(link.text.end, link.text.end + 300);
      const isFixable = emptyEnd.test(end) && article.site.otherName(article.file) === undefined;
      return at(
        article,
        link,
        `the link ${text}has no target, so only its text is shown; write an address, or remove the link${isFixable ? ' ("dateline check --fix" does this)' : ''}`,
      );
    });
  return [...empty, ...asText];
}

/** Reports whether an address leads nowhere. */
export function isEmpty(address: string): boolean {
  return address === '' || address === '#';
}

/** The end of an inline link without a target. */
export const emptyEnd = /^\]\(\s*<?#?>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/;

/**
 * Reports whether the address of a link was replaced while parsing: a shortcode or a link to a file, which is reported
 * as such. Its length differs from that in the file.
 */
function isReplaced({ written }: LintedArticle, { text }: Reference): boolean {
  if (text === undefined || !written.body.startsWith('](#', text.end)) return false;
  const [from, to] = [written.bodyPlace(text.end), written.bodyPlace(text.end + 3)];
  return from.line !== to.line || to.column - from.column !== 3;
}

/** Finds links to missing anchors. An article with an original URL elsewhere may have the anchor there. */
export function missingAnchors(article: LintedArticle): readonly Finding[] {
  const { references, head, site } = article;
  if (!head.permalink.startsWith(site.url)) return [];
  return innerLinks(references)
    .filter(([name]) => name !== 'top' && !name.startsWith(':~:') && !references.anchors.has(name))
    .map(([name, link]) =>
      at(
        article,
        link,
        `this article has no heading or element ${quote(`#${name}`)}; link to a heading by its words in lower case with hyphens`,
      ),
    );
}

/** Finds links to Markdown files without an article. */
export function markdownLinks(article: LintedArticle): readonly Finding[] {
  return linksOf(article)
    .filter(({ address }) => markdownFile.test(address) && article.findArticle(address) === undefined)
    .map((link) =>
      at(
        article,
        link,
        `the site has no page ${shown(link.address.replace(alias, ''))}, so only the link's text is shown; ${remedy(article, link.address, "link to the page's address")}`,
      ),
    );
}

/** Finds links to missing pages of this site. */
export function deadLinks(article: LintedArticle): readonly Finding[] {
  return linksOf(article)
    .filter(({ address }) => !isFile(address) && isDead(article, address))
    .map((link) =>
      at(
        article,
        link,
        `this site has no page at ${shown(link.address)}; ${remedy(article, link.address, 'correct the address, or add it to "redirects"')}`,
      ),
    );
}

/** Finds missing pictures, recordings and other files, in the body and in front matter. */
export function missingFiles(article: LintedArticle): readonly Finding[] {
  const { references, written } = article;
  const inBody = references.all
    .filter(
      ({ kind, address }) =>
        (kind === 'picture' ? !isNoFile(address) : kind === 'media' || isFile(address)) && isDead(article, address),
    )
    .map((reference) => at(article, reference, missingFile(reference.address)));
  const noFiles = references.all
    .filter(({ kind, address }) => kind === 'picture' && isNoFile(address) && article.findFile(address) === undefined)
    .map((reference) =>
      at(
        article,
        reference,
        `the picture has the address ${shown(reference.address)}, which is no picture, so only its alternative text is shown; write the address of a file`,
      ),
    );
  // Other addresses without a file are reported as wrong values when the article is read.
  const inFront = written.files
    .filter(({ address }) => /^(?:\/|https?:)/i.test(address) && isDead(article, address))
    .map(({ place, address }) => ({ place, message: missingFile(address) }));
  return [...inFront, ...inBody, ...noFiles];
}

function missingFile(address: string): string {
  const where = address.startsWith('/') ? "in the publication's folder" : 'beside the article';
  return `there is no file ${shown(address)}; put it ${where}, or correct the address`;
}

/** Finds pictures without alternative text, in the body and in front matter. */
export function missingAlt({ references, written }: LintedArticle): readonly Finding[] {
  const inFront = written.files
    // A picture without an address is left out, and reported as such.
    .filter(({ kind, hasAlt, url }) => kind === 'image' && !hasAlt && url !== undefined)
    .map(({ place, address }) => ({
      place,
      message: `the picture ${shown(address)} has no alternative text; write a map with "url" and "alt" instead`,
    }));
  const inBody = references.all
    .filter(({ kind, alt }) => kind === 'picture' && alt === undefined)
    .map(({ address, at }) => ({
      place: written.bodyPlace(at),
      message: `the picture ${shown(address)} has no alternative text; say what it shows: ![what it shows](…), or alt="" if it is decorative`,
    }));
  return [...inFront, ...inBody];
}

/** Finds HTML that is opened and never closed. Usually nothing is hidden by it, but it is a mistake. */
export function unclosedHtml({ references, written }: LintedArticle): readonly Finding[] {
  return references.unclosed.map(({ text, at }) => ({
    place: written.bodyPlace(at),
    message: `${quote(text)} opens HTML and is never closed; close it, remove it, or write it in backticks`,
  }));
}

function linksOf({ references }: LintedArticle): readonly Reference[] {
  return references.all.filter(({ kind }) => kind === 'link');
}

function at({ written }: LintedArticle, { at }: Reference, message: string): Finding {
  return { place: written.bodyPlace(at), message };
}

/** Reports whether an address ends like that of a file, not a page. */
function isFile(address: string): boolean {
  return mediaTypeOf(address.replace(/[?#].*$/s, '')) !== undefined;
}

/** Reports whether an address on this site has neither a file nor a page. */
function isDead({ findFile, head, site }: LintedArticle, address: string): boolean {
  if (isEmpty(address) || address.startsWith('#') || markdownFile.test(address)) return false;
  if (!/^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|\?)/i.test(address) && findFile(address) !== undefined) return false;
  if (!URL.canParse(address, head.permalink)) return false;
  const { href, pathname } = new URL(address, head.permalink);
  if (!href.startsWith(site.url)) return false;
  return !site.answersAt(pathname.slice(new URL(site.url).pathname.length));
}

/** Suggests the URL of the article whose file a link means, or another remedy. */
function remedy({ path, site }: LintedArticle, address: string, otherwise: string): string {
  const file = decodePercent(address.replace(/[?#].*$/s, ''));
  const meant = file.startsWith('/') ? file.replace(/^\/+/, '') : posix.join(posix.dirname(path), file);
  if (host.test(address)) return `write https://${address} if that is another site`;
  // The name may look like one with an extension: "version-1.2".
  const name = meant.replace(/\/+$/, '');
  const url = site.findArticle(meant) ?? site.articleNamed(posix.basename(name)) ?? site.articleNamed(seedName(name));
  return url === undefined ? otherwise : `link to ${url}`;
}

const host = /^(?:www\.[\w-]+\.\w|(?:[\w-]+\.)+(?:com|org|net|io|dev|edu|gov)(?:[/?#]|$))/i;

/** Quotes an address with its letters. Markdown escapes all that are not ASCII. */
export function shown(address: string): string {
  try {
    return quote(decodeURI(address));
  } catch {
    return quote(address);
  }
}
