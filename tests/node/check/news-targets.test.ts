import { describe, expect, it } from 'vitest';
import { dateline } from '../command.ts';
import { png } from '../pictures.ts';
import { type Files, makeFolder } from '../temporary-folder.ts';

const whole =
  'url: https://news.example/\nid: "tag:news.example,2026:"\nlanguage: en-US\nnews: true\nauthors: [Ana]\naggregators: true\n';
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
/** An article with a long summary and a picture, unless `keys` or `body` say otherwise. */
const article = (title: string, body = '![A harbor](big.png)\n\nText.', keys = '') =>
  `---\ntitle: ${title}\ndate: ${day}\n${keys.includes('summary') ? '' : `summary: ${'long '.repeat(60)}end\n`}${keys}---\n${body}\n`;
const good = 'Fog over the old harbor';

async function check(service: string, files: Files) {
  const dir = makeFolder({ 'publication.yaml': whole, 'a.md': article(good), 'big.png': png(1200, 800), ...files });
  const { code, stdout } = await dateline(['check', dir, '--for', service]);
  const lines = stdout.replaceAll(`${dir}/`, '').split('\n');
  return { code, found: lines.filter((line) => line.endsWith('(not-accepted)')).map((line) => line.slice(0, -15)) };
}

describe('check --for an aggregator', () => {
  it('finds nothing wrong with a complete publication', async () => {
    expect(await check('flipboard,msn,google-news,apple-news', {})).toEqual({ code: 0, found: [] });
  });

  it.each<[string, Files, number, string]>([
    ['flipboard', { 'publication.yaml': `${whole}content: summary\n` }, 1, 'requires whole articles; set'],
    ['flipboard', { 'publication.yaml': `${whole}items: 29\n` }, 1, '"items" is 29'],
    ['flipboard', { 'a.md': article(good, 'Text.') }, 1, 'a.md:2:8: error: Flipboard: requires a picture in each'],
    ['flipboard', { 'big.png': png(800, 399) }, 1, 'at least 400 pixels, and this has 399'],
    ['flipboard', { 'big.png': png(800, 499) }, 0, 'warning: Flipboard: recommends a picture of at least 500 pixels'],
    ['flipboard', { 'publication.yaml': whole.replace(/aggregators.*\n/, '') }, 0, 'set "aggregators: true"'],
    ['flipboard', { 'publication.yaml': whole.replace(/authors.*\n/, '') }, 0, 'recommends naming the authors'],
    ['flipboard', { 'a.md': article(good, undefined, 'summary: Short.\n') }, 0, '1 of 1 are shorter'],
    [
      'flipboard',
      { 'a.md': article(good, undefined, 'url: https://b.example/a\n') },
      0,
      'news.example, not to b.example',
    ],
    ['flipboard', { 'a.md': article(good, undefined, 'enclosure: https://news.example/a.webm\n') }, 0, 'videos as MP4'],
    ['msn', { 'publication.yaml': whole.replace('https', 'http') }, 1, 'https addresses only'],
    ['msn', { 'a.md': article('x'.repeat(20)) }, 1, '21 to 150 characters, and this has 20'],
    ['msn', { 'a.md': article('x'.repeat(151)) }, 1, 'this has 151'],
    [
      'msn',
      { 'a.md': article(good, 'Text.') },
      0,
      'warning: MSN: publishes articles without a picture only after a review',
    ],
    ['msn', { 'publication.yaml': whole.replace(/aggregators.*\n/, '') }, 0, 'only with "aggregators: true"'],
    ['msn', { 'a.md': article(good, undefined, 'language: de\n') }, 1, '1 of 1 are in another'],
    ['msn', { 'a.md': article(good).replace(day, '2020-02-01') }, 0, 'older than a year, which 1 of 1 are'],
    ['msn', { 'big.png': png(719, 500) }, 0, 'at least 720 pixels, and this has 719 × 500'],
    ['msn', { 'big.png': png(1000, 400) }, 0, 'wider than 1.91 to 1 or narrower than 1 to 2: 1000 × 400'],
    ['msn', { 'a.md': article(good, undefined, 'image: https://news.example/a.avif\n') }, 1, 'not image/avif'],
    ['msn', { 'a.md': article(good, undefined, 'image: https://news.example/a.gif\n') }, 0, 'does not use a GIF'],
    [
      'msn',
      { 'big.png': Buffer.concat([png(1200, 800), Buffer.alloc(14_000_000)]) },
      1,
      'at most 14 MB, and this has 14',
    ],
    ['msn', { 'a.md': article(good, `![A](big.png)\n\n${'> '.repeat(9)}Deep.`) }, 0, 'this is 10 deep'],
    [
      'msn',
      { 'a.md': article(good, undefined, 'enclosure: https://news.example/a.webm\n') },
      1,
      'not https://news.example/a.webm',
    ],
    [
      'msn',
      { 'a.md': article(good, undefined, 'enclosure: { url: https://news.example/a.mp4, length: 2000000001 }\n') },
      1,
      '2 GB',
    ],
    ['google-news', { 'big.png': png(1199, 800) }, 0, 'from 1200 pixels in width, and this has 1199'],
    ['google-news', { 'publication.yaml': whole.replace('news: true\n', '') }, 0, 'set "news: true"'],
    ['google-news', { 'publication.yaml': `${whole}items: 61\n` }, 0, '"items" is 61'],
    ['apple-news', { 'publication.yaml': whole.replace('en-US', 'en') }, 1, '"language" is en'],
    ['apple-news', { 'a.md': article('x'.repeat(61)) }, 0, 'this has 61'],
    ['apple-news', { 'publication.yaml': `${whole}content: summary\n` }, 0, 'recommends whole articles'],
  ])('%s: %o', async (service, files, code, message) => {
    const result = await check(service, files);
    expect(result.code).toBe(code);
    expect(result.found).toEqual([expect.stringContaining(message)]);
  });

  it('checks the feed that is made for aggregators, not the main feed', async () => {
    const settings = `${whole.replace(/aggregators.*\n/, '')}items: 5\n`;
    const feeds = 'feeds:\n  news: { aggregators: true, items: 30, tags: news }\n';
    const files = { 'a.md': article(good, undefined, 'tags: news\n'), 'b.md': article('Short', 'No picture.') };
    expect((await check('flipboard', { ...files, 'publication.yaml': settings })).code).toBe(1);
    expect(await check('flipboard,msn', { ...files, 'publication.yaml': settings + feeds })).toEqual({
      code: 0,
      found: [],
    });
  });
});
