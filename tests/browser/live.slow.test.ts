import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, startServe } from '../node/command.ts';
import { makeFolder, seed, writeFiles } from '../node/temporary-folder.ts';
import { executable, launch, open, skipped } from './chromium.ts';

const soon = { timeout: 30_000, interval: 20 };

describe.skipIf(executable === undefined)(`a page that is open in Chromium (${skipped})`, () => {
  let dir: string;
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    dir = makeFolder({ 'a.md': seed('One'), 'theme/style.css': 'h1 { color: #010101 }' });
    served = await startServe([dir, '--live']);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    // Pages that are open hold nothing up.
    expect(await served?.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows what is saved, and complains of nothing', async () => {
    const { page, seen } = await open(browser, new URL('/articles/a', served.url));
    const headline = () => page.evaluate('document.querySelector("h1")?.textContent.trim()');
    const color = () => page.evaluate('getComputedStyle(document.querySelector("h1")).color');
    expect(await headline()).toBe('One');
    for (const text of ['Two', 'Three']) {
      writeFiles(dir, { 'a.md': seed(text) });
      await expect.poll(headline, soon).toBe(text);
    }
    writeFiles(dir, { '.a.md': seed('Four') });
    renameSync(join(dir, '.a.md'), join(dir, 'a.md'));
    await expect.poll(headline, soon).toBe('Four');
    writeFiles(dir, { 'theme/style.css': 'h1 { color: #040404 }' });
    await expect.poll(color, soon).toBe('rgb(4, 4, 4)');
    expect(seen).toEqual([]);
  });

  it('shows what is saved in each of more windows than a browser has connections', async () => {
    const address = new URL('/articles/a', served.url);
    const { page: first, seen } = await open(browser, address);
    const pages = [first];
    // Without a screen every page counts as seen.
    while (pages.length < 8) {
      const page = await first.context().newPage();
      await page.goto(address.href);
      pages.push(page);
    }
    writeFiles(dir, { 'a.md': seed('In all') });
    const headline = 'document.querySelector("h1")?.textContent.trim()';
    for (const page of pages) await expect.poll(() => page.evaluate(headline), soon).toBe('In all');
    expect(seen).toEqual([]);
    await first.context().close();
  });

  it('shows a new article on the error page that was open at its address', async () => {
    const { page } = await open(browser, new URL('/articles/new', served.url));
    expect(await page.title()).not.toContain('Newer');
    writeFiles(dir, { 'new.md': seed('Newer') });
    await expect.poll(() => page.title(), soon).toContain('Newer');
  });
});
