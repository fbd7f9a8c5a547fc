import { html } from 'hono/html';
import type { Instant } from '../../article/article.ts';
import type { Site } from '../../publication/site.ts';
import { localDay, writtenDay } from '../../publication/written-day.ts';
import { type Html, languageOf } from './language-view.ts';

/**
 * Shows a moment as a date in the publication's time zone and language, the same on every runtime. `around` is the
 * language of the surrounding text, if it may differ. `property` names the moment for microformats.
 */
export function dateView(
  instant: Instant,
  site: Site,
  around = site.language,
  property?: 'dt-published' | 'dt-updated',
): Html {
  const language = around === site.language ? '' : languageOf(site.language, around);
  const name = property === undefined ? '' : html` class="${property}"`;
  return html`<time${name} datetime="${instant}"${language}>${plainDate(instant, site)}</time>`;
}

/** The same as plain text. */
export function plainDate(instant: Instant, { timezone, language }: Pick<Site, 'timezone' | 'language'>): string {
  return writtenDay(localDay(instant, timezone), language);
}
