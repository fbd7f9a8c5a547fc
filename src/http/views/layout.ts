import { html, raw } from 'hono/html';
import { legalText } from '../../article/plain-text.ts';
import { subscribePath } from '../../publication/address.ts';
import type { Site } from '../../publication/site.ts';
import type { Slice } from '../../publication/slice.ts';
import { subscribeBox } from './feeds-view.ts';
import { headView, type Metadata } from './head-view.ts';
import { type Html, languageOf, ownWords } from './language-view.ts';

/** What a page hands to its frame. */
export interface Frame extends Metadata {
  readonly site: Site;
  /** A slice whose feeds are offered after the publication's own. */
  readonly slice?: Slice | undefined;
  /** The way from this page back to the site's root, such as `./` or `../`. */
  readonly root: string;
  /** Whether the publication's name is the heading of the page. */
  readonly isHome?: boolean;
  /** Whether the page offers the feeds itself, and so needs no box that does. */
  readonly offersFeeds?: boolean;
  readonly body: Html;
}

/** Media type of the pages for people. */
export const htmlType = 'text/html; charset=utf-8';

/** Writes the frame of every page: what machines are told of it, the publication's name, the feeds. */
export async function layout(frame: Frame): Promise<string> {
  const { site, slice, root, isHome = false, offersFeeds = false, body } = frame;
  const { title, description, theme = {} } = site;
  const name = html`<a href="${root}">${title}</a>`;
  const { words, own } = ownWords(site);
  const page = html`<!doctype html>
<html${languageOf(site.language)}>
<head>
${headView(frame)}</head>
<body>
<a class="skip" href="#content"${own}>${words.skip}</a>
<header>
${isHome ? html`<h1 class="name">${name}</h1>` : html`<p class="name">${name}</p>`}
<div class="strip">
${description === title ? '' : html`<p>${description}</p>\n`}<nav aria-label="${words.site}"${own}><a href="${root}">${words.latest}</a> <a href="${root}${subscribePath}">${words.subscribe}</a></nav>
</div>
${raw(theme.header ?? '')}</header>
<main id="content" tabindex="-1">
${body}
</main>
${offersFeeds ? '' : html`${subscribeBox(site, slice, root)}\n`}<footer>
${raw(theme.footer ?? '')}${site.copyright === undefined ? '' : html`<p>${site.copyright}</p>\n`}<p${own}><a href="${root}feeds.opml">${words.opml}</a></p>
</footer>
</body>
</html>
`;
  return legalText(String(await page));
}
