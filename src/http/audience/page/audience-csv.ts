import type { AudienceReport } from '../report.ts';

const columns = ['day', 'feed', 'readers', 'subscribers', 'direct', 'unverified', 'browsers', 'scripts'] as const;

/** Writes the readers of each feed by day as CSV (RFC 4180), and then the downloads of each episode by month. */
export function writeCsv({ feeds, episodes }: AudienceReport): string {
  const readers = feeds.flatMap(({ feed, days }) =>
    days.map((one) => [one.day, feed, one.readers, one.stated, one.direct, one.unverified, one.browsers, one.scripts]),
  );
  const downloads = episodes.flatMap(({ episode, months }) =>
    Object.entries(months).map(([month, count]) => [month, episode, count]),
  );
  const tables = [
    [columns, ...readers],
    ...(downloads.length === 0 ? [] : [[['month', 'episode', 'downloads'], ...downloads]]),
  ];
  return tables.map((rows) => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')).join('\r\n');
}

/** Quotes a cell if needed. A path comes from a stranger and must not become a spreadsheet's formula. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
