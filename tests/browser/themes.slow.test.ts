import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';
import { checkout } from '../node/command.ts';
import { violations } from './axe.ts';
import { executable, launch, open, skipped } from './chromium.ts';
import { courier, serveFolder } from './courier.ts';

const folder = join(checkout, 'examples/themes');
const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

const ways = [
  { way: 'light, on a desk', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { way: 'dark, on a small phone', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
] as const;

const paths = ['/', '/articles/long', '/articles/bridge-ar', '/articles/talk', '/subscribe', '/search'];

function themeFiles(name: string): Record<string, string> {
  const theme = join(folder, name, 'theme');
  return Object.fromEntries(
    readdirSync(theme).map((file) => [`theme/${file}`, readFileSync(join(theme, file), 'utf8')]),
  );
}

it('there are three', () => expect(names.sort()).toEqual(['blog', 'newspaper', 'podcast']));

it.each(names)('the settings of %s are right', (name) => {
  const path = join(folder, name, 'publication.yaml');
  const defaults = { title: 'x', url: 'https://x.example/' };
  expect(parsePublicationFile({ path, text: readFileSync(path, 'utf8') }, defaults).problems).toEqual([]);
});

describe.skipIf(executable === undefined).each(names)(`the theme %s in Chromium (${skipped})`, (name) => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    const settings = `${courier['publication.yaml']}search: true\n`;
    site = await serveFolder({ ...courier, 'publication.yaml': settings, ...themeFiles(name) });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it.each(ways)('is accessible and fits: $way', async ({ way: _, ...options }) => {
    for (const path of paths) {
      const { page } = await open(browser, new URL(path, site.url), { ...options, bypassCSP: true });
      expect(await violations(page), path).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(
        options.viewport.width,
      );
      await page.context().close();
    }
  });

  it('prints without menus and feeds', async () => {
    const { page } = await open(browser, new URL('/articles/talk', site.url));
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.strip nav', 'body > aside', 'body > footer', 'audio'])
      expect(await page.isVisible(hidden), hidden).toBe(false);
    expect(await page.isVisible('article h1')).toBe(true);
    await page.context().close();
  });

  it('is valid, and loads nothing from elsewhere', async () => {
    for (const path of paths) {
      const source = await (await fetch(new URL(path, site.url))).text();
      const errors: string[] = [];
      parse(source, { sourceCodeLocationInfo: true, onParseError: ({ code }) => void errors.push(code) });
      expect(errors, path).toEqual([]);
      expect(source, path).not.toContain('{{');
    }
    const { page, seen } = await open(browser, new URL('/articles/talk', site.url));
    expect(seen).toEqual([]);
    await page.context().close();
  });
});
