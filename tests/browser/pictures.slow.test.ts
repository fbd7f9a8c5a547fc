import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from '../node/pictures.ts';
import { executable, launch, open, skipped } from './chromium.ts';
import { serveFolder } from './courier.ts';

/** Enough articles for a lead, three beside each other, and rows. */
const files = {
  'publication.yaml': 'title: The Daily\npictures: sharp\n',
  'ship.png': png(1600, 1200),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((n) => [`a${n}.md`, `# Story ${n}\n\n2026-03-0${n}\n\n![A ship](ship.png)\n\nIt sailed.\n`]),
  ),
};

describe.skipIf(executable === undefined)(`pictures in Chromium (${skipped})`, () => {
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

  it.each([360, 390, 800, 1280])('of lists are as wide as the page says, on a screen of %i pixels', async (width) => {
    const { page } = await open(browser, site.url, { viewport: { width, height: 900 } });
    const shown = (await page.evaluate(`[...document.querySelectorAll('main img[sizes]')].map((img) => {
      const fitting = img.sizes.split(', ').find((one) => !one.startsWith('(') || matchMedia(one.replace(/ \\S+$/, '')).matches);
      const [, number, unit] = /([\\d.]+)(px|vw)$/.exec(fitting);
      const stated = unit === 'px' ? Number(number) : (innerWidth * number) / 100;
      return { name: img.parentElement.className, stated, width: img.getBoundingClientRect().width };
    })`)) as { name: string; stated: number; width: number }[];
    expect(shown).toHaveLength(6);
    // A larger picture than needed costs a phone time; a smaller one is blurred.
    for (const { name, stated, width } of shown) {
      expect(stated / width, name).toBeGreaterThan(0.9);
      expect(stated / width, name).toBeLessThan(1.4);
    }
    await page.context().close();
  });
});
