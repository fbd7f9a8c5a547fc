import { html } from 'hono/html';
import type { Instant } from '../../article/article.ts';
import type { Site } from '../../publication/site/site.ts';
import { writtenDay, writtenTime } from '../../publication/words/date-styles.ts';
import { localTime } from '../../publication/words/local-time.ts';
import { type Html, siteLanguage } from './language-view.ts';

/** The class that names a moment for microformats (h-entry). */
type DateProperty = 'dt-published' | 'dt-updated';

/**
 * Shows a moment as a date in the publication's time zone and language, the same on every runtime. `around` is the
 * language of the surrounding text, if it may differ. `property` names the moment for microformats.
 */
export function dateView(instant: Instant, site: Site, around = site.language, property?: DateProperty): Html {
  const language = siteLanguage(site, around);
  const name = property === undefined ? '' : html` class="${property}"`;
  return html`<time${name} datetime="${instant}"${language}>${plainDate(instant, site)}</time>`;
}

/** Shows a moment as a date and, if it has one, the time of day. */
export function momentView(instant: Instant, site: Site, around?: string, property?: DateProperty): Html {
  const hour = hourView(instant, site, around);
  return html`${dateView(instant, site, around, property)}${hour === undefined ? '' : html` ${hour}`}`;
}

/** The date as plain text. */
export function plainDate(instant: Instant, { timezone, language }: Pick<Site, 'timezone' | 'language'>): string {
  return writtenDay(localTime(instant, timezone), language);
}

/** Shows the time of day of a moment; nothing for midnight, because dates without a time become midnight. */
export function hourView(instant: Instant, site: Site, around = site.language): Html | undefined {
  const time = localTime(instant, site.timezone);
  if (time.hour === 0 && time.minute === 0) return undefined;
  const language = siteLanguage(site, around);
  return html`<time datetime="${instant}"${language}>${writtenTime(time, site.language)}</time>`;
}

/** Returns the day of a moment in the publication's time zone, as in ISO 8601. */
export function dayOf(instant: Instant, { timezone }: Site): string {
  const { year, month, day } = localTime(instant, timezone);
  return [String(year).padStart(4, '0'), month, day].map((part) => String(part).padStart(2, '0')).join('-');
}
