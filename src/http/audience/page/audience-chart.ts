import { html } from 'hono/html';
import type { Html } from '../../views/language-view.ts';
import type { FeedReport } from '../report.ts';
import { number } from './figures.ts';

/** A bar: what it stands for, and how many readers. */
type Bar = readonly [label: string, readers: number];

/** The most bars: a year, and the same month of the year before. */
const longest = 13;
const [left, widest, right, step, tall] = [84, 200, 66, 24, 16];

/** Draws the readers of a feed by month as bars, one below the other; by day in the first month. */
export function readersChart({ feed, months, days }: FeedReport): Html {
  const isByMonth = months.length > 1;
  const all = isByMonth ? months.map(({ month, readers }): Bar => [month, readers]) : days.map(dayBar);
  const bars = all.slice(-longest);
  const most = Math.max(1, ...bars.map(([, readers]) => readers));
  const spoken = bars.map(([label, readers]) => `${label}: ${number(readers)}`).join(', ');
  const rows = bars.map(([label, readers], i) => {
    const long = Math.round((readers / most) * widest);
    const [top, line] = [i * step + (step - tall) / 2, i * step + step / 2 + 4];
    return html`<text x="0" y="${line}">${label}</text><rect x="${left}" y="${top}" width="${Math.max(1, long)}" height="${tall}"/><text x="${left + long + 6}" y="${line}">${number(readers)}</text>`;
  });
  const [width, height] = [left + widest + right, bars.length * step];
  return html`<figure>
<figcaption>Readers by ${isByMonth ? 'month' : 'day'}</figcaption>
<svg class="chart" role="img" aria-label="Readers of ${feed} by ${isByMonth ? 'month' : 'day'}: ${spoken}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-size="13" fill="currentColor">${rows}</svg>
</figure>`;
}

function dayBar({ day, readers }: FeedReport['days'][number]): Bar {
  return [day, readers];
}
