import { html } from 'hono/html';
import type { Article, Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { correctionsTitle, noticeTitle } from '../../feed/corrections.ts';
import { type WrittenDocument, writeDocument } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { articlePath, correctionsPath, rootFrom } from '../../publication/addresses/address.ts';
import type { Notice } from '../../publication/notices.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import { datedWith } from '../../publication/slices/menu.ts';
import { dateView } from './date-view.ts';
import type { Metadata } from './head-view.ts';
import { articleLanguage, type Html, ownWords } from './language-view.ts';
import { htmlType, layout } from './layout.ts';
import { feedFacts, hiddenAuthor } from './person-view.ts';

const root = rootFrom(correctionsPath);
/** Notices on the page, the newest ones. */
const most = 500;

/** Lists the corrections and withdrawals of a publication; `undefined` without any. */
export async function correctionsView(edition: Edition, now: Instant): Promise<WrittenDocument | undefined> {
  const { site, changed } = edition;
  const { notices, until } = (await edition.notices?.(now)) ?? { notices: [] };
  const [newest] = notices;
  if (newest === undefined) return undefined;
  const { words, own } = ownWords(site);
  const { title, description } = correctionsTitle(site);
  const canonical = new URL(correctionsPath, site.url).href;
  const menu = await edition.menu?.(now);
  const body = html`<div class="heading"><h1${own}>${words.corrections}</h1>
${correctionsFormats(root)}</div>
${notices.slice(0, most).map((notice) => item(notice, site))}${feedFacts(title, canonical, site.authors)}`;
  const page = await layout({
    ...{ site, title, description, root, body, path: correctionsPath, menu },
    ...{ canonical, isFeed: true },
    feed: correctionsFeed(site),
  });
  const dated = { ...omitUndefined({ changed, until }), articles: [], updated: newest.fact.date };
  return writeDocument(page, htmlType, datedWith(dated, menu));
}

/** Links the feed of corrections in each format. */
export function correctionsFormats(back: string): Html {
  return html`<p class="readers">${formats.map(({ label, file }) => html`<a href="${back}${correctionsPath}/${file}">${label}</a> `)}</p>`;
}

/** The feed of corrections, for pages that link it. */
export function correctionsFeed(site: Site): NonNullable<Metadata['feed']> {
  return { title: correctionsTitle(site).title, folder: correctionsPath };
}

function item(notice: Notice, site: Site): Html {
  const { kind, head, fact } = notice;
  const { slug, title, language, permalink, authors } = head;
  const { words, own } = ownWords(site, language);
  const isCorrection = kind === 'correction';
  const text = isCorrection ? fact.note : fact.reason;
  const label = html`<strong${own}>${isCorrection ? words.correction : words.withdrawn}</strong>`;
  return html`<article class="h-entry row day"${articleLanguage({ ...(language !== undefined && { language }) }, site)}>
<h2>${isCorrection ? html`<a href="${root}${articlePath(slug)}">${title}</a>` : title}</h2>
<p class="about">${dateView(fact.date, site, language, 'dt-published')}</p>
<p>${label}${text === undefined ? '' : html`: <span class="p-summary">${text}</span>`}</p>
<data class="p-name" value="${noticeTitle(notice, site)}"></data><data class="u-url" value="${permalink}"></data>${authors.map(hiddenAuthor)}
</article>
`;
}

/** Shows the corrections of an article below its text, as newspapers do. */
export function correctionNotes({ corrections = [], language }: Article, site: Site, back: string): Html | string {
  if (corrections.length === 0) return '';
  const { words, own } = ownWords(site, language);
  return html`<div class="corrections">
${corrections.map(
  ({ date, note }) =>
    html`<p><a href="${back}${correctionsPath}"${own}>${words.correction}</a>, ${dateView(date, site, language)}: ${note}</p>\n`,
)}</div>
`;
}
