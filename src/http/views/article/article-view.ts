import { html, raw } from 'hono/html';
import type { Article } from '../../../article/article.ts';
import type { Author } from '../../../article/author.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../../feed/document.ts';
import { recording } from '../../../feed/media.ts';
import { articlePath, canonicalAddress, pageAddress } from '../../../publication/addresses/address.ts';
import { alternatesOf } from '../../../publication/addresses/translations.ts';
import type { SinglePage } from '../../../publication/page.ts';
import { hasTwins } from '../../../publication/site/markdown-uses.ts';
import type { Site } from '../../../publication/site/site.ts';
import { sliceTitle } from '../../../publication/site/slice-title.ts';
import { languageFeed, slicedBy, slicesOf } from '../../../publication/slices/membership.ts';
import { datedWith, type Menu } from '../../../publication/slices/menu.ts';
import { authorsOf, type Slice, slicePath, sliceSlug } from '../../../publication/slices/slice.ts';
import { twinEnding } from '../../markdown-twin.ts';
import { correctionNotes, correctionsFeed } from '../corrections-view.ts';
import { dateView, momentView } from '../date-view.ts';
import { localAddress } from '../head-view.ts';
import { articleLanguage, type Html, languageOf, ownWords } from '../language-view.ts';
import { htmlType, layout } from '../layout.ts';
import { breadcrumbList, breadcrumbs, type Crumb } from '../lists/breadcrumbs.ts';
import { neighborsView } from '../lists/neighbors-view.ts';
import { sliceCrumb } from '../lists/slice-heading.ts';
import { byline, introduction } from '../person-view.ts';
import { haveEpisode } from '../podcast-view.ts';
import { slotView } from '../slot-view.ts';
import { articleBody } from './article-body.ts';
import { articleMetadata } from './article-metadata.ts';
import { articlePicture, pagePictures } from './page-pictures.ts';
import { otherFiles, playerView } from './player-view.ts';

const root = '../';

/** Renders the page of an article. Its content is already safe HTML. */
export async function articleView(
  { site, article, neighbors, ...rest }: SinglePage,
  menu?: Menu,
): Promise<WrittenDocument> {
  const { title } = article;
  const canonical = canonicalAddress(article, site);
  const slots = { site, title, root, canonical, article };
  const { words } = ownWords(site, article.language);
  const above = crumbsAbove(article, site);
  // The player of a recording shows the picture.
  const isEpisode = recording(article) !== undefined;
  const picture = articlePicture(article, site, { isSmall: isEpisode });
  const content = pagePictures(article.content, site, picture !== '');
  const inPage = (content: string): Html => raw(articleBody({ ...article, content }, site, root, words));
  const body = html`<article class="h-entry"${articleLanguage(article, site)}>
${above.length < 2 ? '' : breadcrumbs(above.slice(1), site, root, article.language)}<h1 class="p-name">${title}</h1>
${about(article, site)}${slotView('articleTop', slots)}<div class="body e-content">
${playerView(article, site, inPage(isEpisode ? picture : ''))}${inPage((isEpisode ? '' : picture) + content)}
${otherFiles(article, site)}</div>
${tagList(article, site)}${slotView('articleBottom', slots)}${correctionNotes(article, site, root)}${authorSlices(article, site).map(([author, slice]) => introduction(author, slice, site, root, article.language))}<p class="printed">${canonical} · ${dateView(article.published, site, article.language)}</p>
</article>
${neighborsView(article, neighbors, site, root)}`;
  const page = await layout(
    omitUndefined({
      site,
      title: `${title} – ${site.title}`,
      description: article.summary === '' ? undefined : article.summary,
      root,
      menu,
      canonical,
      slice: languageFeed(article, site),
      twin: hasTwins(site) ? `${articlePath(article.slug)}${twinEnding}` : undefined,
      alternates: alternatesOf(article, site),
      crumbs: breadcrumbList([...above, { name: title, path: articlePath(article.slug) }], site),
      feed: article.corrections && correctionsFeed(site),
      about: articleMetadata(article, site),
      article,
      hasEpisode: haveEpisode([article], site),
      body,
    }),
  );
  const updated = [article.updated, neighbors?.newer?.published ?? ''].toSorted()[1] ?? '';
  const written = writeDocument(page, htmlType, datedWith({ ...rest, articles: [article], updated }, menu));
  return hasTwins(site) ? { ...written, twin: 'page' } : written;
}

/** Lists the pages above an article's: the home page, and that of its section. */
function crumbsAbove({ section }: Article, site: Site): Crumb[] {
  const home = { name: site.title, path: '' };
  return section === undefined ? [home] : [home, sliceCrumb(slicedBy('section', section)[1], site)];
}

/** Shows an article's authors, dates, original site and translations. */
function about(article: Article, site: Site): Html {
  const { published, updated, slug, permalink, language } = article;
  const by = authorSlices(article, site);
  const { words, own } = ownWords(site, language);
  const canonical = canonicalAddress(article, site);
  const original = canonical === pageAddress(slug, site) ? undefined : new URL(canonical);
  return html`<div class="about">
${
  by.length === 0
    ? ''
    : html`<p class="by"><span${own}>${words.by}</span> ${by.map(([author, slice], i) => html`${i === 0 ? '' : ', '}${byline(author, slice, root)}`)}</p>\n`
}<p>${momentView(published, site, language, 'dt-published')}</p>
${updated === published ? '' : html`<p><span${own}>${words.updated}</span> ${momentView(updated, site, language, 'dt-updated')}</p>\n`}${
  original === undefined
    ? html`<data class="u-url" value="${permalink}"></data>`
    : html`<p><span${own}>${words.firstPublished}</span> <a class="u-url" href="${canonical}">${original.hostname.replace(/^www\./, '')}</a></p>\n`
}${otherLanguages(article, site)}</div>
`;
}

/** Links an article's tags, below its text. */
function tagList(article: Article, site: Site): Html | string {
  const tags = slicesOf(article, site).filter(({ kind }) => kind === 'tag');
  return tags.length === 0
    ? ''
    : html`<ul class="tags">${tags.map((tag) => html`<li>${sliceLink(tag, site)}</li>`)}</ul>\n`;
}

/** Links the translations of an article by their titles. */
function otherLanguages({ translations = [], language: around }: Article, site: Site): Html | string {
  if (translations.length === 0) return '';
  const { words, own } = ownWords(site, around);
  const links = translations.map(
    ({ language, url, title }) =>
      html`<li><a${languageOf(language, around ?? site.language)} hreflang="${language}" href="${localAddress(url, site, root)}">${title}</a></li>`,
  );
  return html`<p><span${own}>${words.alsoIn}</span></p>\n<ul>${links}</ul>\n`;
}

function sliceLink(slice: Slice, site: Site): Html {
  return html`<a class="p-category" href="${root}${slicePath(slice)}">${sliceTitle(slice, site)}</a>`;
}

/** Lists the authors of an article with their pages, each once. */
function authorSlices(article: Article, site: Site): readonly (readonly [Author, Slice])[] {
  const authors = authorsOf(article, site);
  return slicesOf(article, site)
    .filter(({ kind }) => kind === 'author')
    .map(
      (slice) => [authors.find(({ name }) => sliceSlug(name) === slice.slug) ?? { name: slice.label }, slice] as const,
    );
}
