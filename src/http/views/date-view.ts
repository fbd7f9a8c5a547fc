import { html } from 'hono/html';
import type { Instant } from '../../article/article.ts';
import type { Site } from '../../publication/site.ts';
import { type Html, languageOf } from './language-view.ts';
import { type Day, writtenDay } from './written-day.ts';

/**
 * Shows a moment as its day in the publication's zone and language, alike on every runtime. `around` is the language of
 * what it stands in, where that may be another.
 */
export function dateView(instant: Instant, site: Site, around = site.language): Html {
  const language = around === site.language ? '' : languageOf(site.language, around);
  return html`<time datetime="${instant}"${language}>${writtenDay(localDay(instant, site.timezone), site.language)}</time>`;
}

function localDay(instant: Instant, timeZone: string): Day {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]),
  );
  return { year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0 };
}

/** By zone; a publication has one, and to make a format takes longer than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();
