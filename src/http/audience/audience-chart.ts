import { html } from 'hono/html';
import type { Html } from '../views/language-view.ts';
import { number } from './figures.ts';
import type { MonthReaders } from './report.ts';

const [step, width, height] = [48, 30, 96];

/** Draws the readers of a feed by month, the last twelve of them, as bars with their numbers. */
export function monthsChart(feed: string, months: readonly MonthReaders[]): Html {
  const shown = months.slice(-12);
  const most = Math.max(1, ...shown.map(({ readers }) => readers));
  const told = shown.map(({ month, readers }) => `${month}: ${number(readers)}`).join(', ');
  const bars = shown.map(({ month, readers }, i) => {
    const tall = Math.round((readers / most) * height);
    const [left, middle, top] = [i * step + (step - width) / 2, i * step + step / 2, 16 + height - tall];
    return html`<rect x="${left}" y="${top}" width="${width}" height="${tall}" fill="currentColor" fill-opacity="0.6"/><text x="${middle}" y="${top - 4}" text-anchor="middle" font-size="11" fill="currentColor">${number(readers)}</text><text x="${middle}" y="${height + 30}" text-anchor="middle" font-size="11" fill="currentColor">${month}</text>`;
  });
  const size = shown.length * step;
  return html`<svg class="chart" role="img" aria-label="Readers of ${feed} by month: ${told}" viewBox="0 0 ${size} ${height + 36}" width="${size}" height="${height + 36}">${bars}<line x1="0" y1="${height + 16.5}" x2="${size}" y2="${height + 16.5}" stroke="currentColor"/></svg>`;
}
