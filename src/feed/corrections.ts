import type { Article, Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { correctionsPath } from '../publication/addresses/address.ts';
import type { Notice } from '../publication/notices.ts';
import type { Page } from '../publication/page.ts';
import type { Edition } from '../publication/publication.ts';
import { hasPages, homeOf, type Site } from '../publication/site/site.ts';
import { wordsFor } from '../publication/words/words.ts';
import { type WrittenDocument, writeFeed } from './document.ts';
import type { Format } from './formats.ts';
import { type FeedLinks, feedLinks } from './links.ts';
import { escapeHtml } from './xml.ts';

/** The title and description of the list of corrections. */
export function correctionsTitle({ title, language }: Site): { readonly title: string; readonly description: string } {
  const { words } = wordsFor(language);
  return { title: `${title}: ${words.corrections}`, description: words.correctionsOf.replace('{}', title) };
}

/** Writes the feed of corrections and withdrawals, each an item of its own; `undefined` without any. */
export async function writeCorrectionsFeed(
  edition: Edition,
  format: Format,
  now: Instant,
): Promise<WrittenDocument | undefined> {
  const { site, changed } = edition;
  const { notices, until } = (await edition.notices?.(now)) ?? { notices: [] };
  if (notices.length === 0) return undefined;
  const base = site.feedId.endsWith('/') ? site.feedId : `${site.feedId}/`;
  const page: Page = {
    ...omitUndefined({ changed, until }),
    // Items are short, so they are whole even if articles are cut.
    site: { ...site, ...correctionsTitle(site), feedId: `${base}${correctionsPath}`, content: 'full' },
    address: {},
    articles: notices.slice(0, site.items).map((notice) => itemOf(notice, site)),
  };
  return writeFeed(page, format, correctionsLinks);
}

/** The addresses of the feed of corrections in the format with this `file`. */
export function correctionsLinks({ site }: Pick<Page, 'site'>, file: string): FeedLinks {
  const at = (path: string): string => new URL(path, site.url).href;
  const { prevArchive: _, ...links } = feedLinks({ site, address: {} }, file);
  const self = at(`${correctionsPath}/${file}`);
  const page = hasPages(site) ? at(correctionsPath) : homeOf(site);
  return { ...links, self, current: self, alternate: page, home: page };
}

/** The headline of a notice, in the language of its article. */
export function noticeTitle({ kind, head: { title, language } }: Notice, site: Pick<Site, 'language'>): string {
  const { words } = wordsFor(language ?? site.language);
  return `${kind === 'correction' ? words.correction : words.withdrawn}: ${title}`;
}

function itemOf(notice: Notice, site: Site): Article {
  const { kind, head, fact } = notice;
  const { id, slug, permalink, title, language, authors, corrections = [] } = head;
  const isCorrection = kind === 'correction';
  const text = isCorrection ? fact.note : (fact.reason ?? '');
  // Two corrections with the same time have different ids.
  const same = isCorrection ? corrections.filter(({ date }) => date === fact.date).indexOf(fact) : 0;
  const suffix = `${kind}-${fact.date}${same > 0 ? `-${same + 1}` : ''}`;
  const link = `<p><a href="${escapeHtml(permalink)}">${escapeHtml(title)}</a></p>\n`;
  return omitUndefined({
    id: `${id}${id.includes('#') ? '-' : '#'}${suffix}`,
    ...{ slug, permalink, language, authors },
    title: noticeTitle(notice, site),
    ...{ published: fact.date, updated: fact.date, tags: [], enclosures: [] },
    summary: text,
    content:
      (text === '' ? '' : `<p>${escapeHtml(text)}</p>\n`) + (isCorrection ? link : `<p>${escapeHtml(title)}</p>\n`),
  });
}
