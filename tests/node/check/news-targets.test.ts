import { describe, expect, it } from 'vitest';
import { dateline } from '../command.ts';
import { png } from '../pictures.ts';
import { type Files, makeFolder } from '../temporary-folder.ts';

const whole = 'url: https://news.example/\nid: "tag:news.example,2026:"\nlanguage: en-US\nnews: true\n';
const article = (title: string, body = '![A harbor](big.png)\n\nText.') => `# ${title}\n\n2026-02-01\n\n${body}\n`;
const good = 'Fog over the old harbor';

async function check(service: string, files: Files) {
  const dir = makeFolder({ 'publication.yaml': whole, 'a.md': article(good), 'big.png': png(800, 400), ...files });
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
    ['flipboard', { 'a.md': article(good, 'Text.') }, 1, 'a.md:1:1: error: Flipboard: requires a picture in each'],
    ['flipboard', { 'big.png': png(800, 399) }, 1, 'at least 400 pixels, and this has 399'],
    ['msn', { 'publication.yaml': whole.replace('https', 'http') }, 1, 'https addresses only'],
    ['msn', { 'a.md': article('x'.repeat(20)) }, 1, '21 to 150 characters, and this has 20'],
    ['msn', { 'a.md': article('x'.repeat(151)) }, 1, 'this has 151'],
    ['msn', { 'a.md': article(good, 'Text.') }, 0, 'warning: MSN: publishes only articles with a picture'],
    ['google-news', { 'publication.yaml': whole.replace('news: true\n', '') }, 0, 'set "news: true"'],
    ['google-news', { 'publication.yaml': `${whole}items: 61\n` }, 0, '"items" is 61'],
    ['apple-news', { 'publication.yaml': whole.replace('en-US', 'en') }, 1, '"language" is en'],
    ['apple-news', { 'a.md': article('x'.repeat(61)) }, 0, 'this has 61'],
  ])('%s: %o', async (service, files, code, message) => {
    const result = await check(service, files);
    expect(result.code).toBe(code);
    expect(result.found).toEqual([expect.stringContaining(message)]);
  });
});
