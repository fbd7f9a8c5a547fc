import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { identifyClient } from '../../../src/http/audience/client.ts';
import { DayCounter } from '../../../src/http/audience/day-counter.ts';
import { writeCsv } from '../../../src/http/audience/page/audience-csv.ts';
import { targetOf } from '../../../src/http/audience/poll.ts';
import { reportOf } from '../../../src/http/audience/report.ts';

const documented = readFileSync(new URL('../../../docs/audience.md', import.meta.url), 'utf8');

const day = '2026-11-30';
const counter = new DayCounter(day);
for (const [path, agent, status] of [
  ['/rss.xml', 'Miniflux/2.2', 200],
  ['/rss.xml', 'Rude/1.0', 429],
  ['/rss.xml', 'Googlebot/2.1', 200],
  ['/media/a.mp3', 'AntennaPod/3', 200],
] as const) {
  const poll = { time: Date.parse(day), method: 'GET', path, status, bytes: 9e6, isConditional: false, agent };
  counter.add(poll, targetOf(path), identifyClient(agent), agent);
}
const report = reportOf([counter.counts]);

/** Lists the keys of a report, without names of programs, days and formats. */
function keysOf(value: unknown, above = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => keysOf(one, above));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = above === '' ? key : `${above}.${key}`;
    const isByName = /(?:bots|refusals|formats)$|episodes\.(?:months|names)$/.test(path);
    return [path, ...(isByName ? [] : keysOf(inner, path))];
  });
}

it('docs/audience.md has every column of the CSV', () => {
  const headings = writeCsv(report)
    .split('\r\n')
    .filter((line) => /^(?:day|month),/.test(line));
  expect(headings).toHaveLength(2);
  for (const column of headings.join(',').split(',')) expect(documented).toContain(`\`${column}\``);
});

it('docs/audience.md has every key of the JSON', () => {
  const keys = [...new Set(keysOf(report))];
  expect(keys.length).toBeGreaterThan(30);
  expect(keys.filter((key) => !documented.includes(`\`${key}\``))).toEqual([]);
});
