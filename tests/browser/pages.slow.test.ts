import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { executable, launch, open, skipped } from './chromium.ts';
import { courier, serveFolder } from './courier.ts';

/** One page of every kind. */
const kinds = {
  home: '/',
  'an article with everything': '/articles/long',
  'an article from right to left': '/articles/bridge-ar',
  'a hostile article': '/articles/hostile',
  'an article from elsewhere': '/articles/elsewhere',
  'an article with a recording': '/articles/talk',
  'an article without a body': '/articles/plain',
  'a tag': '/tags/harbour',
  'an author': '/authors/bo-sail',
  'a section': '/sections/world',
  'an archive page': '/archive/1',
  'the subscribe page': '/subscribe',
  'what is not there': '/no/such/page',
};

const ways = [
  { way: 'light, on a desk', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { way: 'dark, on a phone', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

/** `SCREENSHOTS=folder` takes pictures for somebody to look at. */
const folder = process.env.SCREENSHOTS;

describe.skipIf(executable === undefined)(`pages in Chromium (${skipped})`, () => {
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

  describe.each(ways)('$way', ({ way, ...options }) => {
    it.each(Object.entries(kinds))('%s is accessible, fits and is readable', async (name, path) => {
      const { page } = await open(browser, new URL(path, site.url), { ...options, bypassCSP: true });
      await picture(page, `${way} - ${name}`);
      // What an attacker marks up is nobody's model; the page around it has to be.
      expect(await violations(page, path === '/articles/hostile' ? '.body' : undefined)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(options.viewport.width);
      expect(await page.evaluate('document.querySelectorAll("h1").length')).toBe(1);
      // Lines of text are neither too short nor too long to read.
      const width = await page.evaluate(
        'Math.max(0, ...[...document.querySelectorAll("main p")].filter((p) => p.textContent.length > 90).map((p) => p.clientWidth / parseFloat(getComputedStyle(p).fontSize)))',
      );
      // A stranger's markup sets its own sizes.
      if (path !== '/articles/hostile') expect(width).toBeLessThanOrEqual(46);
      await page.context().close();
    });
  });

  it('the check for violations finds them', async () => {
    const { page } = await open(browser, site.url, { bypassCSP: true });
    await page.evaluate(
      'document.querySelector("main").insertAdjacentHTML("beforeend", "<img src=icon.png><p style=\\"color:#ccc;background:#fff\\">faint</p><h5>deep</h5>")',
    );
    expect(await violations(page)).toEqual([
      expect.stringMatching(/^color-contrast/),
      expect.stringMatching(/^heading-order/),
      expect.stringMatching(/^image-alt/),
    ]);
    await page.context().close();
  });

  it('does not slant scripts without italics, and still marks emphasis', async () => {
    const japanese = await serveFolder({
      'publication.yaml': 'title: 港湾新聞\ndescription: 埠頭のニュース\nlanguage: ja\n',
      'a.md': '# 港の橋が開放\n\n2026-02-20\n\n橋は*約束*だ。\n\n> 二つの岸。\n',
      'theme/header.html': '<p id="own">お知らせ</p>',
    });
    try {
      const { page } = await open(browser, new URL('/articles/a', japanese.url), { bypassCSP: true });
      const style = (of: string) => page.evaluate(`getComputedStyle(document.querySelector('${of}')).fontStyle`);
      for (const slanted of ['.strip p', 'blockquote', 'em']) expect(await style(slanted)).toBe('normal');
      expect(await page.evaluate('getComputedStyle(document.querySelector("em")).fontWeight')).toBe('700');
      // What a publisher adds doesn't stick to the rule above it.
      const gap = await page.evaluate(
        'document.querySelector("#own").getBoundingClientRect().top - document.querySelector(".strip").getBoundingClientRect().bottom',
      );
      expect(gap).toBeGreaterThan(10);
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    } finally {
      await japanese.close();
    }
  });

  it('runs of a theme only scripts that are files of the site, and tells other sites only its address', async () => {
    const referrers: (string | undefined)[] = [];
    const pictures = createServer(({ headers }, response) => {
      referrers.push(headers.referer);
      response.end();
    });
    await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
    const other = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
    const mark = (name: string) => `document.documentElement.dataset.${name} = 'ran'`;
    const themed = await serveFolder({
      'a.md': `# A\n\n2026-02-20\n\nText. ![A ship](${other}/a.png)\n`,
      'public/own.js': mark('own'),
      'theme/header.html': `<script src="/own.js"></script>
<script>${mark('inline')}</script><script type="module">${mark('module')}</script>
<script src="${other}/x.js"></script><script src="data:text/javascript,${mark('data')}"></script>
<p id="styled" style="color: rgb(1, 2, 3)" onclick="${mark('handler')}">x</p><style>#styled { color: rgb(4, 5, 6) }</style>
<a id="link" href="javascript:${mark('link')}">x</a><iframe src="/"></iframe><object data="/own.js"></object>
<form id="form" action="/subscribe"><button>x</button></form>`,
    });
    const page = await browser.newPage();
    try {
      const address = new URL('/articles/a', themed.url).href;
      await page.goto(address);
      for (const part of ['#styled', '#link', '#form button'])
        await page.evaluate(`document.querySelector('${part}').click()`);
      await page.waitForTimeout(300);
      expect(page.url()).toBe(address);
      expect(await page.evaluate('({ ...document.documentElement.dataset })')).toEqual({ own: 'ran' });
      const color = await page.evaluate(`getComputedStyle(document.querySelector('#styled')).color`);
      expect(color).not.toMatch(/rgb\((?:1, 2, 3|4, 5, 6)\)/);
      expect(page.frames().map((frame) => frame.url())).not.toContain(themed.url.href);
      expect(referrers).toEqual([themed.url.href]);
    } finally {
      await page.close();
      await themed.close();
      pictures.close();
    }
  });

  it('shows the pictures of a gallery side by side, also those with smaller versions', async () => {
    const { page } = await open(browser, new URL('/articles/long', site.url), {
      viewport: { width: 1280, height: 900 },
    });
    const picture =
      '<p><picture><source type="image/avif" srcset="x.avif" /><img alt="" width="300" height="200" /></picture></p>';
    await page.evaluate(
      `document.querySelector('.body').innerHTML = '<div class="gallery">${picture.repeat(3)}</div>'`,
    );
    const places = await page.evaluate(
      '[...document.querySelectorAll(".gallery img")].map((img) => img.getBoundingClientRect()).map(({ left, top }) => [left, top])',
    );
    const [[first, top], [second], [third]] = places as [[number, number], [number, number], [number, number]];
    expect(first).toBeLessThan(second);
    expect(second).toBeLessThan(third);
    expect(new Set((places as number[][]).map(([, top]) => top))).toEqual(new Set([top]));
    await page.context().close();
  });

  it('prints on white without what only a screen needs', async () => {
    const { page } = await open(browser, new URL('/articles/long', site.url), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await picture(page, 'print');
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
      'rgb(255, 255, 255)',
    );
    for (const hidden of ['nav', '.neighbors', 'aside', '.skip']) expect(await page.isVisible(hidden)).toBe(false);
    expect(await page.isVisible('article h1')).toBe(true);
    expect(await page.isVisible('article > .printed')).toBe(true);
    const [text, foot] = await Promise.all(
      ['.body', '.printed'].map((part) => page.locator(`article > ${part}`).boundingBox()),
    );
    expect(foot?.x).toBe(text?.x);
    // Nothing is cut off at the edge of the paper, which nobody can scroll.
    await page.setViewportSize({ width: 680, height: 900 });
    const cut = await page.evaluate(
      '[...document.querySelectorAll("pre, .wide")].filter((part) => part.scrollWidth > part.clientWidth + 1).length',
    );
    expect(cut).toBe(0);
    await page.context().close();
  });

  it('is dark where the reader likes it dark, and light where not', async () => {
    const grounds = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(browser, site.url, { colorScheme });
      grounds.push(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor'));
      await page.context().close();
    }
    expect(grounds).toEqual(['rgb(251, 249, 244)', 'rgb(22, 20, 18)']);
  });
});

async function picture(page: Page, name: string): Promise<void> {
  if (folder !== undefined) writeFileSync(join(folder, `${name}.png`), await page.screenshot({ fullPage: true }));
}
