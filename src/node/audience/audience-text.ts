import { printable } from '../../article/problem.ts';
import { bytesText, number, percent } from '../../http/audience/page/figures.ts';
import { type AudienceReport, type FeedReport, sorted } from '../../http/audience/report.ts';

/** The most feeds and episodes that are described; JSON and CSV have all. */
const longestList = 10;

/** Writes a report for the terminal: a table of all feeds, then the requests for each. */
export function audienceText(report: AudienceReport): string {
  const { from, to, days, feeds, episodes } = report;
  if (from === undefined) return 'No polls of a feed are counted.\n';
  const period = from === to ? from : `${from} to ${to}, ${days} days`;
  const parts = [
    `Readers, ${period}; the mean of the days\n\n${summary(feeds)}`,
    ...feeds.slice(0, longestList).map(describe),
    ...(episodes.length === 0 ? [] : [downloads(report)]),
  ];
  return parts.join('\n');
}

function summary(feeds: readonly FeedReport[]): string {
  const months = [...new Set(feeds.flatMap((feed) => feed.months.map(({ month }) => month)))].sort().slice(-3);
  const rows = feeds.map(({ feed, readers, days, months: inside }) => {
    const last = days.at(-1);
    const byMonth = months.map((month) => inside.find((one) => one.month === month)?.readers);
    return [printable(feed), ...[readers, last?.stated, last?.direct, ...byMonth].map(figure)];
  });
  return table([['feed', 'readers', 'subscribers*', 'direct*', ...months], ...rows], '* on the last day\n');
}

function describe({ feed, days, names, traffic, bots, refusals }: FeedReport): string {
  const { polls, conditional, unchanged, deltas, whole, refused, bytes, saved, formats } = traffic;
  const shares = sorted(formats).map(([name, count]) => `${name} ${percent(count, polls)}`);
  const rows = names
    .filter(({ readers }) => readers > 0)
    .map(({ name, kind, readers }) => [name, number(readers), kind]);
  return `${printable(feed)}
${table(rows.slice(0, longestList), '')}
  ${number(polls)} polls, ${percent(conditional, polls)} with a condition: ${shares.join(', ')}; ${bytesText(bytes)} sent
  304 ${number(unchanged)}, saved ${bytesText(saved.unchanged)}; 226 ${number(deltas)}, saved ${bytesText(saved.deltas)}; 200 ${number(whole)}, compression saved ${bytesText(saved.coding)}
${list('reported by unknown programs, not counted', { subscribers: days.at(-1)?.unverified ?? 0 })}${list('refused with 429', refused === 0 ? {} : refusals)}${list('bots, apart', bots)}`;
}

function downloads({ episodes }: AudienceReport): string {
  const rows = episodes.slice(0, longestList).map(({ episode, downloads, names }) => {
    return [
      printable(episode),
      number(downloads),
      sorted(names)
        .slice(0, 3)
        .map(([name]) => name)
        .join(', '),
    ];
  });
  return `Downloads, by the rules of the IAB\n${table(rows, '')}`;
}

function list(heading: string, numbers: Readonly<Record<string, number>>): string {
  const all = sorted(numbers)
    .filter(([, count]) => count > 0)
    .slice(0, longestList);
  return all.length === 0
    ? ''
    : `  ${heading}: ${all.map(([name, count]) => `${printable(name)} ${number(count)}`).join(', ')}\n`;
}

function figure(value: number | undefined): string {
  return value === undefined ? '–' : number(value);
}

/** Aligns columns, all but the first and those of words to the right. */
function table(rows: readonly (readonly string[])[], note: string): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, at) => (/^[\d,–]+$/.test(text) ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${rows.map((row) => `  ${line(row)}\n`).join('')}${note === '' ? '' : `  ${note}`}`;
}
