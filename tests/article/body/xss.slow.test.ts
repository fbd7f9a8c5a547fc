import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executable, launch, skipped } from '../../browser/chromium.ts';
import { contentOf, payloads, places } from './attacks.ts';

describe.skipIf(executable === undefined)(`in Chromium (${skipped})`, () => {
  let running: Browser;
  beforeAll(async () => {
    running = await launch();
  });
  afterAll(() => running?.close());

  test('no attack runs, asks for anything or opens a window', { timeout: 120_000 }, async () => {
    const contents = payloads.flatMap((attack) => Object.values(places).map((place) => contentOf(place(attack))));
    expect(await watch(running, contents)).toEqual([]);
  });

  test.each(['<img src=x onerror=alert(1)>', '<iframe src="https://a.example/"></iframe>', '<p onmouseover=y()>z</p>'])(
    '%s as it is would be seen',
    async (attack) => {
      expect(await watch(running, [attack])).not.toEqual([]);
    },
  );
});

/** Shows contents on one page, as readers do, and lists what happens there that must not. */
async function watch(running: Browser, contents: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  const page = await running.newPage();
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  page.on('popup', () => seen.push('popup'));
  await page.route('**/*', (route) => {
    const { url, type } = { url: route.request().url(), type: route.request().resourceType() };
    if (type === 'document' && url === reader) {
      return route.fulfill({
        contentType: 'text/html',
        body: '<!DOCTYPE html><title>Reader</title><body></body>',
      });
    }
    // A picture or a film may be asked for; that is what a body is allowed to show.
    if (type !== 'image' && type !== 'media') seen.push(`${type}: ${url}`);
    return route.abort();
  });
  await page.goto(reader);
  await page.evaluate(`(${showAll})(${JSON.stringify(contents)})`);
  await page.waitForTimeout(500);
  if (page.url() !== reader) seen.push(`went to ${page.url()}`);
  await page.close();
  return seen;
}

const reader = 'https://reader.example/';
/** Runs in the page: shows each content, once more as the browser writes it, and wakes what waits for an event. */
const showAll = `(contents) => {
  for (const content of contents) {
    const article = document.body.appendChild(document.createElement('article'));
    article.innerHTML = content;
    document.body.appendChild(document.createElement('article')).innerHTML = article.innerHTML;
  }
  for (const element of document.querySelectorAll('article *')) {
    for (const name of ['mouseover', 'focus', 'toggle']) element.dispatchEvent(new Event(name));
  }
}`;
