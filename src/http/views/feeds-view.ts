import { html } from 'hono/html';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import type { Site } from '../../publication/site.ts';
import { type Slice, siteOfSlice } from '../../publication/slice.ts';
import { type Html, ownLanguage } from './language-view.ts';
import { readers } from './readers.ts';

/** Where the page is that lists every feed, below the site's own address. */
export const subscribePath = 'subscribe';

/** What a feed is, for who has never met one. */
export const explanation =
  'A feed is an address at which a reader, an app of your choice, finds every new article. ' +
  'It costs nothing, asks for no account or mail address, and you can leave it without a word.';

/** A box that offers the feeds of the publication, or of the slice that the page is of. */
export function subscribeBox(site: Site, slice: Slice | undefined, root: string): Html {
  const { title } = slice === undefined ? site : siteOfSlice(site, slice);
  return html`<aside aria-labelledby="subscribe"${ownLanguage(site)}>
<h2 id="subscribe">Subscribe to <bdi lang="${site.language}">${title}</bdi></h2>
<p>${explanation}</p>
${addressFields(site, slice, root)}${readerLinks(site, slice)}<p><a href="${root}${subscribePath}">All feeds of this site</a></p>
</aside>`;
}

/** The address of each format in a field of its own, from which it can be copied without a script. */
export function addressFields(site: Site, slice: Slice | undefined, root: string): Html {
  return html`<ul class="addresses" data-copy="Copy" data-copied="Copied">
${formats.map(({ name, label, file }) => {
  const path = feedPath({ slice }, file);
  return html`<li><label for="feed-${name}">${label}</label> <input id="feed-${name}" readonly value="${new URL(path, site.url).href}"> <a href="${root}${path}">Open<span class="aside"> ${label}</span></a></li>
`;
})}</ul>
`;
}

/** Links that subscribe in a reader with one click. */
export function readerLinks(site: Site, slice?: Slice): Html {
  const feed = new URL(feedPath({ slice }, formats[0]?.file ?? ''), site.url).href;
  return html`<p class="readers">Subscribe in ${readers.map(
    ({ name, subscribe }) => html`<a href="${subscribe(feed)}">${name}</a> `,
  )}</p>
`;
}
