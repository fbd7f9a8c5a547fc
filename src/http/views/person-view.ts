import { html } from 'hono/html';
import type { Author } from '../../article/author.ts';
import { unknownWidth } from '../../publication/addresses/picture-sizes.ts';
import type { Site } from '../../publication/site/site.ts';
import { type Slice, slicePath } from '../../publication/slices/slice.ts';
import { smallerVersions } from './article/page-pictures.ts';
import { localAddress } from './head-view.ts';
import { type Html, siteLanguage } from './language-view.ts';

/** Links the page of an author, and describes the author for programs (h-card) with the facts of the feeds. */
export function byline(author: Author, slice: Slice, root: string): Html {
  return html`<span class="p-author h-card"><a class="p-name" rel="author" href="${root}${slicePath(slice)}">${author.name}</a>${facts(author)}</span>`;
}

/** Describes an author for programs only. */
export function hiddenAuthor(author: Author): Html {
  return html`<div class="p-author h-card"><data class="p-name" value="${author.name}"></data>${facts(author)}</div>`;
}

/** States the facts of a page's feed for programs (h-feed). */
export function feedFacts(title: string, url: string, authors: readonly Author[]): Html {
  return html`
<data class="p-name" value="${title}"></data><data class="u-url" value="${url}"></data>${authors.map(hiddenAuthor)}`;
}

/** Shows an author on their own page: picture, bio and links with `rel="me"` to their other pages. */
export function personView(author: Author, site: Site, root: string): Html | string {
  const { name, url, bio, picture, profiles = [] } = author;
  const pages = [...new Set([...(url === undefined ? [] : [url]), ...profiles])];
  if (bio === undefined && picture === undefined && pages.length === 0) return '';
  return html`<div class="person h-card">${portrait(author, site, root)}<div>
<data class="p-name" value="${name}"></data>${bio === undefined ? '' : html`<p class="p-note">${bio}</p>\n`}${
    pages.length === 0
      ? ''
      : html`<ul>${pages.map((page) => html`<li><a class="u-url" rel="me" href="${page}">${shownAddress(page)}</a></li>`)}</ul>\n`
  }</div></div>
`;
}

/** Introduces an author below an article in the language `around`. */
export function introduction(
  author: Author,
  slice: Slice,
  site: Site,
  root: string,
  around: string | undefined,
): Html | string {
  const { name, bio } = author;
  if (bio === undefined) return '';
  return html`<div class="person"${siteLanguage(site, around)}>${portrait(author, site, root)}<p><a href="${root}${slicePath(slice)}">${name}</a><br>${bio}</p></div>
`;
}

/** Writes what an h-card has besides the name. */
function facts({ url, picture }: Author): Html {
  return html`${url === undefined ? '' : html`<data class="u-url" value="${url}"></data>`}${picture === undefined ? '' : html`<data class="u-photo" value="${picture}"></data>`}`;
}

/** Shows a portrait. It is decoration beside the name. */
function portrait({ picture }: Author, site: Site, root: string): Html | string {
  if (picture === undefined) return '';
  return html`<img class="u-photo" src="${localAddress(picture, site, root)}" alt="" width="72" height="72"${smallerVersions({ url: picture, width: unknownWidth }, site, root, '77px')} loading="lazy">`;
}

function shownAddress(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}`;
}
