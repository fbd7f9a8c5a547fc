import { html } from 'hono/html';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { subscribePath } from '../../publication/address.ts';
import type { Site } from '../../publication/site.ts';
import { type Slice, siteOfSlice } from '../../publication/slice.ts';
import { about, type Html, ownWords } from './language-view.ts';
import { readers } from './readers.ts';

/** A box that offers the feeds of the publication, or of the slice that the page is of. */
export function subscribeBox(site: Site, slice: Slice | undefined, root: string): Html {
  const { title } = slice === undefined ? site : siteOfSlice(site, slice);
  const { words, own } = ownWords(site);
  return html`<aside aria-labelledby="subscribe"${own}>
<h2 id="subscribe">${about(words.subscribeTo, html`<bdi lang="${site.language}">${title}</bdi>`)}</h2>
<p>${words.explanation}</p>
${addressFields(site, slice, root)}${readerLinks(site, slice)}<p><a href="${root}${subscribePath}">${words.allFeeds}</a></p>
</aside>`;
}

/** The address of each format in a field of its own, from which it can be copied without a script. */
export function addressFields(site: Site, slice: Slice | undefined, root: string): Html {
  const { words } = ownWords(site);
  return html`<ul class="addresses" data-copy="${words.copy}" data-copied="${words.copied}">
${formats.map(({ name, label, file }) => {
  const path = feedPath({ slice }, file);
  return html`<li><label for="feed-${name}">${label}</label> <input id="feed-${name}" readonly value="${new URL(path, site.url).href}"> <a href="${root}${path}">${words.open}<span class="aside"> ${label}</span></a></li>
`;
})}</ul>
`;
}

/** Links that subscribe with one click: in a reader on the web, or in an app; most apps register for the scheme `feed:`. */
export function readerLinks(site: Site, slice?: Slice): Html {
  const feed = new URL(feedPath({ slice }, formats[0]?.file ?? ''), site.url).href;
  const { words } = ownWords(site);
  return html`<p class="readers">${words.subscribeIn} ${readers.map(
    ({ name, subscribe }) => html`<a href="${subscribe(feed)}">${name}</a> `,
  )}<a href="feed:${feed}">${words.app}</a></p>
`;
}
