import { html, raw } from 'hono/html';
import type { Article } from '../../article/article.ts';
import { escapeHtml } from '../../feed/xml.ts';
import type { Site } from '../../publication/site/site.ts';
import { fillSlot, type PageFacts, type Slot } from '../../publication/site/slots.ts';
import { authorsOf } from '../../publication/slices/slice.ts';
import { type Html, siteLanguage } from './language-view.ts';

/** The facts that placeholders can insert. */
export interface SlotPage {
  readonly site: Site;
  readonly title: string;
  readonly root: string;
  /** Absolute; absent for an error. */
  readonly canonical?: string | undefined;
  readonly article?: Article | undefined;
}

/** Writes the theme's HTML for a slot. */
export function slotView(slot: Slot, page: SlotPage): Html | string {
  const written = page.site.theme?.[slot];
  if (written === undefined) return '';
  const filled = raw(fillSlot(written, factsOf(page), escapeAttribute));
  // Beside the text of an article, not in it: programs that read pages take the text for the author's.
  return slot === 'articleTop' || slot === 'articleBottom'
    ? html`<div class="slot"${siteLanguage(page.site, page.article?.language)}>\n${filled}</div>\n`
    : filled;
}

function factsOf({ site, title, root, canonical = '', article }: SlotPage): PageFacts {
  const { title: name, description, language } = site;
  const authors = article === undefined ? [] : authorsOf(article, site);
  return {
    ...{ site: name, description, language: article?.language ?? language, root },
    ...{ title: article?.title ?? title, address: canonical },
    authors: authors.map((author) => author.name).join(', '),
    published: article?.published.slice(0, 10) ?? '',
    section: article?.section ?? '',
  };
}

function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll("'", '&#39;').replaceAll('>', '&gt;');
}
