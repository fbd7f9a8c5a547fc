import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importSource } from '../../../../src/node/import/import-source.ts';
import { loadLazyMedia } from '../../../../src/node/import/markdown/load-lazy-media.ts';
import { png } from '../../pictures.ts';
import { makeFolder } from '../../temporary-folder.ts';

const gif = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
const svg = "data:image/svg+xml;charset=utf-8,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'></svg>";
const real = 'https://o.example/r.jpg';
const picture = `<img alt="A" src="${real}">`;

describe('a lazy picture has its true address', () => {
  it.each([
    ['data-src', `<img src="${gif}" data-src="${real}" alt="A">`],
    ['data-src alone', `<img data-src="${real}" alt="A" class="lazyload">`, ' class="lazyload"'],
    ['data-src beside markup', `<img src="${svg}" data-src="${real}" alt="A">`],
    ['data-lazy-src', `<img src="/blank.gif" data-lazy-src="${real}" alt="A" loading="lazy">`],
    ['data-original', `<img src="/loading.gif" data-original="${real}" alt="A">`],
    ['data-srcset', `<img src="/p.gif" data-srcset="/s.jpg 1x, ${real} 2x" alt="A">`],
    ['data-lazy-srcset', `<img src="${gif}" data-lazy-srcset="${real} 800w,/s.jpg 400w" alt="A">`],
    ['srcset beside a placeholder', `<img src="${gif}" srcset="${real} 800w, /s.jpg 400w" alt="A">`],
    ['data-cfsrc', `<img data-cfsrc="${real}" alt="A">`],
    ['nitro-lazy-src', `<img src="${gif}" nitro-lazy-src="${real}" alt="A">`],
    ['a style that fades in', `<img style="opacity:0" data-src="${real}" data-main-image="" alt="A">`],
    ['<amp-img>', `<amp-img src="${real}" alt="A"><noscript>${picture}</noscript></amp-img>`],
    ['<noscript> after it', `<img src="${gif}" alt="A"><noscript>${picture}</noscript>`],
    ['<noscript> before it', `<noscript>${picture}</noscript> <img src="${gif}">`],
    ['<noscript> around escaped HTML', `<img src="${gif}"><noscript>&lt;img alt="A" src="${real}"></noscript>`],
    ['an address and a <noscript>', `<img src="${gif}" data-src="${real}" alt="A"><noscript>${picture}</noscript>`],
    ['its preview', `<img aria-hidden="true" src="${gif}">${picture}`],
  ])('from %s', (_, html, more = '') => {
    const tags = loadLazyMedia(html).match(/<[^>]*>/g) ?? [];
    expect(tags).toHaveLength(1);
    expect(tags[0]).toContain(` src="${real}"`);
    expect(tags[0]).toContain(`alt="A"${more}`);
    expect(tags[0]).not.toMatch(/data[:-]|opacity|nitro|loading/);
  });

  it.each([
    ['<picture>', `<picture><source data-srcset="${real}" type="image/webp">${picture}</picture>`],
    [
      '<picture> with a lazy picture',
      `<picture><source data-src="${real}" type="image/webp"><img src="${gif}" data-src="${real}" alt="A"></picture>`,
    ],
    ['<picture> with data-src', `<picture><source data-src="${real}" type="image/webp">${picture}</picture>`],
  ])('in a source of %s', (_, html) => {
    const loaded = loadLazyMedia(html).replace(`<img src="${real}" alt="A">`, picture);
    expect(loaded).toBe(`<picture><source type="image/webp" srcset="${real}">${picture}</picture>`);
  });

  it.each([
    [`<video data-src="/a.mp4" data-poster="/p.jpg"></video>`, '<video src="/a.mp4" poster="/p.jpg"></video>'],
    ['<video><source data-src="/a.mp4"></video>', '<video><source src="/a.mp4"></video>'],
    ['<audio data-src="/a.mp3">Text</audio>', '<audio src="/a.mp3">Text</audio>'],
    ['<iframe src="about:blank" data-src="//v.example/1"></iframe>', '<iframe src="//v.example/1"></iframe>'],
    ['<amp-video src="/a.mp4"><p>No</p></amp-video>', '<video src="/a.mp4"><p>No</p></video>'],
    ['<amp-youtube data-videoid="a-b_1"></amp-youtube>', '<iframe src="https://www.youtube.com/embed/a-b_1"></iframe>'],
  ])('or recording: %s', (html, loaded) => expect(loadLazyMedia(html)).toBe(loaded));
});

describe('what is not lazy stays', () => {
  it.each([
    picture,
    `<img src="${gif}" alt="dot">`,
    `<img src="/r.jpg" data-original="A title" data-src="true">`,
    '<img src="/r.jpg" data-large-file="/big.jpg" data-orig-file="/orig.jpg" data-image="7">',
    `<img src="/r.jpg" srcset="/r.jpg 1x, /r2.jpg 2x">`,
    `<p>See <code>&lt;img data-src="x.jpg"&gt;</code></p>`,
    `${picture}<noscript><img height="1" width="1" src="https://t.example/px.gif"></noscript>`,
    '<noscript>Please switch on scripts.</noscript>',
  ])('%s', (html) => expect(loadLazyMedia(html)).toBe(html));

  it('and two pictures stay two', () => {
    const other = '<img src="/other.jpg">';
    expect(loadLazyMedia(`${picture}<noscript>${other}</noscript>`)).toBe(picture + other);
    const words = `<p>One <img src="${gif}"></p><noscript><p>Two ${picture} ${other}</p></noscript>`;
    expect(loadLazyMedia(words)).toContain(`<p>Two ${picture} ${other}</p>`);
  });
});

it('any HTML is rewritten once, and without an error', () => {
  const parts = fc.constantFrom(
    ...['<img', '<amp-img', '<video', '<source', '<noscript>', '</noscript>', '<picture>', '</video>', '<p>'],
    ...[' src=', ' data-src=', ' data-srcset=', '"', "'", '>', ' ', '/>', gif, '/r.jpg', 'a 1x, b.png 2x', '<', 'x'],
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 30 }), (list) => {
      const once = loadLazyMedia(list.join(''));
      expect(loadLazyMedia(once)).toBe(once);
    }),
    { numRuns: 300 },
  );
});

it('an import writes and downloads the true address', async () => {
  const picture = png(60, 40);
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(picture));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const content_html = `<p>Words.</p><p><img src="${gif}" data-src="/r.png" alt="A"><noscript><img src="/r.png" alt="A"></noscript></p>`;
  const item = { id: 'urn:x:1', url: `${origin}/1`, title: 'T', content_html };
  const text = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'T',
    items: [{ ...item, date_published: '2025-01-01T00:00:00Z' }],
  });
  const read = async (download: boolean) => {
    const dir = join(makeFolder(), 'seeds');
    const source = join(makeFolder({ 'f.json': text }), 'f.json');
    await importSource(source, dir, { now: 0, download, allowPrivate: true });
    return { dir, seed: readFileSync(join(dir, '2025-01-01-t.md'), 'utf8') };
  };
  try {
    expect((await read(false)).seed).toContain(`Words.\n\n![A](${origin}/r.png)\n`);
    const { dir, seed } = await read(true);
    expect(seed).toMatch(/!\[A\]\(r\.png\)\n$/);
    expect(readdirSync(dir)).toContain('r.png');
  } finally {
    server.close();
  }
});
