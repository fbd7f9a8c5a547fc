import { posix } from 'node:path';
import { markdownFile } from '../../../article/body/addresses.ts';
import { innerLinks, type Reference } from '../../../article/body/references.ts';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { quote } from '../../../article/problem.ts';
import { seedName } from '../../../article/slug.ts';
import { decodePercent } from '../../../article/web-address.ts';
import type { Finding, LintedArticle } from './linted-article.ts';

/** Finds links that lead nowhere, whose text alone is shown. */
export function emptyLinks(article: LintedArticle): readonly Finding[] {
  const { body } = article.written;
  return linksOf(article)
    .filter((link) => isEmpty(link.address) && !isShortcode(article, link))
    .map((link) => {
      const text = link.text === undefined ? '' : `${quote(body.slice(link.text.start, link.text.end))} `;
      const end = link.text === undefined ? '' : body.slice(link.text.end, link.text.end + 300);
      const isMended = emptyEnd.test(end) && article.site.twinOf(article.file) === undefined;
      return at(
        article,
        link,
        `the link ${text}leads nowhere, so only its text is shown; write an address, or take the link away${isMended ? ' ("dateline check --fix" does)' : ''}`,
      );
    });
}

export function isEmpty(address: string): boolean {
  return address === '' || address === '#';
}

/** How a link that leads nowhere ends, if its address stands behind its text. */
export const emptyEnd = /^\]\(\s*<?#?>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/;

/** Tells a link whose address was a shortcode or a link to a file, which is reported as such: it has another length in the file. */
function isShortcode({ written }: LintedArticle, { text }: Reference): boolean {
  if (text === undefined || !written.body.startsWith('](#', text.end)) return false;
  const [from, to] = [written.bodyPlace(text.end), written.bodyPlace(text.end + 3)];
  return from.line !== to.line || to.column - from.column !== 3;
}

/** Finds links to an anchor that the article doesn't have; that of an article from elsewhere may have it there. */
export function missingAnchors(article: LintedArticle): readonly Finding[] {
  const { references, head, site } = article;
  if (!head.permalink.startsWith(site.url)) return [];
  return innerLinks(references)
    .filter(([name]) => name !== 'top' && !name.startsWith(':~:') && !references.anchors.has(name))
    .map(([name, link]) =>
      at(
        article,
        link,
        `no heading or element of this article is called ${quote(`#${name}`)}; link to a heading by its words in small letters with hyphens`,
      ),
    );
}

/** Finds links to Markdown files, which no site serves. */
export function markdownLinks(article: LintedArticle): readonly Finding[] {
  return linksOf(article)
    .filter(({ address }) => markdownFile.test(address) && article.findFile(address) === undefined)
    .map((link) =>
      at(
        article,
        link,
        `no page is called ${shown(link.address)}, so only the link's text is shown; ${remedy(article, link.address, "link to the page's address")}`,
      ),
    );
}

/** Finds links to pages of this site that it doesn't have. */
export function deadLinks(article: LintedArticle): readonly Finding[] {
  return linksOf(article)
    .filter(({ address }) => !isFile(address) && isDead(article, address))
    .map((link) =>
      at(
        article,
        link,
        `this site has no page at ${shown(link.address)}; ${remedy(article, link.address, 'correct the address, or say in "redirects" where it leads')}`,
      ),
    );
}

/** Finds pictures, recordings and other files that are not there, in the body and in front matter. */
export function missingFiles(article: LintedArticle): readonly Finding[] {
  const { references, written } = article;
  const inBody = references.all
    .filter(({ kind, address }) => (kind !== 'link' || isFile(address)) && isDead(article, address))
    .map((reference) => at(article, reference, missingFile(reference.address)));
  // Without a stroke it is reported as a wrong value when the article is read.
  const inFront = written.files
    .filter(({ address }) => /^(?:\/|https?:)/i.test(address) && isDead(article, address))
    .map(({ place, address }) => ({ place, message: missingFile(address) }));
  return [...inFront, ...inBody];
}

function missingFile(address: string): string {
  const where = address.startsWith('/') ? "in the publication's folder" : 'beside the article';
  return `there is no file ${shown(address)}; put it ${where}, or correct the address`;
}

function linksOf({ references }: LintedArticle): readonly Reference[] {
  return references.all.filter(({ kind }) => kind === 'link');
}

function at({ written }: LintedArticle, { at }: Reference, message: string): Finding {
  return { place: written.bodyPlace(at), message };
}

/** Tells an address by whose ending a file is meant, and no page. */
function isFile(address: string): boolean {
  return mediaTypeOf(address.replace(/[?#].*$/s, '')) !== undefined;
}

/** Tells an address on this site at which there is neither a file nor a page. */
function isDead({ findFile, head, site }: LintedArticle, address: string): boolean {
  if (isEmpty(address) || address.startsWith('#') || markdownFile.test(address)) return false;
  if (!/^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|\?)/i.test(address) && findFile(address) !== undefined) return false;
  if (!URL.canParse(address, head.permalink)) return false;
  const { href, pathname } = new URL(address, head.permalink);
  if (!href.startsWith(site.url)) return false;
  return !site.answersAt(pathname.slice(new URL(site.url).pathname.length));
}

/** Says where the article is that a link to its file means, if it does. */
function remedy({ path, site }: LintedArticle, address: string, otherwise: string): string {
  const file = decodePercent(address.replace(/[?#].*$/s, ''));
  const meant = file.startsWith('/') ? file.replace(/^\/+/, '') : posix.join(posix.dirname(path), file);
  if (host.test(address)) return `write https://${address} if that is another site`;
  // The end of a name may look like that of a file: "version-1.2".
  const name = meant.replace(/\/+$/, '');
  const url =
    site.articleAt(meant) ?? site.articleNamed(posix.basename(name)) ?? site.articleNamed(seedName(name));
  return url === undefined ? otherwise : `link to ${url}`;
}

const host = /^(?:www\.[\w-]+\.\w|(?:[\w-]+\.)+(?:com|org|net|io|dev|edu|gov)(?:[/?#]|$))/i;

/** Quotes an address as people write it: Markdown spells other letters than those of English in escapes. */
export function shown(address: string): string {
  try {
    return quote(decodeURI(address));
  } catch {
    return quote(address);
  }
}
