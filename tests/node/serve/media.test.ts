import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeFolder } from '../../../src/node/build/build.ts';
import { type Answer, type Sent, type Target, targets } from '../../http/targets.ts';
import { dateline, serveHere, startServe } from '../command.ts';
import { png } from '../pictures.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const sound = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256);
const picture = png(640, 480);
const body =
  '![A ship](<pictures/a ship.png>)\n\nIt sailed. [Listen](/sound.mp3).\n\n<img src="mark.svg" srcset="mark.svg 2x">';
const article = {
  'a.md': seed('A', '2026-03-02', body),
  'pictures/a ship.png': picture,
  'sound.mp3': sound,
  'mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  'unnamed.png': picture,
  'empty.mp3': '',
  'notes.txt': seed('Notes', '2026-03-01'),
  'secret.json': '{}',
  '.env.png': 'secret',
};

describe('a Node server', () => {
  let target: Target;
  let dir: string;
  beforeAll(async () => {
    dir = makeFolder({ ...article, 'publication.yaml': 'url: https://daily.example/\n' });
    symlinkSync(join(makeFolder({ 'b.png': picture }), 'b.png'), join(dir, 'out.png'));
    target = await targets['a Node server'](dir);
  });
  afterAll(() => target?.close());
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    target.request(path, { method, headers } satisfies Sent);

  it('serves the file', async () => {
    const { status, headers, body, isDated } = await ask('/media/pictures/a%20ship.png');
    expect({ status, headers, isDated }).toEqual({
      status: 200,
      headers: {
        etag: headers.etag,
        'cache-control': 'public, max-age=3600',
        'accept-ranges': 'bytes',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'ETag, Accept-Ranges, Content-Range, Content-Length',
        'x-content-type-options': 'nosniff',
        'content-type': 'image/png',
        'content-length': String(picture.length),
      },
      isDated: true,
    });
    const hash = createHash('sha256').update(picture).digest('hex').slice(0, 32);
    expect(headers.etag).toBe(`"${hash}"`);
    expect(body.equals(picture)).toBe(true);
  });

  it('answers HEAD like GET, without the body', async () => {
    const [get, head] = await Promise.all([
      ask('/media/sound.mp3'),
      ask('/media/sound.mp3', { Range: 'bytes=1-2' }, 'HEAD'),
    ]);
    expect({ ...head, body: '' }).toEqual({ ...get, body: '' });
    expect([get.body.equals(sound), head.body.length]).toEqual([true, 0]);
  });

  it.each([
    ['bytes=0-9', 'bytes 0-9/200000', 0, 10],
    ['bytes=199990-', 'bytes 199990-199999/200000', 199_990, 200_000],
    ['bytes=-5', 'bytes 199995-199999/200000', 199_995, 200_000],
    ['bytes=100-150099', 'bytes 100-150099/200000', 100, 150_100],
  ])('answers the range %s of a player with that part', async (Range, contentRange, start, end) => {
    const { status, headers, body } = await ask('/media/sound.mp3', { Range });
    expect([status, headers['content-range'], headers['content-length']]).toEqual([
      206,
      contentRange,
      String(end - start),
    ]);
    expect(body.equals(sound.subarray(start, end))).toBe(true);
  });

  it('answers 416 beyond the end, and in full if the client’s copy is outdated', async () => {
    const { headers } = await ask('/media/sound.mp3');
    const range = { Range: 'bytes=0-9' };
    const statusOf = async (sent: Record<string, string>) => (await ask('/media/sound.mp3', sent)).status;
    expect([
      await statusOf({ Range: 'bytes=200000-' }),
      (await ask('/media/sound.mp3', { Range: 'bytes=200000-' })).headers['content-range'],
      await statusOf({ ...range, 'If-Range': headers.etag ?? '' }),
      await statusOf({ ...range, 'If-Range': 'Fri, 31 Dec 9999 23:59:59 GMT' }),
      await statusOf({ ...range, 'If-Range': '"other"' }),
      await statusOf({ ...range, 'If-Range': `W/${headers.etag}` }),
      await statusOf({ Range: 'bytes=0-1,5-6' }),
    ]).toEqual([416, 'bytes */200000', 206, 200, 200, 200, 200]);
  });

  it('answers 304 to a client with a current copy', async () => {
    const { headers } = await ask('/media/sound.mp3');
    const byTag = await ask('/media/sound.mp3', { 'If-None-Match': headers.etag ?? '' });
    expect(byTag).toMatchObject({ status: 304, body: Buffer.alloc(0) });
    expect(byTag.headers).toMatchObject({ etag: headers.etag, 'cache-control': 'public, max-age=3600' });
  });

  it('tags a file by its bytes, whatever its date', async () => {
    const { headers } = await ask('/media/sound.mp3');
    utimesSync(join(dir, 'sound.mp3'), new Date(0), new Date(0));
    expect((await ask('/media/sound.mp3')).headers).toEqual(headers);
    writeFileSync(join(dir, 'sound.mp3'), sound.toReversed());
    utimesSync(join(dir, 'sound.mp3'), new Date(0), new Date(0));
    expect((await ask('/media/sound.mp3')).headers.etag).not.toBe(headers.etag);
    writeFileSync(join(dir, 'sound.mp3'), sound);
    expect((await ask('/media/sound.mp3')).headers).toEqual(headers);
  });

  it('forbids scripts in an SVG', async () => {
    const { status, headers } = await ask('/media/mark.svg');
    expect([status, headers['content-type'], headers['content-security-policy']]).toEqual([
      200,
      'image/svg+xml',
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ]);
  });

  it('serves an empty file', async () => {
    expect(await ask('/media/empty.mp3')).toMatchObject({ status: 200, headers: { 'content-length': '0' } });
  });

  it.each([
    '/media/',
    '/media',
    '/media/none.png',
    '/media/pictures',
    '/media/pictures/',
    '/media/notes.txt',
    '/media/a.md',
    '/media/secret.json',
    '/media/.env.png',
    '/media/out.png',
    '/media/../sound.mp3',
    '/media/%2e%2e/sound.mp3',
    '/media/pictures/..%2fsound.mp3',
    '/media/pictures%2Fa%20ship.png',
    '/media//sound.mp3',
    '/media/sound.mp3/',
    '/media/%zz.png',
    '/media/%00.png',
    '/media/..%5csound.mp3',
    '/sound.mp3',
  ])('answers 404 at %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.includes('secret')).toBe(false);
  });

  it('refuses other methods', async () => {
    expect((await ask('/media/sound.mp3', {}, 'POST')).status).toBe(405);
  });

  it('names the files in its feeds, with the size of the picture', async () => {
    const { items } = JSON.parse((await ask('/feed.json')).body.toString());
    const site = /^https:\/\/[^/]+\//.exec(items[0].url)?.[0];
    expect(items[0].content_html).toBe(
      `<p><img src="${site}media/pictures/a%20ship.png" alt="A ship" width="640" height="480" /></p>\n` +
        `<p>It sailed. <a href="${site}media/sound.mp3">Listen</a>.</p>\n` +
        `<img src="${site}media/mark.svg" srcset="${site}media/mark.svg 2x" />`,
    );
  });
});

describe('dateline serve', () => {
  it('shows a picture that is added later', async () => {
    const dir = makeFolder({ 'a.md': seed('A', '2026-03-02', '![b](b.png)') });
    const served = await startServe([dir]);
    const content = async (): Promise<string> => {
      const feed = (await (await fetch(new URL('/feed.json', served.url))).json()) as {
        items: { content_html: string }[];
      };
      return feed.items[0]?.content_html ?? '';
    };
    expect(await content()).toBe(`<p><img src="${served.url}articles/b.png" alt="b" /></p>`);
    writeFileSync(join(dir, 'b.png'), png(100, 50));
    await expect.poll(content).toBe(`<p><img src="${served.url}media/b.png" alt="b" width="100" height="50" /></p>`);
    writeFileSync(join(dir, 'b.png'), png(200, 50));
    await expect.poll(content).toContain('width="200"');
    expect(await served.stop()).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('dateline serve beside a site', () => {
  it('follows the pictures in its static folder, in folders that come and go, too', async () => {
    const home = makeFolder({
      'publication.yaml':
        'url: https://daily.example/\narticles: posts\nstatic: static\npermalink: /:slug/\npages: false\n',
      'posts/a.md': seed('A', '2026-03-02', '![b](/img/b.png)'),
      'static/robots.txt': '',
    });
    const served = await serveHere(join(home, 'posts'));
    const content = async (): Promise<string> => {
      const { items } = (await (await fetch(new URL('/feed.json', served.url))).json()) as {
        items: { content_html: string }[];
      };
      return items[0]?.content_html ?? '';
    };
    const picture = (size: string) => `<p><img src="https://daily.example/img/b.png" alt="b"${size} /></p>`;
    expect(await content()).toBe(picture(''));
    mkdirSync(join(home, 'static/img'));
    writeFileSync(join(home, 'static/img/b.png'), png(100, 50));
    await expect.poll(content).toBe(picture(' width="100" height="50"'));
    writeFileSync(join(home, 'static/img/b.png'), png(200, 50));
    await expect.poll(content).toBe(picture(' width="200" height="50"'));
    rmSync(join(home, 'static/img'), { recursive: true });
    await expect.poll(content).toBe(picture(''));
    mkdirSync(join(home, 'static/img'));
    writeFileSync(join(home, 'static/img/b.png'), png(300, 50));
    await expect.poll(content).toBe(picture(' width="300" height="50"'));
    await served.stop();
  });
});

describe('dateline build', () => {
  const built = async (files: Record<string, string | Uint8Array>) => {
    const dir = makeFolder({
      'publication.yaml': 'url: https://daily.example/news/\nid: "tag:daily.example,2025:"\n',
      ...files,
    });
    utimesSync(dir, new Date(0), new Date(0));
    const out = join(makeFolder(), 'site');
    expect(await dateline(['build', dir, '--out', out])).toMatchObject({ code: 0, stderr: '' });
    return { site: out, edge: edgeFolder(out) };
  };
  const filesIn = (dir: string): string[] =>
    existsSync(join(dir, 'media'))
      ? readdirSync(join(dir, 'media'), { recursive: true, encoding: 'utf8' })
          .filter((path) => path.includes('.'))
          .sort()
      : [];

  it('copies only the files that articles refer to', async () => {
    const { site, edge } = await built(article);
    for (const dir of [site, edge]) {
      expect(filesIn(dir)).toEqual(['mark.svg', 'pictures/a ship.png', 'sound.mp3']);
      expect(readFileSync(join(dir, 'media/sound.mp3')).equals(sound)).toBe(true);
    }
    expect(readFileSync(join(site, '_headers'), 'utf8')).toMatch(
      /^\/media\/\*\n {2}X-Content-Type-Options: nosniff\n/m,
    );
    expect(readFileSync(join(site, 'rss.xml'), 'utf8')).toContain('https://daily.example/news/media/sound.mp3');
  });

  it('leaves the files of future articles out of a static site', async () => {
    const { site, edge } = await built({ 'a.md': seed('A', '2099-01-01', '![b](b.png)'), 'b.png': picture });
    expect([filesIn(site), filesIn(edge)]).toEqual([[], ['b.png']]);
    expect(readFileSync(join(site, '_headers'), 'utf8')).not.toContain('/media/');
  });
});
