import { html } from 'hono/html';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { type WrittenDocument, writeDocument } from '../../../feed/document.ts';
import { archivePath, articlePath, monthPath } from '../../../publication/addresses/address.ts';
import type { Headline } from '../../../publication/headline.ts';
import type { MonthList, MonthPage } from '../../../publication/page.ts';
import type { Site } from '../../../publication/site/site.ts';
import { datedWith, type Menu } from '../../../publication/slices/menu.ts';
import { monthName, writtenMonth } from '../../../publication/words/date-styles.ts';
import { dateView, dayOf } from '../date-view.ts';
import { articleLanguage, type Html, ownWords } from '../language-view.ts';
import { htmlType, layout } from '../layout.ts';
import { breadcrumbList, breadcrumbs } from './breadcrumbs.ts';
import { sectionKicker } from './story.ts';

/** Renders the list of months with articles, by year. */
export async function monthsView(list: MonthList, menu?: Menu): Promise<WrittenDocument> {
  const { site, months } = list;
  const root = './';
  const { words, own } = ownWords(site);
  const years = Map.groupBy(months, ({ month }) => month.slice(0, 4));
  const body = html`<div class="archive">
<h1${own}>${words.archive}</h1>
${months.length === 0 ? html`<p${own}>${words.nothing}</p>\n` : ''}${[...years].map(
  ([year, all]) => html`<section>
<h2>${Number(year)}</h2>
<ul>${all.map(
    ({ month, count }) =>
      html`<li><a href="${root}${monthPath(month)}">${monthName(Number(month.slice(5)), site.language) ?? month}</a> <span>${count}</span></li>`,
  )}</ul>
</section>
`,
)}</div>`;
  const text = await layout({
    site,
    title: `${words.archive} – ${site.title}`,
    root,
    path: archivePath,
    menu,
    canonical: new URL(archivePath, site.url).href,
    crumbs: breadcrumbList([home(site), { name: words.archive, path: archivePath }], site),
    body,
  });
  return writeDocument(text, htmlType, datedWith({ ...list, articles: [] }, menu));
}

/** Renders the headlines of a month, by day. */
export async function monthView(page: MonthPage, menu?: Menu): Promise<WrittenDocument> {
  const { site, month, headlines, older, newer } = page;
  const path = monthPath(month);
  const root = '../';
  const { words, own } = ownWords(site);
  const name = monthNamed(month, site);
  const archive = { name: words.archive, path: archivePath, own };
  const days = Map.groupBy(headlines, ({ published }) => dayOf(published, site));
  const body = html`<div class="heading">${breadcrumbs([archive], site, root)}<h1>${name}</h1></div>
${[...days.values()].map(
  (all) => html`<div class="headlines">
<p class="about">${dateView(all[0]?.published ?? '', site)}</p>
<ul>${all.map((headline) => html`<li>${headlineView(headline, site, root)}</li>\n`)}</ul>
</div>
`,
)}${monthLinks({ older, newer }, site, root)}`;
  const text = await layout({
    site,
    title: `${name} – ${site.title}`,
    root,
    path,
    menu,
    canonical: new URL(path, site.url).href,
    older: older && root + monthPath(older),
    newer: newer && root + monthPath(newer),
    crumbs: breadcrumbList([home(site), archive, { name, path }], site),
    body,
  });
  const expires = headlines.flatMap((headline) => headline.expires ?? []).toSorted()[0];
  return {
    ...writeDocument(text, htmlType, datedWith({ ...page, articles: [] }, menu)),
    ...omitUndefined({ expires }),
  };
}

function home({ title }: Site) {
  return { name: title, path: '' };
}

function monthNamed(month: string, { language }: Site): string {
  return writtenMonth({ year: Number(month.slice(0, 4)), month: Number(month.slice(5)) }, language);
}

function headlineView(headline: Headline, site: Site, root: string): Html {
  const { slug, title, section, language } = headline;
  return html`<span${articleLanguage(headline, site)}><a href="${root}${articlePath(slug)}">${title}</a>${section === undefined ? '' : html` <span class="about">${sectionKicker(section, site, language)}</span>`}</span>`;
}

function monthLinks(
  { older, newer }: { readonly older: string | undefined; readonly newer: string | undefined },
  site: Site,
  root: string,
): Html | string {
  if (older === undefined && newer === undefined) return '';
  const { words } = ownWords(site);
  const link = (rel: string, month: string | undefined) =>
    month === undefined ? '' : html`<a rel="${rel}" href="${root}${monthPath(month)}">${monthNamed(month, site)}</a> `;
  return html`<nav class="pages" aria-label="${words.archive}">${link('prev', older)}${link('next', newer)}</nav>`;
}
