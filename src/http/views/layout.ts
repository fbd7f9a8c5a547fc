import { html } from 'hono/html';
import type { Article } from '../../article/article.ts';
import { legalText } from '../../article/plain-text.ts';
import { archivePath, searchPath, subscribePath } from '../../publication/addresses/address.ts';
import type { Site } from '../../publication/site/site.ts';
import type { Menu } from '../../publication/slices/menu.ts';
import type { Slice } from '../../publication/slices/slice.ts';
import { subscribeBox } from './feeds-view.ts';
import { headView, type Metadata } from './head-view.ts';
import { type Html, languageOf, ownWords } from './language-view.ts';
import { menuLink, sectionMenu } from './lists/section-menu.ts';
import { podcastBox } from './podcast-view.ts';
import { slotView } from './slot-view.ts';

/** The parts of a page that differ between pages. */
export interface Frame extends Metadata {
  readonly site: Site;
  /** A slice whose feeds are linked beside the publication's. */
  readonly slice?: Slice | undefined;
  /** The relative URL of the site's root, such as `./` or `../`. */
  readonly root: string;
  /** The page's path below the site's address; empty for the home page, whose heading is the publication's name. */
  readonly path?: string;
  readonly menu?: Menu | undefined;
  /** Whether the page has the feeds itself and needs no box with them. */
  readonly offersFeeds?: boolean;
  /** Whether it shows an episode of the podcast, so that the box offers apps for podcasts. */
  readonly hasEpisode?: boolean;
  /** Whether the body lists articles (h-feed). */
  readonly isFeed?: boolean;
  /** The article that the page is about. */
  readonly article?: Article;
  readonly body: Html;
}

/** Content-Type of HTML pages. */
export const htmlType = 'text/html; charset=utf-8';

/** Writes a whole page: its head, the publication's name, the body, the feeds, the footer. */
export async function layout(frame: Frame): Promise<string> {
  const { site, slice, root, path: here, menu, offersFeeds = false, isFeed = false, hasEpisode = false, body } = frame;
  const { title, description } = site;
  const { words, own } = ownWords(site);
  const pages = [
    ['', words.latest],
    ...(menu?.hasArchive ? [[archivePath, words.archive] as const] : []),
    [subscribePath, words.subscribe],
    ...(site.search === true ? [[searchPath, words.search] as const] : []),
  ] as const;
  const page = html`<!doctype html>
<html${languageOf(site.language)}>
<head>
${headView(frame)}${here === '' ? ownProfiles(site) : ''}${slotView('head', frame)}</head>
<body>
<a class="skip" href="#content"${own}>${words.skip}</a>
<header>
${here === '' ? html`<h1 class="name">${title}</h1>` : html`<p class="name"><a href="${root}">${title}</a></p>`}
<div class="strip">
${description === title ? '' : html`<p>${description}</p>\n`}<nav aria-label="${words.site}"${own}>${pages.map(([path, name], i) => html`${i === 0 ? '' : ' '}${menuLink(path, name, root, here)}`)}</nav>
</div>
${sectionMenu(menu, site, root, here)}${slotView('header', frame)}</header>
<main id="content" tabindex="-1"${isFeed ? html` class="h-feed"` : ''}>
${body}
</main>
${offersFeeds ? '' : html`${hasEpisode ? podcastBox(site, root) : subscribeBox(site, slice, root)}\n`}<footer>
${slotView('footer', frame)}<p class="sign">${title}</p>
${site.copyright === undefined ? '' : html`<p>${site.copyright}</p>\n`}<p${own}><a href="${root}feeds.opml">${words.opml}</a></p>
</footer>
</body>
</html>
`;
  return legalText(String(await page));
}

/** Links the home page of a single author to their other pages, which check for this before they trust a link to it. */
function ownProfiles({ authors }: Site): Html[] {
  const [author] = authors;
  if (author === undefined || authors.length > 1) return [];
  return (author.profiles ?? []).map((page) => html`<link rel="me" href="${page}">\n`);
}
