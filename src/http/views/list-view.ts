import { html } from 'hono/html';
import type { Article } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../feed/document.ts';
import { articlePath, pageAddress, pagePath, rootFrom } from '../../publication/address.ts';
import { lastUpdate, type Page } from '../../publication/page.ts';
import { authorOfSlice } from '../../publication/people.ts';
import type { Site } from '../../publication/site.ts';
import { sliceWords } from '../../publication/slice.ts';
import type { NewerPage } from '../newer-page.ts';
import { dateView } from './date-view.ts';
import { about, articleLanguage, type Html, ownWords } from './language-view.ts';
import { htmlType, layout } from './layout.ts';
import { hiddenAuthor, personView } from './person-view.ts';

/** Renders a page as a list of headlines, with links to older and newer pages. */
export async function listView(page: Page, newerPage?: NewerPage): Promise<WrittenDocument> {
  const { site, whole = site, slice, articles, address, olderArchive } = page;
  const { archive } = address;
  const path = pagePath(address);
  const root = rootFrom(path);
  const isHome = path === '';
  const older = olderArchive === undefined ? undefined : root + pagePath({ ...address, archive: olderArchive });
  const newer = newerPage && root + pagePath(newerPage.address);
  const { words, own } = ownWords(whole);
  const body = html`${isHome ? '' : heading(page, whole, root)}${
    articles.length === 0 ? html`<p${own}>${words.nothing}</p>\n` : ''
  }${articles.map((article) => headline(article, whole, root))}${
    older === undefined && newer === undefined
      ? ''
      : html`<nav class="pages" aria-label="${words.archive}"${own}>${archiveLink('prev', older, words.older)}${archiveLink('next', newer, words.newer)}</nav>`
  }${feedFacts(page, whole)}`;
  const text = await layout(
    omitUndefined({
      site: whole,
      slice,
      title: archive === undefined ? site.title : `${site.title}: ${words.archivePage.replace('{}', String(archive))}`,
      description: slice === undefined ? undefined : site.description,
      root,
      canonical: new URL(path, site.url).href,
      older,
      newer,
      isHome,
      isFeed: true,
      body,
    }),
  );
  const updated = [lastUpdate(page), newerPage?.since ?? ''].toSorted()[1] ?? '';
  return writeDocument(text, htmlType, { ...page, updated });
}

function heading({ slice, articles, address: { archive } }: Page, site: Site, root: string): Html {
  const { words, own } = ownWords(site);
  const page = archive === undefined ? '' : about(words.archivePage, archive);
  if (slice === undefined) return html`<h1><span${own}>${page}</span></h1>\n`;
  const author = archive === undefined ? authorOfSlice(slice, site, articles) : undefined;
  const kicker = html`<p class="kicker"${own}>${words[sliceWords[slice.kind]]}</p>\n`;
  return html`<div class="heading">${kicker}<h1>${slice.label}</h1>${archive === undefined ? '' : html`<p class="kicker"${own}>${page}</p>`}${author === undefined ? '' : personView(author, site, root)}</div>\n`;
}

function headline(article: Article, site: Site, root: string): Html {
  const { slug, permalink, title, summary, published, language, authors } = article;
  const isHere = permalink === pageAddress(slug, site);
  return html`<article class="h-entry"${articleLanguage(article, site)}>
<h2><a class="p-name${isHere ? ' u-url' : ''}" href="${root}${articlePath(slug)}">${title}</a></h2>
<p class="about">${dateView(published, site, language, 'dt-published')}</p>
${summary === '' ? '' : html`<p class="p-summary">${summary}</p>\n`}${isHere ? '' : html`<data class="u-url" value="${permalink}"></data>`}${authors.map(hiddenAuthor)}</article>
`;
}

/** States what the feed of the page says about itself, for programs (h-feed). */
function feedFacts({ site, address }: Page, whole: Site): Html {
  return html`
<data class="p-name" value="${site.title}"></data><data class="u-url" value="${new URL(pagePath(address), whole.url).href}"></data>${whole.authors.map(hiddenAuthor)}`;
}

function archiveLink(rel: string, href: string | undefined, label: string): Html | string {
  return href === undefined ? '' : html`<a rel="${rel}" href="${href}">${label}</a> `;
}
