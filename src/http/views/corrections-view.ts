import { html } from 'hono/html';
import type { Article, Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { correctionsTitle } from '../../feed/corrections.ts';
import { type WrittenDocument, writeDocument } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { articlePath, correctionsPath, rootFrom } from '../../publication/addresses/address.ts';
import type { Notice } from '../../publication/notices.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import { withMenu } from '../../publication/slices/menu.ts';
import { dateView } from './date-view.ts';
import { articleLanguage, type Html, ownWords } from './language-view.ts';
import { htmlType, layout } from './layout.ts';

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
  const menu = await edition.menu?.(now);
  const feeds = formats.map(({ label, file }) => html`<a href="${root}${correctionsPath}/${file}">${label}</a> `);
  const body = html`<div class="heading"><h1${own}>${words.corrections}</h1>
<p class="readers">${feeds}</p></div>
${notices.slice(0, most).map((notice) => item(notice, site))}`;
  const page = await layout({
    ...{ site, title, description, root, body, path: correctionsPath, menu },
    canonical: new URL(correctionsPath, site.url).href,
    feed: { title, folder: correctionsPath },
  });
  const dated = { ...omitUndefined({ changed, until }), articles: [], updated: newest.fact.date };
  return writeDocument(page, htmlType, withMenu(dated, menu));
}

function item({ kind, head, fact }: Notice, site: Site): Html {
  const { slug, title, language } = head;
  const { words, own } = ownWords(site, language);
  const isCorrection = kind === 'correction';
  const text = isCorrection ? fact.note : fact.reason;
  const label = html`<strong${own}>${isCorrection ? words.correction : words.withdrawn}</strong>`;
  return html`<article class="row day"${articleLanguage({ ...(language !== undefined && { language }) }, site)}>
<h2>${isCorrection ? html`<a href="${root}${articlePath(slug)}">${title}</a>` : title}</h2>
<p class="about">${dateView(fact.date, site, language)}</p>
<p>${label}${text === undefined ? '' : html`: ${text}`}</p>
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
