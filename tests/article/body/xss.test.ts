import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderContent } from '../../../src/article/body/content.ts';
import { executable, launch, skipped } from '../../browser/chromium.ts';
import { lintTree } from '../../validators/safe-tree.ts';
import { fixture } from '../seeds.ts';

const payloads = fixture('xss/payloads.txt')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) =>
    line.replace(/\\x(00|01|09|0a|0d)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );

/** Where a stranger may put an attack in a seed. */
const places: Readonly<Record<string, (attack: string) => string>> = {
  'as a block': (attack) => attack,
  'in a paragraph': (attack) => `Text ${attack} text`,
  'in a link': (attack) => `[${attack}](https://a.example)`,
  'as the target of a link': (attack) => `[a](${attack})`,
  'as the target of a link in brackets': (attack) => `[a](<${attack}>)`,
  'as the title of a link': (attack) => `[a](https://a.example "${attack}")`,
  'as a reference': (attack) => `[a]\n\n[a]: ${attack} '${attack}'`,
  'as an autolink': (attack) => `<${attack}>`,
  'as a picture': (attack) => `![${attack}](${attack})`,
  'as a picture in brackets': (attack) => `![a](<${attack}> '${attack}')`,
  'in a heading': (attack) => `## ${attack}\n\n[a](#${attack})`,
  'in a table': (attack) => `|${attack}|b|\n|:-|-|\n|a|${attack}|`,
  'in code': (attack) => `\`${attack}\`\n\n~~~${attack}\n${attack}\n~~~`,
  'in a list and a quotation': (attack) => `> - ${attack}`,
  'in a footnote': (attack) => `a[^1]\n\n[^1]: ${attack}`,
  'as an address in HTML': (attack) =>
    `<a href="${attack}">a</a><img src='${attack}' srcset='${attack} 2x'><video poster="${attack}" src=${attack}>`,
  'as an attribute in HTML': (attack) =>
    `<p title="${attack}" id='${attack}' class="${attack}" lang=${attack}>a</p>`,
  'in a frame': (attack) => `<iframe src="https://a.example/" title="${attack}">${attack}</iframe>`,
  'in an element that holds text': (attack) =>
    `<textarea>${attack}</textarea><title>${attack}</title><xmp>${attack}</xmp>`,
};

function contentOf(body: string): string {
  return renderContent(body, { permalink: 'https://site.example/articles/a', slug: 'a', title: 'A' }).content;
}

test('there are enough attacks, and no two are one', () => {
  expect(payloads.length).toBeGreaterThanOrEqual(200);
  expect(new Set(payloads).size).toBe(payloads.length);
});

test('what finds attacks finds them', () => {
  expect(payloads.filter((attack) => lintTree(attack).length > 0).length).toBeGreaterThan(200);
});

describe.each(Object.entries(places))('an attack %s', (_, place) => {
  test('leaves nothing that is not known to be harmless', () => {
    const wrong = payloads.map((attack) => ({ attack, found: lintTree(contentOf(place(attack))) }));
    expect(wrong.filter(({ found }) => found.length > 0)).toEqual([]);
  });
});

// As with the W3C's validator: a longer list is asked where it lies.
const more = process.env.XSS_PAYLOADS?.split(':') ?? [];
describe.skipIf(more.length === 0)('with XSS_PAYLOADS, files with an attack a line', () => {
  test.each(more)('%s', { timeout: 300_000 }, (file) => {
    const attacks = readFileSync(file, 'utf8').split('\n');
    const wrong = attacks.flatMap((attack) =>
      Object.entries(places).map(([name, place]) => ({
        name,
        attack,
        found: lintTree(contentOf(place(attack))),
      })),
    );
    expect(wrong.filter(({ found }) => found.length > 0)).toEqual([]);
  });
});

describe.skipIf(executable === undefined)(`in Chromium (${skipped})`, () => {
  let running: Browser;
  beforeAll(async () => {
    running = await launch();
  });
  afterAll(() => running?.close());

  test('no attack runs, asks for anything or opens a window', { timeout: 120_000 }, async () => {
    const contents = payloads.flatMap((attack) =>
      Object.values(places).map((place) => contentOf(place(attack))),
    );
    expect(await watch(running, contents)).toEqual([]);
  });

  test.each([
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://a.example/"></iframe>',
    '<p onmouseover=y()>z</p>',
  ])('%s as it is would be seen', async (attack) => {
    expect(await watch(running, [attack])).not.toEqual([]);
  });
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
