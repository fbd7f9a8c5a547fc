import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { full } from '../http/crawl.ts';
import { violations } from './axe.ts';
import { executable, launch, open, skipped } from './chromium.ts';
import { serveFolder } from './courier.ts';

/** What has the focus, and whether people see that. */
interface Focus {
  readonly text: string;
  readonly isSeen: boolean;
  readonly top: number;
}

const focused = `(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom, width } = element.getBoundingClientRect();
  const isRinged = element.matches('audio, video') || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0);
  return {
    text: (element.textContent || element.id || element.tagName).trim().replace(/\\s+/g, ' '),
    isSeen: isRinged && width > 0 && top < innerHeight && bottom > 0,
    top: top + scrollY,
  };
})()`;

/** Moves the focus forward until it is on an element with this text, and returns all that it met. */
async function tabTo(page: Page, text: string): Promise<readonly Focus[]> {
  const met: Focus[] = [];
  while (met.at(-1)?.text !== text) {
    if (met.length > 150) throw new Error(`${text} is not among ${met.map((one) => one.text).join(' | ')}`);
    await page.keyboard.press('Tab');
    met.push((await page.evaluate(focused)) as Focus);
  }
  return met;
}

describe.skipIf(executable === undefined)(`somebody with a keyboard alone in Chromium (${skipped})`, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    site = await serveFolder(full);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('goes from the home page to a section, an article, the feeds and a search', async () => {
    const { page, seen } = await open(browser, site.url, { bypassCSP: true });
    for (const [link, path] of [
      ['The harbour', '/sections/harbour'],
      ['A ship & its crew', '/articles/ship'],
      ['Subscribe', '/subscribe'],
      ['Search', '/search'],
    ] as const) {
      const met = await tabTo(page, link);
      expect(met.filter(({ isSeen }) => !isSeen)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === path);
    }
    // The field has the focus already.
    await page.waitForFunction('document.activeElement.id === "q"');
    await page.keyboard.type('crew');
    await page.waitForSelector('.results li');
    await tabTo(page, 'A ship & its crew');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/articles/ship');
    expect(seen).toEqual([]);
    await page.context().close();
  });

  it.each(['/', '/articles/talk', '/subscribe'])('meets everything at %s once, from top to bottom', async (path) => {
    const { page } = await open(browser, new URL(path, site.url), { bypassCSP: true });
    const met = await tabTo(page, 'All feeds as OPML');
    expect(met[0]?.text).toBe('Skip to the content');
    expect(met.filter(({ isSeen }) => !isSeen)).toEqual([]);
    // Headlines beside each other and a date column may be a little above what stands before them.
    const jumps = met.slice(1).filter(({ top }, i) => top < (met[i]?.top ?? 0) - 700);
    expect(jumps).toEqual([]);
    await page.context().close();
  });

  it('skips the menus', async () => {
    const { page } = await open(browser, site.url, { bypassCSP: true });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const [next] = await tabTo(page, (await page.locator('main a').first().textContent()) ?? '');
    expect(next?.isSeen).toBe(true);
    await page.context().close();
  });

  it.each([
    '/archive',
    '/months/2026-02',
    '/corrections',
    '/podcast/episodes',
    '/articles/talk',
    '/articles/film',
    '/authors/ana-%C3%A1lvarez',
    '/feeds/briefly',
    '/articles/withdrawn',
  ])('finds %s accessible, and whole without a script', async (path) => {
    for (const width of [390, 1280]) {
      const { page } = await open(browser, new URL(path, site.url), {
        viewport: { width, height: 900 },
        bypassCSP: true,
      });
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const plain = await open(browser, new URL(path, site.url), {
        javaScriptEnabled: false,
        viewport: { width, height: 900 },
      });
      const textOf = async (of: Page) => (await of.locator('main').allInnerTexts()).join();
      expect(await textOf(plain.page)).toBe(await textOf(page));
      await Promise.all([page.context().close(), plain.page.context().close()]);
    }
  });
});
