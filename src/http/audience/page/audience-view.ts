import { html } from 'hono/html';
import { legalText } from '../../../article/plain-text.ts';
import { formats as feedFormats } from '../../../feed/formats.ts';
import type { Site } from '../../../publication/site/site.ts';
import { type Html, languageOf } from '../../views/language-view.ts';
import { type AudienceReport, type FeedReport, sorted } from '../report.ts';
import { readersChart } from './audience-chart.ts';
import { bytesText, number, percent } from './figures.ts';

/** Writes the publisher's page: a table of all feeds, then the months, names and savings of each. */
export function audiencePage(site: Site, report: AudienceReport): Promise<string> {
  const { from, to, days, feeds, episodes } = report;
  const body =
    from === undefined
      ? html`<p>Nothing is counted yet. Numbers appear after the first poll of a feed.</p>`
      : html`<p>${days === 1 ? from : html`${from} to ${to}, ${days} days`}. A reader is a subscriber that an aggregator reports, or a program that fetches a feed itself. Numbers are the mean of the days. Bots, browsers and scripts are not readers.</p>
${summary(feeds)}
${feeds.slice(0, longestList).map(feedSection)}${more(feeds.length, 'feeds')}${episodes.length === 0 ? '' : downloads(report)}`;
  return shell(site, 'Readers', html`${body}\n${tokenForm('Show again or download', true)}`);
}

/** Writes the page for a visitor without the token; `isWrong` after a wrong one. */
export function tokenPage(site: Site, isWrong: boolean): Promise<string> {
  const said = isWrong ? 'That token is wrong.' : 'This page is for the publisher.';
  return shell(site, 'Not found', html`<p>${said}</p>\n${tokenForm('For the publisher', false)}`);
}

/** The most feeds, names and episodes on the page; JSON has all. */
const longestList = 20;

const formatLabels: ReadonlyMap<string, string> = new Map(feedFormats.map(({ name, label }) => [name, label]));

async function shell(site: Site, heading: string, body: Html): Promise<string> {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${heading} – ${site.title}</title>
<link rel="icon" href="./icon.svg">
<link rel="stylesheet" href="./style.css">
</head>
<body>
<header>
<p class="name"><a href="./"${languageOf(site.language)}>${site.title}</a></p>
</header>
<main id="content">
<section class="subscribe audience">
<h1>${heading}</h1>
${body}
</section>
</main>
</body>
</html>
`;
  return legalText(String(await page));
}

function tokenForm(heading: string, hasFormats: boolean): Html {
  const formats = html`<label>As <select name="format"><option value="">page</option><option value="csv">CSV</option><option value="json">JSON</option></select></label>\n`;
  return html`<h2>${heading}</h2>
<form method="post" action="./_audience">
<label>Token <input type="password" name="token" required autocomplete="current-password"></label>
${hasFormats ? formats : ''}<button type="submit">Show</button>
</form>`;
}

function summary(feeds: readonly FeedReport[]): Html {
  const months = [...new Set(feeds.flatMap(({ months }) => months.map(({ month }) => month)))].sort().slice(-5);
  const row = ({ feed, readers, days, months: inside }: FeedReport): Html => {
    const last = days.at(-1);
    const cells = months.map((month) => inside.find((one) => one.month === month)?.readers);
    return html`<tr><th scope="row"><code>${feed}</code></th>${[readers, last?.stated, last?.direct, ...cells].map(cell)}</tr>\n`;
  };
  return scrolled(html`<table>
<caption>Readers by feed and month</caption>
<thead><tr><th scope="col">Feed</th><th scope="col">Readers</th><th scope="col">Subscribers, last day</th><th scope="col">Direct, last day</th>${months.map((month) => html`<th scope="col">${month}</th>`)}</tr></thead>
<tbody>
${feeds.map(row)}</tbody>
</table>`);
}

function cell(value: number | undefined): Html {
  return html`<td>${value === undefined ? '–' : number(value)}</td>`;
}

function feedSection(report: FeedReport): Html {
  const { feed, days, names, bots, refusals } = report;
  const { unverified = 0 } = days.at(-1) ?? {};
  const read = names.filter(({ readers }) => readers > 0);
  return html`<h2><code>${feed}</code></h2>
${readersChart(report)}
${scrolled(html`<table>
<caption>Names of readers</caption>
<thead><tr><th scope="col">Name</th><th scope="col" class="words">Kind</th><th scope="col">Readers</th></tr></thead>
<tbody>
${read.slice(0, longestList).map(({ name, kind, readers }) => html`<tr><th scope="row">${name}</th><td class="words">${kind}</td>${cell(readers)}</tr>\n`)}</tbody>
</table>`)}${more(read.length, 'names')}
${unverified === 0 ? '' : html`<p>On the last day, unknown programs reported another ${number(unverified)} subscribers. Anybody can claim a number, so they are not counted.</p>`}
${formatsAsked(report)}
${answers(report)}
${list('Bots, not counted as readers', bots)}${list('Refused with 429', refusals)}`;
}

function more(count: number, what: string): Html | string {
  return count > longestList ? html`<p>And ${number(count - longestList)} more ${what}, in JSON and CSV.</p>` : '';
}

function formatsAsked({ traffic: { formats, polls } }: FeedReport): Html {
  return scrolled(html`<table>
<caption>Polls by format</caption>
<thead><tr><th scope="col">Format</th><th scope="col">Polls</th><th scope="col">Share</th></tr></thead>
<tbody>
${sorted(formats).map(([name, count]) => html`<tr><th scope="row">${formatLabels.get(name) ?? name}</th>${cell(count)}<td>${percent(count, polls)}</td></tr>\n`)}</tbody>
</table>`);
}

/** Shows what conditional requests, deltas and compression saved, as shares of all bytes without them. */
function answers({ traffic }: FeedReport): Html {
  const { polls, conditional, unchanged, deltas, whole, refused, bytes, saved } = traffic;
  const all = bytes + saved.unchanged + saved.deltas + saved.coding;
  const rows: readonly (readonly [string, number, number | undefined])[] = [
    ['304, nothing new', unchanged, saved.unchanged],
    ['226, new entries only', deltas, saved.deltas],
    ['200, the whole feed, compressed', whole, saved.coding],
    ['429, refused', refused, undefined],
  ];
  return html`${scrolled(html`<table>
<caption>Answers to polls, and what they saved</caption>
<thead><tr><th scope="col">Answer</th><th scope="col">Times</th><th scope="col">Share</th><th scope="col">Saved</th><th scope="col">Of all bytes</th></tr></thead>
<tbody>
${rows.map(([answer, times, less]) => html`<tr><th scope="row">${answer}</th>${cell(times)}<td>${percent(times, polls)}</td><td>${less === undefined ? '–' : bytesText(less)}</td><td>${less === undefined ? '–' : percent(less, all)}</td></tr>\n`)}</tbody>
</table>`)}
<p>${percent(conditional, polls)} of ${number(polls)} polls were conditional. ${bytesText(bytes)} went out: ${percent(bytes, all)} of the ${bytesText(all)} that whole, uncompressed feeds would have taken.</p>`;
}

function downloads({ episodes }: AudienceReport): Html {
  return html`<h2>Downloads</h2>
${scrolled(html`<table>
<caption>Downloads of episodes, by the rules of the IAB</caption>
<thead><tr><th scope="col">Episode</th><th scope="col">Downloads</th><th scope="col" class="words">By</th></tr></thead>
<tbody>
${episodes
  .slice(0, longestList)
  .map(
    ({ episode, downloads, names }) =>
      html`<tr><th scope="row"><code>${episode}</code></th>${cell(downloads)}<td class="words">${inWords(names)}</td></tr>\n`,
  )}</tbody>
</table>`)}`;
}

function list(heading: string, numbers: Readonly<Record<string, number>>): Html | string {
  return Object.keys(numbers).length === 0 ? '' : html`<p>${heading}: ${inWords(numbers)}.</p>\n`;
}

function inWords(numbers: Readonly<Record<string, number>>): string {
  return sorted(numbers)
    .slice(0, longestList)
    .map(([name, count]) => `${name} ${number(count)}`)
    .join(', ');
}

/** Makes a wide table scroll by itself, also by keyboard. */
function scrolled(table: Html): Html {
  return html`<div class="wide" tabindex="0" role="group" aria-label="Table">${table}</div>`;
}
