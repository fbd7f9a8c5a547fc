import { html } from 'hono/html';
import type { Article } from '../../../article/article.ts';
import { articlePath } from '../../../publication/addresses/address.ts';
import type { Headline, Neighbors } from '../../../publication/headline.ts';
import type { Site } from '../../../publication/site/site.ts';
import { sliceTitle } from '../../../publication/site/slice-title.ts';
import { slicedBy } from '../../../publication/slices/membership.ts';
import { dateView } from '../date-view.ts';
import { about, articleLanguage, type Html, ownWords } from '../language-view.ts';

/** Links earlier articles of the same section, and the previous and next article. */
export function neighborsView({ section }: Article, neighbors: Neighbors | undefined, site: Site, root: string): Html {
  const { older, newer, more = [] } = neighbors ?? {};
  const { words, own } = ownWords(site);
  return html`${section === undefined || more.length === 0 ? '' : moreView(section, more, site, root)}${
    older === undefined && newer === undefined
      ? ''
      : html`<nav class="neighbors" aria-label="${words.archive}"${own}>${link('prev', older, words.olderArticle, site, root)}${link('next', newer, words.newerArticle, site, root)}</nav>\n`
  }`;
}

function moreView(label: string, more: readonly Headline[], site: Site, root: string): Html {
  const [path, slice] = slicedBy('section', label);
  const { words, own } = ownWords(site);
  const title = html`<bdi lang="${site.language}">${sliceTitle(slice, site)}</bdi>`;
  return html`<section class="more">
<h2${own}><a href="${root}${path}">${about(words.moreFrom, title)}</a></h2>
<ul>${more.map(
    (headline) =>
      html`<li${articleLanguage(headline, site)}><a href="${root}${articlePath(headline.slug)}">${headline.title}</a> <span class="about">${dateView(headline.published, site, headline.language)}</span></li>\n`,
  )}</ul>
</section>
`;
}

function link(rel: string, headline: Headline | undefined, label: string, site: Site, root: string): Html | string {
  if (headline === undefined) return '';
  const language = articleLanguage(headline, site) || html` lang="${site.language}"`;
  return html`<a rel="${rel}" href="${root}${articlePath(headline.slug)}"><small>${label}</small> <span${language}>${headline.title}</span></a>\n`;
}
