import { html } from 'hono/html';
import { makeDocument, type RenderedDocument } from '../../feed/document.ts';
import { articlePath, pagePath } from '../../publication/address.ts';
import type { Page } from '../../publication/page.ts';
import { dateView } from './date-view.ts';
import { articleLanguage, htmlType, layout } from './layout.ts';

/** Shows the articles of a page as a list of headlines, with the way to older ones. */
export async function listView(page: Page): Promise<RenderedDocument> {
  const { site, whole = site, slice, articles, address, olderArchive, newerArchive } = page;
  const { archive, ...current } = address;
  const root = rootFrom(pagePath(address));
  const archiveLink = (archive: number | undefined, rel: string, label: string) =>
    archive === undefined
      ? ''
      : html`<a rel="${rel}" href="${root}${pagePath({ ...current, archive })}">${label}</a> `;
  const name = slice?.label ?? 'Latest';
  const heading = archive === undefined ? name : `${slice === undefined ? 'Archive' : name}, page ${archive}`;
  const body = html`<h1>${heading}</h1>
${articles.map(
  (article) =>
    html`<article${articleLanguage(article, site)}>
<h2><a href="${root}${articlePath(article.slug)}">${article.title}</a></h2>
<p>${dateView(article.published, site.timezone)}</p>
<p>${article.summary}</p>
</article>
`,
)}<nav>${archiveLink(olderArchive, 'prev', 'Older articles')}${archiveLink(newerArchive, 'next', 'Newer articles')}</nav>`;
  const title = archive === undefined ? site.title : `${site.title}: archive, page ${archive}`;
  return makeDocument(await layout({ site: whole, slice, title, root, body }), htmlType, page);
}

/** The way from a page back to the site's root. */
function rootFrom(path: string): string {
  return path.includes('/') ? '../'.repeat(path.split('/').length - 1) : './';
}
