import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executable, launch, open, skipped } from './chromium.ts';
import { courier, serveFolder } from './courier.ts';

/** What a list of articles asks another host for: the picture of one, which does not exist. */
const picture = ['image: https://www.example/%22onload=%22alert(1)', 'error: Failed to load resource: net::ERR_FAILED'];

describe.skipIf(executable === undefined)(`somebody with Chromium (${skipped})`, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    site = await serveFolder(courier);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it('finds from the home page every feed, each under the type that the link names', async () => {
    const { page, seen } = await open(browser, site.url);
    const links = await page.$$eval('head link[rel=alternate]', (found) =>
      found.map((link) => ({
        type: link.getAttribute('type') ?? '',
        title: link.getAttribute('title'),
        href: link.getAttribute('href') ?? '',
      })),
    );
    expect(links.map(({ type }) => type)).toEqual([
      'application/rss+xml',
      'application/atom+xml',
      'application/feed+json',
    ]);
    expect(new Set(links.map(({ title }) => title)).size).toBe(3);
    for (const { type, href } of links) {
      const answer = await page.request.get(new URL(href, page.url()).href);
      expect(answer.headers()['content-type']).toMatch(new RegExp(`^${type.replace('+', '\\+')}(?:;|$)`));
    }
    expect(seen.filter((one) => !picture.includes(one))).toEqual([]);
    await page.context().close();
  });

  it.each(['RSS', 'Atom'])('opens the %s feed and sees a page that says what it is', async (format) => {
    const { page, seen } = await open(browser, site.url, { colorScheme: 'light', locale: 'en-US' });
    await page.click(`aside a:has-text("${format}")`);
    await page.waitForURL(/\.xml$/);
    // Only what has a box is seen, and the day of a moment before it is cut off.
    const shown = (await page.evaluate(
      `[...document.querySelectorAll('*')].filter((e) => e.children.length === 0 && e.getClientRects().length > 0).map((e) => e.textContent)`,
    )) as string[];
    const text = shown.join('\n');
    expect(text).toContain('The Harbour Courier');
    expect(text).toContain('Council of the united harbour towns');
    expect(text).toContain('The bridge opened to walkers, two years after the first plans');
    expect(text).toContain('A short one about R&D & tea.');
    // The day in the publication's time zone, in the browser's language.
    expect(text).toContain('February 26, 2026');
    expect(text).not.toMatch(/<\/?(?:p|a|ul|li|table|blockquote)\b/);
    expect(text).toContain('This is a feed.');
    const address = await page.evaluate(
      `getComputedStyle([...document.querySelectorAll('link, *|link')].find((e) => e.getAttribute('rel') === 'self'), '::before').content`,
    );
    expect(address).toContain(page.url());
    const ground = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(ground).toBe('rgb(251, 249, 244)');
    // Its links are links.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/subscribe$/);
    expect(seen.filter((one) => !picture.includes(one))).toEqual([]);
    await page.context().close();
  });

  it('sees a feed in the language and the colors of the publication', async () => {
    const blue = await serveFolder({
      'publication.yaml': 'language: ar\ntitle: الميناء\n',
      'theme/style.css': ':root { --paper: rgb(0, 0, 99) }',
      'a.md': '# فتح الجسر\n\n2026-02-20\n\nصباح اليوم.\n',
    });
    try {
      for (const path of ['/rss.xml', '/atom.xml']) {
        const { page, seen } = await open(browser, new URL(path, blue.url));
        expect(await page.textContent('div')).toContain('هذه خلاصة.');
        expect(await page.evaluate('getComputedStyle(document.querySelector("div")).direction')).toBe('rtl');
        expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe('rgb(0, 0, 99)');
        expect(seen).toEqual([]);
        await page.context().close();
      }
    } finally {
      await blue.close();
    }
  });

  it('goes from page to page by links, with no error and no request to another host', async () => {
    const { page, seen } = await open(browser, site.url);
    for (const [link, path] of [
      ['nav >> text=Subscribe', '/subscribe'],
      ['summary >> text=By tag', '/subscribe'],
      ['details[open] >> text=Harbour', '/tags/harbour'],
      ['h2 >> text=Council', '/articles/long'],
      ['.by >> text=Bo Sail', '/authors/bo-sail'],
      ['.name a', '/'],
      ['text=Older articles', '/archive/2'],
      ['text=Older articles', '/archive/1'],
      ['text=Newer articles', '/archive/2'],
    ] as const) {
      await page.click(link);
      expect(new URL(page.url()).pathname).toBe(path);
    }
    expect(seen.filter((one) => !picture.includes(one))).toEqual([]);
    await page.context().close();
  });

  it.each([
    { path: '/subscribe', browserHas: 'a script', javaScriptEnabled: true },
    { path: '/subscribe', browserHas: 'no script', javaScriptEnabled: false },
    { path: '/articles/hostile', browserHas: 'a script', javaScriptEnabled: true },
    { path: '/', browserHas: 'no script', javaScriptEnabled: false },
  ])('copies the address of a feed at $path with $browserHas', async ({ path, javaScriptEnabled }) => {
    const { page, seen } = await open(browser, new URL(path, site.url), {
      javaScriptEnabled,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    if (javaScriptEnabled) {
      await page.click('button >> nth=0');
      await page.waitForSelector('button:has-text("Copied")');
      expect(await page.textContent('[role=status]')).toBe('Copied');
    } else {
      expect(await page.$$('button')).toEqual([]);
      await page.focus('#feed-rss');
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Control+C');
    }
    const other = await page.context().newPage();
    await other.goto(new URL('/icon.svg', site.url).href);
    await page.close();
    const { page: reader } = await open(browser, new URL('/subscribe', site.url));
    await reader.evaluate('document.body.append(Object.assign(document.createElement("textarea"), { id: "paste" }))');
    await reader.focus('#paste');
    await reader.keyboard.press('Control+V');
    expect(await reader.inputValue('#paste')).toBe(new URL('/rss.xml', site.url).href);
    // A body may show pictures and films from elsewhere; these here lead nowhere.
    expect(seen.filter((one) => !/^(?:image|media): |^error: Failed to load resource/.test(one))).toEqual([]);
    await other.context().close();
    await reader.context().close();
  });

  it('reaches everything by keyboard, the content first', async () => {
    const { page } = await open(browser, site.url);
    const focused = () => page.evaluate('document.activeElement.textContent.trim()');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    expect(await page.isVisible('.skip')).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^Council of the united/);
    const reached = new Set<unknown>();
    for (let i = 0; i < 60; i++) {
      reached.add(await page.evaluate('document.activeElement.href ?? document.activeElement.id'));
      await page.keyboard.press('Tab');
    }
    const links = await page.$$eval('main a, aside a, aside input', (all) =>
      all.map((one) => ('href' in one ? one.href : one.id)),
    );
    expect(links.filter((link) => !reached.has(link))).toEqual([]);
    await page.context().close();
  });

  it.each(['/articles/hostile', '/', '/sections/world', '/subscribe', '/archive/2', '/rss.xml', '/atom.xml'])(
    'meets a hostile article at %s, and nothing of it runs',
    async (path) => {
      const { page, seen } = await open(browser, new URL(path, site.url));
      await page.evaluate(
        `for (const one of document.querySelectorAll('*')) for (const name of ['mouseover', 'focus', 'toggle', 'click'])
          if (name !== 'click' || one.closest('a, button') === null) one.dispatchEvent(new Event(name, { bubbles: true }))`,
      );
      await page.waitForTimeout(200);
      expect(page.url()).toBe(new URL(path, site.url).href);
      // A body may show pictures and films from elsewhere; these here lead nowhere.
      expect(seen.filter((one) => !/^(?:image|media): |^error: Failed to load resource/.test(one))).toEqual([]);
      await page.context().close();
    },
  );

  it('would notice if hostile HTML ran', async () => {
    const { page, seen } = await open(browser, site.url, { bypassCSP: true });
    await page.setContent('<img src=x onerror=alert(1)>');
    await expect.poll(() => seen).toContain('dialog: 1');
    await page.context().close();
  });

  it('previews a site with another public address, without a request to that address', async () => {
    const preview = await serveFolder({
      ...courier,
      'publication.yaml': `${courier['publication.yaml']}url: https://courier.example/news/\n`,
    });
    try {
      const { page, seen } = await open(browser, new URL('/articles/long', preview.url));
      await page.waitForLoadState('networkidle');
      await page.click('text=what was decided >> nth=0');
      expect(new URL(page.url()).host).toBe(preview.url.host);
      expect(await page.$eval('.body img', (img) => img.getAttribute('src'))).toBe('../media/alma.png');
      expect(seen).toEqual([]);
      await page.context().close();
    } finally {
      await preview.close();
    }
  });
});
