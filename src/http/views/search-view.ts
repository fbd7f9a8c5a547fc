import { html } from 'hono/html';
import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../feed/document.ts';
import { searchFolder, searchPath } from '../../publication/addresses/address.ts';
import { lastUpdate } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import { datedWith } from '../../publication/slices/menu.ts';
import { ownWords } from './language-view.ts';
import { htmlType, layout } from './layout.ts';

const root = './';

/** Renders the search page. Without a script, the form is hidden and the page links to the articles. */
export async function writeSearch(edition: Edition, _: unknown, now: Instant): Promise<WrittenDocument | undefined> {
  const { site, changed } = edition;
  if (site.search !== true) return undefined;
  const menu = await edition.menu?.(now);
  const { words, own } = ownWords(site);
  const body = html`<section class="search"${own}>
<h1>${words.search}</h1>
<p class="without">${words.searchNeedsScript} <a href="${root}">${words.lead}</a></p>
<form role="search" hidden data-index="${root}${searchFolder}/" data-found="${words.found}" data-nothing="${words.nothingFound}" data-failed="${words.outOfOrderMeans}" data-more="${words.moreFound}">
<label for="q">${words.searchFor}</label>
<input id="q" name="q" type="search" autocomplete="off" enterkeyhint="search" maxlength="200" dir="auto">
</form>
<p class="status" role="status"></p>
<ol class="results" lang="${site.language}"></ol>
</section>
<script src="${root}search.js" type="module"></script>`;
  const text = await layout({
    site,
    title: `${words.search} – ${site.title}`,
    root,
    path: searchPath,
    menu,
    canonical: new URL(searchPath, site.url).href,
    offersFeeds: true,
    body,
  });
  const page = omitUndefined({ articles: [], updated: lastUpdate({ articles: [] }), changed });
  return writeDocument(text, htmlType, datedWith(page, menu));
}
