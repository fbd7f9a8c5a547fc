import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, startServe } from '../node/command.ts';
import { makeFolder, seed } from '../node/temporary-folder.ts';
import { executable, launch, skipped } from './chromium.ts';

describe.skipIf(executable === undefined)(`a preview, seen by other websites in Chromium (${skipped})`, () => {
  const other = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>Other</title>');
  });
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    served = await startServe([makeFolder({ 'a.md': seed('Unpublished') })]);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    other.close();
    expect(await served?.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('cannot be read or embedded by them', async () => {
    const page = await browser.newPage();
    await page.goto(`http://other.example:${(other.address() as AddressInfo).port}/`);
    const tried = await page.evaluate(`(() => {
      const loads = (tag, path) =>
        new Promise((resolve) => {
          const element = Object.assign(document.createElement(tag), { src: '${served.url}' + path });
          element.onload = () => resolve('loaded');
          element.onerror = () => resolve('refused');
          document.head.append(element);
        });
      const read = (path) => fetch('${served.url}' + path).then((answer) => answer.text(), () => 'refused');
      return Promise.all([read('feed.json'), read(''), loads('img', 'icon.svg'), loads('script', 'copy.js')]);
    })()`);
    expect(tried).toEqual(['refused', 'refused', 'refused', 'refused']);
    await page.close();
  });

  it('cannot be read under their name that leads to this machine', async () => {
    const page = await browser.newPage();
    const answer = await page.goto(`http://other.example:${served.url.port}/feed.json`);
    expect([answer?.status(), await page.textContent('body')]).toEqual([
      403,
      expect.not.stringContaining('Unpublished'),
    ]);
    const own = await page.goto(new URL('/feed.json', served.url).href);
    expect([own?.status(), await page.textContent('body')]).toEqual([200, expect.stringContaining('Unpublished')]);
    await page.close();
  });
});
