import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { startWorker } from '../edge/workerd.ts';
import { type Files, makeFolder } from '../node/temporary-folder.ts';
import { serveStatic } from '../static/static-server.ts';
import { executable, launch, open, skipped } from './chromium.ts';
import { serveFolder } from './courier.ts';

/** Seven articles, two a page: the fourth archive page is not full yet, of the whole and of the tag. */
function daily(url: string): Files {
  const days = Array.from({ length: 7 }, (_, i) => i + 1);
  return {
    'publication.yaml': `title: The Daily\nitems: 2\nurl: ${url}\n`,
    ...Object.fromEntries(
      days.map((day) => [
        `day-${day}.md`,
        `---\ntitle: Day ${day}\ndate: 2026-03-0${day}\ntags: [Zürich]\n---\nIt went by.\n`,
      ]),
    ),
  };
}

interface Host {
  /** The address of the home page. */
  readonly url: URL;
  close(): Promise<void>;
}

/** Builds the publication and returns the folder of the static site. */
async function built(url: string): Promise<string> {
  const { site, sources, files } = new SeedFolder(makeFolder(daily(url)), { url }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, '2026-04-01T00:00:00Z', undefined, files);
  return out;
}

const hosts: Readonly<Record<string, () => Promise<Host>>> = {
  'a Node server': () => serveFolder(daily('https://daily.example/')),
  'a worker in workerd': async () => startWorker(edgeFolder(await built('https://daily.example/'))),
  'a static host': async () => serveStatic(await built('https://daily.example/')),
  'a static host below a path': async () => serveStatic(await built('https://a.example/news/'), '/news/'),
};

describe.skipIf(executable === undefined).each(Object.entries(hosts))(
  `the archive on %s in Chromium (${skipped})`,
  (_, start) => {
    let browser: Browser;
    let host: Host;
    beforeAll(async () => {
      [host, browser] = await Promise.all([start(), launch()]);
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await host?.close();
    });

    const runs = [
      { of: 'the whole', home: '', archive: 'archive/' },
      { of: 'a tag', home: 'tags/z%C3%BCrich', archive: 'tags/z%C3%BCrich/archive/' },
    ];

    it.each(runs)('leads from page to page of $of and back to an article', async ({ home, archive }) => {
      const { page, seen } = await open(browser, new URL(home, host.url));
      const walk = [{ path: pathOf(page, host), days: await daysOn(page) }];
      for (const label of [...Array(3).fill('Older'), ...Array(3).fill('Newer')]) {
        await page.click(`main >> text=${label}`);
        walk.push({ path: pathOf(page, host), days: await daysOn(page) });
        expect(await ground(page)).toBe('rgb(251, 249, 244)');
      }
      const archived = [
        { path: `${archive}3`, days: [6, 5] },
        { path: `${archive}2`, days: [4, 3] },
        { path: `${archive}1`, days: [2, 1] },
      ];
      const current = { path: home, days: [7, 6] };
      // The newest archive page repeats Day 6, so the way to it ends there.
      const first = { ...archived[0], path: `${archive}3#at-day-6` };
      expect(walk).toEqual([current, first, ...archived.slice(1), archived[1], archived[0], current]);
      await page.click('h2 >> text=Day 7');
      expect(pathOf(page, host)).toBe('articles/day-7');
      expect(await ground(page)).toBe('rgb(251, 249, 244)');
      // Neither an error of the console, which a missing file is, nor a request to the public address.
      expect(seen).toEqual([]);
      await page.context().close();
    });

    it.each(runs)('redirects the next archive page of $of to the current page', async (run) => {
      const { page, seen } = await open(browser, new URL(`${run.archive}4`, host.url), {
        javaScriptEnabled: false,
      });
      await page.waitForURL(new URL(run.home, host.url).href);
      expect(await daysOn(page)).toEqual([7, 6]);
      expect(seen).toEqual([]);
      await page.context().close();
    });
  },
);

function pathOf(page: Page, { url }: Host): string {
  return page.url().slice(url.href.length);
}

async function daysOn(page: Page): Promise<number[]> {
  return (await page.locator('h2').allTextContents())
    .flatMap((title) => /^Day (\d)$/.exec(title)?.[1] ?? [])
    .map(Number);
}

/** The background, which only the stylesheet makes other than white. */
async function ground(page: Page): Promise<unknown> {
  await page.waitForLoadState();
  return page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
}
