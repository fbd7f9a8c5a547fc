import { html, raw } from 'hono/html';
import type { Article, Enclosure, Picture } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../feed/document.ts';
import { escapeHtml } from '../../feed/xml.ts';
import { articlePath, canonicalAddress, decodePart, pageAddress } from '../../publication/address.ts';
import { type Menu, withMenu } from '../../publication/menu.ts';
import type { SinglePage } from '../../publication/page.ts';
import type { Site } from '../../publication/site.ts';
import { type Slice, slicedBy, slicePath, slicesOf } from '../../publication/slice.ts';
import { sliceTitle } from '../../publication/slice-title.ts';
import { articleBody } from './article-body.ts';
import { articleMetadata } from './article-metadata.ts';
import { dateView } from './date-view.ts';
import { localAddress } from './head-view.ts';
import { articleLanguage, type Html, ownWords } from './language-view.ts';
import { htmlType, layout } from './layout.ts';
import { breadcrumbList, breadcrumbs, type Crumb } from './lists/breadcrumbs.ts';
import { neighboursView } from './lists/neighbours-view.ts';
import { sliceCrumb } from './lists/slice-heading.ts';

const root = '../';

/** Renders the page of an article. Its content is already safe HTML. */
export async function articleView(
  { site, article, neighbours, ...rest }: SinglePage,
  menu?: Menu,
): Promise<WrittenDocument> {
  const { title, image, content, enclosures } = article;
  const above = crumbsAbove(article, site);
  const body = html`<article${articleLanguage(article, site)}>
${above.length < 2 ? '' : breadcrumbs(above, site, root, article.language)}<h1>${title}</h1>
${about(article, site)}<div class="body">
${image === undefined || content.includes(`src="${escapeHtml(image.url)}"`) ? '' : picture(image, site)}${raw(articleBody(article, site, root))}
${enclosures.map((enclosure) => file(enclosure, site))}</div>
</article>
${neighboursView(article, neighbours, site, root)}`;
  const page = await layout(
    omitUndefined({
      site,
      title: `${title} – ${site.title}`,
      description: article.summary === '' ? undefined : article.summary,
      root,
      menu,
      canonical: canonicalAddress(article, site),
      about: articleMetadata(article, site),
      crumbs: breadcrumbList([...above, { name: title, path: articlePath(article.slug) }], site),
      body,
    }),
  );
  const updated = [article.updated, neighbours?.newer?.published ?? ''].toSorted()[1] ?? '';
  return writeDocument(page, htmlType, withMenu({ ...rest, articles: [article], updated }, menu));
}

/** Lists the pages above an article's: the home page, and that of its section. */
function crumbsAbove({ section }: Article, site: Site): Crumb[] {
  const home = { name: site.title, path: '' };
  return section === undefined ? [home] : [home, sliceCrumb(slicedBy('section', section)[1], site)];
}

/** Shows an article's dates, authors, tags and original site. */
function about(article: Article, site: Site): Html {
  const { published, updated, slug, language } = article;
  const slices = slicesOf(article, site);
  const by = slices.filter(({ kind }) => kind === 'author');
  const tags = slices.filter(({ kind }) => kind === 'tag');
  const { words, own } = ownWords(site, language);
  const canonical = canonicalAddress(article, site);
  const original = canonical === pageAddress(slug, site) ? undefined : new URL(canonical);
  return html`<div class="about">
<p>${dateView(published, site, language)}</p>
${updated === published ? '' : html`<p><span${own}>${words.updated}</span> ${dateView(updated, site, language)}</p>\n`}${
  by.length === 0
    ? ''
    : html`<p class="by"><span${own}>${words.by}</span> ${by.map((author, i) => html`${i === 0 ? '' : ', '}${sliceLink(author, site)}`)}</p>\n`
}${
  original === undefined
    ? ''
    : html`<p><span${own}>${words.firstPublished}</span> <a href="${canonical}">${original.hostname.replace(/^www\./, '')}</a></p>\n`
}${tags.length === 0 ? '' : html`<ul class="tags">${tags.map((tag) => html`<li>${sliceLink(tag, site)}</li>`)}</ul>\n`}</div>
`;
}

function sliceLink(slice: Slice, site: Site): Html {
  return html`<a href="${root}${slicePath(slice)}">${sliceTitle(slice, site)}</a>`;
}

/** Shows the article's picture, if its content does not contain it. */
function picture({ url, width, height, alt = '', caption }: Picture, site: Site): Html {
  const size = width === undefined || height === undefined ? '' : html` width="${width}" height="${height}"`;
  return html`<figure><img src="${localAddress(url, site, root)}" alt="${alt}"${size}>${
    caption === undefined ? '' : html`<figcaption>${caption}</figcaption>`
  }</figure>
`;
}

/** Links an enclosure, with a player if it is audio. */
function file({ url, type, title }: Enclosure, site: Site): Html {
  const href = localAddress(url, site, root);
  const lastPart = new URL(url).pathname.split('/').at(-1) || url;
  const name = title ?? decodePart(lastPart) ?? lastPart;
  const player = type.startsWith('audio/') ? html`<audio controls preload="none" src="${href}"></audio><br>` : '';
  return html`<p class="file">${player}<a href="${href}">${name}</a></p>
`;
}
