import { html } from 'hono/html';
import type { Instant } from '../../../article/article.ts';
import type { Page } from '../../../publication/page.ts';
import type { Site } from '../../../publication/site/site.ts';
import { dateView } from '../date-view.ts';
import { type Html, ownWords } from '../language-view.ts';

/** Links the pages with older and newer articles, each with the day at which it begins or ends. */
export function pageLinks(
  { articles }: Pick<Page, 'articles'>,
  { older, newer }: { readonly older?: string | undefined; readonly newer?: string | undefined },
  site: Site,
): Html | string {
  if (older === undefined && newer === undefined) return '';
  const { words, own } = ownWords(site);
  const link = (rel: string, href: string | undefined, label: string, day: Instant | undefined) =>
    href === undefined
      ? ''
      : html`<a rel="${rel}" href="${href}">${label}${day === undefined ? '' : html`<small>${rel === 'prev' ? '… – ' : ''}${dateView(day, site, site.language)}${rel === 'prev' ? '' : ' – …'}</small>`}</a> `;
  return html`<nav class="pages" aria-label="${words.archive}"${own}>${link('prev', older, words.older, articles.at(-1)?.published)}${link('next', newer, words.newer, articles[0]?.published)}</nav>`;
}
