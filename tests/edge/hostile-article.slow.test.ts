import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../article/seeds.ts';
import { type Target, targets } from '../http/targets.ts';
import { type Files, makeFolder, seed } from '../node/temporary-folder.ts';

/** Articles that cost much, contain attacks or stretch what readers accept, each dated between two good ones. */
const hostile: Readonly<Record<string, string>> = {
  attacks: fixture('xss/payloads.txt').replaceAll('\n', '\n\n'),
  'references that repeat a title': `[a]: /u "${'x'.repeat(100_000)}"\n\n${'[a] '.repeat(33_000)}`,
  'signs that grow': `\`\`\`\n${'&'.repeat(1_500_000)}`,
  'deep nesting': `${'> - '.repeat(20_000)}\n\n${'<div>'.repeat(20_000)}\n\n${'<b><i>'.repeat(20_000)}`,
  'openers without an end': '<!--\n\n<![CDATA[\n\n<style>\n\n<textarea>\n\n<b title="\n\n<script>\n\n<svg>\n\n<title>',
  'characters that XML forbids': '\u0001\uFFFE\uFFFF\uD800 &#0; &#xFFFF; ]]> \u2028 \u202E',
  'many links, notes and pictures': Array.from(
    { length: 5000 },
    (_, i) => `[a](/${i}) ![b](${i}.png "${i}") c[^${i}]\n\n[^${i}]: d`,
  ).join('\n\n'),
};

/** Good articles at both ends and between, so that each page has one of them. */
const files: Files = {
  'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\nitems: 3\n',
  ...Object.fromEntries(
    Object.values(hostile).flatMap((body, i) => [
      [`good-${i}.md`, seed(`Good ${i}`, `2025-0${i + 1}-01`, `Good words ${i}.`)],
      [`bad-${i}.md`, seed(`Bad ${i}`, `2025-0${i + 1}-02`, body)],
    ]),
  ),
};

describe('hostile articles among good ones in a worker', () => {
  let worker: Target;
  beforeAll(async () => {
    worker = await targets['a worker in workerd'](makeFolder(files));
  }, 120_000);
  afterAll(() => worker?.close());

  const pages = ['', 'archive/1/', 'archive/2/', 'archive/3/', 'archive/4/', 'languages/en/'];
  it.each([
    ...pages.flatMap((page) => ['rss.xml', 'atom.xml', 'feed.json'].map((name) => `/${page}${name}`)),
    ...Object.keys(hostile).flatMap((_, i) => [`/articles/good-${i}`, `/articles/bad-${i}`]),
    ...['/', '/archive/1', '/subscribe', '/feeds.opml', '/sitemap.xml', '/healthz'],
  ])('%s is answered', async (path) => {
    expect((await worker.request(path)).status).toBe(200);
  });

  it('every good article is whole in the feeds', async () => {
    const texts = await Promise.all(
      pages.map(async (page) => (await worker.request(join('/', page, 'feed.json'))).body.toString()),
    );
    const all = texts.flatMap((text) =>
      JSON.parse(text).items.map((item: { content_html: string }) => item.content_html),
    );
    for (let i = 0; i < Object.keys(hostile).length; i++) expect(all).toContain(`<p>Good words ${i}.</p>`);
  });
});
