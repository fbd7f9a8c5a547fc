import { html } from 'hono/html';
import { type Format, formats } from '../../feed/formats.ts';
import { feedPath } from '../../feed/links.ts';
import { subscribePath } from '../../publication/addresses/address.ts';
import type { Site } from '../../publication/site/site.ts';
import { type Slice, siteOfSlice } from '../../publication/slices/slice.ts';
import { about, type Html, ownWords } from './language-view.ts';

/** Shows a box with the feed of the publication, or of the page's slice. */
export function subscribeBox(site: Site, slice: Slice | undefined, root: string): Html {
  const { title } = slice === undefined ? site : siteOfSlice(site, slice);
  const { words, own } = ownWords(site);
  return html`<aside aria-labelledby="subscribe"${own}>
<h2 id="subscribe">${about(words.subscribeTo, html`<bdi lang="${site.language}">${title}</bdi>`)}</h2>
<p>${words.explanation}</p>
${recommendedFeed(site, slice, root)}<p><a href="${root}${subscribePath}">${words.allFeeds}</a></p>
</aside>`;
}

/** Shows the recommended feed: its address, links that subscribe with one click, and other formats. */
export function recommendedFeed(site: Site, slice: Slice | undefined, root: string): Html {
  const { words } = ownWords(site);
  const [first, ...others] = formats;
  if (first === undefined) return html``;
  return html`${addressField(first, site, slice, root)}${readerLinks(first, site, slice)}<p class="readers">${words.otherFormats}: ${others.map(
    ({ label, file }) => html`<a href="${root}${feedPath({ slice }, file)}">${label}</a> `,
  )}</p>
`;
}

/** Shows a feed's address in a field that can be copied without a script. `prefix` makes its id unique on the page. */
export function addressField(
  { name, label, file }: Format,
  site: Site,
  slice: Slice | undefined,
  root: string,
  prefix = 'feed-',
): Html {
  const { words } = ownWords(site);
  const path = feedPath({ slice }, file);
  return html`<div class="addresses" data-copy="${words.copy}" data-copied="${words.copied}"><p><label for="${prefix}${name}">${label}</label> <input id="${prefix}${name}" readonly value="${new URL(path, site.url).href}"> <a href="${root}${path}">${words.open}<span class="aside"> ${label}</span></a></p></div>
`;
}

/** Links that subscribe with one click: in a web reader, or in an app, since most register for the scheme `feed:`. */
function readerLinks({ file }: Format, site: Site, slice?: Slice): Html {
  const feed = new URL(feedPath({ slice }, file), site.url).href;
  const { words } = ownWords(site);
  return html`<p class="readers">${words.subscribeIn} ${readers.map(
    ({ name, subscribe }) => html`<a href="${subscribe + encodeURIComponent(feed)}">${name}</a> `,
  )}<a href="${withScheme('feed', feed)}">${words.app}</a></p>
`;
}

/** Replaces the scheme of an address. HTML validators refuse `feed:https://…`; apps know both forms. */
export function withScheme(scheme: string, address: string): string {
  return address.replace(/^https?:/, `${scheme}:`);
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
