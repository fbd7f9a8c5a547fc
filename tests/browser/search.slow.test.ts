import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manySeeds, seed, writeFiles } from '../node/temporary-folder.ts';
import { violations } from './axe.ts';
import { executable, launch, open, skipped } from './chromium.ts';
import { serveFolder } from './courier.ts';

const files = {
  'publication.yaml': 'title: The Daily\nsearch: true\n',
  'ferry.md': seed('The ferry sails', '2026-03-01', 'A café on board.'),
  'harbour.md': seed('Harbour <b>', '2026-03-02', 'The ferries wait.'),
  'tokyo.md': seed('東京', '2026-03-03', '海岸に船がある。'),
  ...manySeeds(30),
};

describe.skipIf(executable === undefined)(`the search in Chromium (${skipped})`, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    site = await serveFolder(files);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('shows results while people type, and by its address', async () => {
    const { page, seen } = await open(browser, new URL('/search', site.url));
    const headlines = () => page.locator('.results h2').allTextContents();
    const search = async (text: string, found: unknown) => {
      await page.fill('#q', text);
      await page.press('#q', 'Enter');
      await page.waitForURL((url) => url.searchParams.get('q') === text);
      // Until the results arrive, those of the search before are shown.
      await expect.poll(headlines).toEqual(found);
    };
    await search('FERRY', ['The ferry sails']);
    await search('ferr', expect.arrayContaining(['The ferry sails', 'Harbour <b>']));
    await search('cafe ferry', ['The ferry sails']);
    await search('海', ['東京']);
    await search('nowhere', []);
    await page.goto(new URL('/search?q=lede', site.url).href);
    await page.waitForSelector('.results ~ button');
    expect(await headlines()).toHaveLength(20);
    await page.click('.results ~ button');
    await page.waitForFunction('document.querySelectorAll(".results h2").length === 30');
    await page.click('.results h2 a >> nth=0');
    await page.waitForSelector('article h1');
    expect(seen).toEqual([]);
    await page.context().close();
  });

  it('forgets a withdrawn article at once, whatever the browser has in its cache', async () => {
    const changing = await serveFolder(files, { watch: true });
    const { page } = await open(browser, new URL('/search?q=ferry', changing.url));
    const headlines = () => page.locator('.results h2').allTextContents();
    await expect.poll(headlines).toContain('The ferry sails');
    const withdrawn = '---\ntitle: The ferry sails\ndate: 2026-03-01\nwithdrawn: 2026-03-02\n---\nA café on board.\n';
    writeFiles(changing.dir, { 'ferry.md': withdrawn });
    const status = async () => (await fetch(new URL('/articles/ferry', changing.url))).status;
    await expect.poll(status, { timeout: 20_000 }).toBe(410);
    await page.goto(new URL('/search?q=ferr', changing.url).href);
    await expect.poll(headlines).toEqual(['Harbour <b>']);
    await page.context().close();
    await changing.close();
  });

  it.each(['light', 'dark'] as const)('is accessible: %s', async (colorScheme) => {
    const { page } = await open(browser, new URL('/search?q=ferry', site.url), { colorScheme, bypassCSP: true });
    await page.waitForSelector('.results li');
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('leads to the articles without a script', async () => {
    const { page } = await open(browser, new URL('/search', site.url), { javaScriptEnabled: false });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await page.locator('.without a').isVisible()).toBe(true);
    await page.context().close();
  });
});
