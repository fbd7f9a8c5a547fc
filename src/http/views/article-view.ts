import { html, raw } from 'hono/html';
import { makeDocument, type RenderedDocument } from '../../feed/document.ts';
import type { SinglePage } from '../../publication/page.ts';
import { dateView } from './date-view.ts';
import { articleLanguage, htmlType, layout } from './layout.ts';

/** Shows one article as a whole. Its content is safe HTML already. */
export async function articleView({ site, article, ...rest }: SinglePage): Promise<RenderedDocument> {
  const { title, published, updated, permalink, content } = article;
  const changed = updated === published ? '' : html`, updated ${dateView(updated, site.timezone)}`;
  const body = html`<article${articleLanguage(article, site)}>
<h1>${title}</h1>
<p>${dateView(published, site.timezone)}${changed}</p>
${raw(content)}
</article>`;
  const page = await layout({
    site,
    title: `${title} – ${site.title}`,
    root: '../',
    canonical: permalink,
    body,
  });
  return makeDocument(page, htmlType, { ...rest, articles: [article] });
}
