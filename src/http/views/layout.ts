import { html, raw } from 'hono/html';
import { legalText } from '../../article/plain-text.ts';
import { archivePath, subscribePath } from '../../publication/address.ts';
import type { Menu } from '../../publication/menu.ts';
import type { Site } from '../../publication/site.ts';
import type { Slice } from '../../publication/slice.ts';
import { subscribeBox } from './feeds-view.ts';
import { headView, type Metadata } from './head-view.ts';
import { type Html, languageOf, ownWords } from './language-view.ts';
import { menuLink, sectionMenu } from './lists/section-menu.ts';

/** The parts of a page that differ between pages. */
export interface Frame extends Metadata {
  readonly site: Site;
  /** A slice whose feeds are linked after the publication's. */
  readonly slice?: Slice | undefined;
  /** The relative URL of the site's root, such as `./` or `../`. */
  readonly root: string;
  /** The page's path below the site's address; empty for the home page, whose heading is the publication's name. */
  readonly path?: string;
  readonly menu?: Menu | undefined;
  /** Whether the page has the feeds itself and needs no box with them. */
  readonly offersFeeds?: boolean;
  readonly body: Html;
}

/** Content-Type of HTML pages. */
export const htmlType = 'text/html; charset=utf-8';

/** Writes a whole page: its head, the publication's name, the body, the feeds, the footer. */
export async function layout(frame: Frame): Promise<string> {
  const { site, slice, root, path, menu, offersFeeds = false, body } = frame;
  const { title, description, theme = {} } = site;
  const { words, own } = ownWords(site);
  const page = html`<!doctype html>
<html${languageOf(site.language)}>
<head>
${headView(frame)}</head>
<body>
<a class="skip" href="#content"${own}>${words.skip}</a>
<header>
${path === '' ? html`<h1 class="name">${title}</h1>` : html`<p class="name"><a href="${root}">${title}</a></p>`}
<div class="strip">
${description === title ? '' : html`<p>${description}</p>\n`}<nav aria-label="${words.site}"${own}>${menuLink('', words.latest, root, path)} ${menu?.hasArchive ? html`${menuLink(archivePath, words.archive, root, path)} ` : ''}${menuLink(subscribePath, words.subscribe, root, path)}</nav>
</div>
${sectionMenu(menu, site, root, path)}${raw(theme.header ?? '')}</header>
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
