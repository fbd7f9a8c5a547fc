import { html } from 'hono/html';
import type { Instant } from '../../article/article.ts';
import type { Html } from './layout.ts';

/** Shows a moment as its day in the publication's zone, written alike on every runtime: `2025-02-25`. */
export function dateView(instant: Instant, timezone: string): Html {
  return html`<time datetime="${instant}">${localDay(instant, timezone)}</time>`;
}

function localDay(instant: Instant, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const parts = Object.fromEntries(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}
