import { html } from 'hono/html';
import { formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { subscribePath } from '../../publication/address.ts';
import type { Site } from '../../publication/site.ts';
import { type Slice, siteOfSlice } from '../../publication/slice.ts';
import { about, type Html, ownWords } from './language-view.ts';

/** Shows a box with the feeds of the publication, or of the page's slice. */
export function subscribeBox(site: Site, slice: Slice | undefined, root: string): Html {
  const { title } = slice === undefined ? site : siteOfSlice(site, slice);
  const { words, own } = ownWords(site);
  return html`<aside aria-labelledby="subscribe"${own}>
<h2 id="subscribe">${about(words.subscribeTo, html`<bdi lang="${site.language}">${title}</bdi>`)}</h2>
<p>${words.explanation}</p>
${addressFields(site, slice, root)}${readerLinks(site, slice)}<p><a href="${root}${subscribePath}">${words.allFeeds}</a></p>
</aside>`;
}

/** Shows the feed's address in each format, in a field that can be copied without a script. */
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

/** Links that subscribe with one click: in a web reader, or in an app, since most register for the scheme `feed:`. */
export function readerLinks(site: Site, slice?: Slice): Html {
  const feed = new URL(feedPath({ slice }, formats[0]?.file ?? ''), site.url).href;
  const { words } = ownWords(site);
  return html`<p class="readers">${words.subscribeIn} ${readers.map(
    ({ name, subscribe }) => html`<a href="${subscribe + encodeURIComponent(feed)}">${name}</a> `,
  )}<a href="feed:${feed}">${words.app}</a></p>
`;
}

/** A web feed reader, and the address of its page that subscribes to a feed, which is appended. */
interface Reader {
  readonly name: string;
  readonly subscribe: string;
}

const readers: readonly Reader[] = [
  { name: 'Feedly', subscribe: 'https://feedly.com/i/subscription/feed%2F' },
  { name: 'Inoreader', subscribe: 'https://www.inoreader.com/?add_feed=' },
  { name: 'NewsBlur', subscribe: 'https://www.newsblur.com/?url=' },
  { name: 'The Old Reader', subscribe: 'https://theoldreader.com/feeds/subscribe?url=' },
  { name: 'Feedbin', subscribe: 'https://feedbin.com/?subscribe=' },
];
