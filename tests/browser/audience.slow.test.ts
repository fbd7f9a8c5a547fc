import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identifyClient } from '../../src/http/audience/client.ts';
import { type Poll, targetOf } from '../../src/http/audience/poll.ts';
import { openBook } from '../../src/node/audience/audience-file.ts';
import { type RunningServer, serve } from '../../src/node/serve/serve.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { violations } from './axe.ts';
import { executable, launch, open, skipped } from './chromium.ts';

const token = 'correct-horse-battery-staple';
const folder = process.env.SCREENSHOTS;
const dayLength = 86_400_000;
const last = Date.now();

const ways = [
  { way: 'light, on a desk', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { way: 'dark, on a phone', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

/** The readers of a day: many of an aggregator, and some of each kind besides. */
function pollsOf(time: number, day: number): readonly [Partial<Poll>, string][] {
  const whole = { status: 200, bytes: 9000, whole: 60_000, isConditional: false };
  const unchanged = { status: 304, bytes: 0, whole: 60_000, isConditional: true };
  const feedly = `Feedly/1.0 (${1_000_000 + day * 1000} subscribers)`;
  return [
    [{ ...unchanged, agent: feedly }, '192.0.2.1'],
    [{ ...whole, agent: feedly, path: '/tags/harbour/atom.xml' }, '192.0.2.1'],
    [{ status: 226, bytes: 700, whole: 60_000, isConditional: true, agent: 'Miniflux/2.2' }, '192.0.2.2'],
    ...Array.from({ length: 40 }, (_, i): [Partial<Poll>, string] => [
      { ...(i % 4 === 0 ? whole : unchanged), agent: ['NetNewsWire', 'newsboat/2', 'FreshRSS/1'][i % 3] ?? '' },
      `198.51.100.${i}`,
    ]),
    [{ ...whole, agent: 'Claims/1.0 (9000000 subscribers)', path: '/feed.json' }, '192.0.2.3'],
    [{ ...whole, agent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }, '192.0.2.4'],
    [{ ...whole, status: 429, agent: 'Impatient/1.0' }, '192.0.2.5'],
    [
      { status: 200, bytes: 2e7, path: '/media/a-very-long-name-of-an-episode.mp3', agent: 'AntennaPod/3' },
      '192.0.2.6',
    ],
    [{ time }, ''],
  ];
}

/** Serves a publication that has counted on these days before today. */
async function serveCounted(days: readonly number[]): Promise<RunningServer> {
  const settings = 'title: The Harbour Courier\nurl: http://news.example/\naudience: true\n';
  const dir = makeFolder({ 'publication.yaml': settings, 'one.md': '# One\n\n2026-01-01\n\nHello.\n' });
  mkdirSync(join(dir, '.dateline'));
  if (days.length > 0) {
    const { book, close } = openBook(join(dir, '.dateline/audience.db'));
    for (const ago of days) {
      const time = last - ago * dayLength;
      const { counter } = book.dayAt(time);
      for (const [one, from] of pollsOf(time, 400 - ago)) {
        const poll = { time, method: 'GET', path: '/rss.xml', status: 404, bytes: 0, isConditional: false, agent: '' };
        const full: Poll = { ...poll, ...one };
        counter.add(full, targetOf(full.path), identifyClient(full.agent), `${from} ${full.agent}`);
      }
    }
    close();
  }
  const fail = (error: Error): never => {
    throw error;
  };
  const options = { port: 0, host: '127.0.0.1', watch: false, audienceToken: token, onRead: () => {}, onError: fail };
  return serve(dir, options);
}

async function enter(page: Page): Promise<string> {
  await page.fill('input[name=token]', token);
  const [answer] = await Promise.all([page.waitForNavigation(), page.click('button')]);
  return answer?.headers()['content-security-policy'] ?? '';
}

describe.skipIf(executable === undefined)(`The page of the audience (${skipped})`, () => {
  let browser: Browser;
  const cases: Record<string, RunningServer> = {};
  beforeAll(async () => {
    browser = await launch();
    const everyFifth = Array.from({ length: 80 }, (_, i) => 395 - i * 5);
    cases['of 13 months'] = await serveCounted([...everyFifth, 0]);
    cases['of one day'] = await serveCounted([0]);
    cases['of nothing'] = await serveCounted([]);
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of Object.values(cases)) await server.close();
  });

  describe.each(ways)('$way', ({ way, ...options }) => {
    it.each(['of 13 months', 'of one day', 'of nothing'])('%s is accessible and fits', async (name) => {
      const address = new URL('/_audience', cases[name]?.url);
      const { page } = await open(browser, address, { ...options, bypassCSP: true });
      expect(await violations(page)).toEqual([]);
      await enter(page);
      if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `audience ${name} - ${way}.png`), fullPage: true });
      }
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(options.viewport.width);
      expect(await page.evaluate('document.querySelectorAll("h1").length')).toBe(1);
      // Text in a chart shrinks with it.
      const sizes = (await page.evaluate(
        '[...document.querySelectorAll("svg text")].map((text) => text.getBoundingClientRect().height)',
      )) as number[];
      expect(Math.min(12, ...sizes)).toBe(12);
      await page.context().close();
    });
  });

  it('shows readers by feed and month, names, formats and savings, without a script or a request elsewhere', async () => {
    const { page, seen } = await open(browser, new URL('/_audience', cases['of 13 months']?.url));
    expect(await page.evaluate('document.body.textContent.includes("Feedly")')).toBe(false);
    const policy = await enter(page);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(await page.evaluate('document.querySelectorAll("script, [onclick], [style]").length')).toBe(0);
    const text = (await page.evaluate('document.body.innerText')) as string;
    for (const said of ['Feedly', 'Atom', 'NetNewsWire', 'Google', 'Impatient', '9,000,000', 'AntennaPod', '%'])
      expect(text).toContain(said);
    expect(text).toMatch(/1,[23]\d\d,\d{3}/);
    const bars = await page.evaluate('document.querySelector("svg.chart").querySelectorAll("rect").length');
    expect(bars).toBe(13);
    // Chromium reports the 404 that anybody without the token gets.
    expect(seen.filter((one) => !one.includes('404'))).toEqual([]);
    await page.context().close();
  });

  it('offers the numbers as files', async () => {
    const { page } = await open(browser, new URL('/_audience', cases['of one day']?.url));
    await enter(page);
    await page.selectOption('select', 'csv');
    await page.fill('input[name=token]', token);
    const [answer] = await Promise.all([page.waitForResponse(/_audience/), page.click('button')]);
    expect(answer.headers()['content-type']).toContain('text/csv');
    await page.context().close();
  });
});
