import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { type BoundStore, boundStore } from '../../src/node/store/local-store.ts';
import { executable, launch, skipped } from '../browser/chromium.ts';
import { type Answer, ask, publishFolder, type Sent, type Target, targets } from '../http/targets.ts';
import { png } from '../node/pictures.ts';
import { makeFolder, seed, writeFiles } from '../node/temporary-folder.ts';
import { type RunningWorker, startWorker } from './workerd.ts';

/** Two minutes of noise as 8-bit PCM, which every browser plays. */
const wav = makeWav(120);
/** More than static assets hold, and than one message of workerd's. */
const large = Buffer.alloc(26 * 1024 * 1024, 'a film ');
const names = ['sound.wav', 'q & a.wav', 'größe – ü.wav', 'per%cent+plus.wav', "o'neil (1).wav"];

const files = {
  'publication.yaml': 'url: https://daily.example/\nttl: 30\n',
  'a.md': seed(
    'A',
    '2026-03-02',
    `${names.map((name) => `[listen](<${name.replace('%', '%25')}>)`).join(' ')}\n\n![ship](pictures/ship.png)\n\n<img src="mark.svg">`,
  ),
  ...Object.fromEntries(names.map((name) => [name, wav])),
  'pictures/ship.png': png(64, 48),
  'mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'unnamed.wav': wav,
  'public/ads.txt': 'own',
  'public/empty.txt': '',
  'public/page.html': '<title>own</title>',
  'public/.well-known/security.txt': 'own',
};

const encoded = names.map((name) => `/media/${encodeURIComponent(name)}`);
const paths = [
  ...encoded,
  // Other spellings of the same names.
  '/media/q%20&%20a.wav',
  '/media/q%20%26%20a.wav',
  "/media/o'neil%20(1).wav",
  '/media/gr%c3%b6%c3%9fe%20%e2%80%93%20%c3%bc.wav',
  '/media/pictures/ship.png',
  '/media/mark.svg',
  '/ads.txt',
  '/empty.txt',
  '/page.html',
  '/.well-known/security.txt',
];
const nowhere = [
  ...['/media/unknown.wav', '/media/pictures%2Fship.png', '/media//sound.wav', '/media/sound.wav/', '/media/%zz.wav'],
  ...['/page', '/media/pictures', '/media/../_dateline/edition-6.json', '/%5Fdateline/edition-6.json', '/Ads.txt'],
];

/** What players and caches send. The second and third are Safari's, the fourth is Chromium's. */
const sent: readonly Sent[] = [
  {},
  { headers: { Range: 'bytes=0-1', 'Accept-Encoding': 'identity' } },
  { headers: { Range: `bytes=0-${wav.length - 1}` } },
  { headers: { Range: 'bytes=0-', 'Accept-Encoding': 'identity;q=1, *;q=0' } },
  ...['bytes=100000-150000', 'bytes=-5', 'bytes=5000000-', 'bytes=5-2', 'bytes=0-1,5-6'].map((Range) => ({
    headers: { Range },
  })),
  { method: 'HEAD' },
  { method: 'HEAD', headers: { Range: 'bytes=0-1' } },
  { headers: { Range: 'bytes=0-9', 'If-Range': '"other"' } },
  { headers: { Range: 'bytes=0-9', 'If-Range': 'Fri, 31 Dec 9999 23:59:59 GMT' } },
  { headers: { 'If-Modified-Since': 'Fri, 31 Dec 9999 23:59:59 GMT' } },
  { headers: { 'If-None-Match': '"other"' } },
  { method: 'POST' },
  { method: 'OPTIONS' },
];

type Bound = 'static assets' | 'R2' | 'KV and the files of the deploy';

/** Builds a folder for a worker without the stored pages, if another store has them. */
async function buildFolder(dir: string, withPages: boolean): Promise<string> {
  if (!withPages) writeFiles(dir, { 'public/.assetsignore': '_dateline\n' });
  const { site, sources, changed, files } = new SeedFolder(dir, { url: 'http://localhost/' }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, '2026-11-30T00:00:00Z', changed, files, true);
  return edgeFolder(out);
}

async function start(kind: Bound, dir: string): Promise<RunningWorker> {
  if (kind === 'static assets') return startWorker(await buildFolder(dir, true));
  const store = kind === 'R2' ? 'R2' : 'KV';
  const edge = kind === 'R2' ? makeFolder({ 'empty.txt': '' }) : await buildFolder(dir, false);
  const worker = await startWorker(edge, { store });
  await publishFolder(dir, await openStore(worker, store), store === 'R2');
  return worker;
}

async function openStore({ runtime, keeper }: RunningWorker, store: 'KV' | 'R2') {
  const bindings = await runtime.getBindings<Record<'KV' | 'R2', BoundStore>>(keeper);
  return boundStore('the store', bindings[store], async () => {}, store === 'R2' && 'on request');
}

/** The parts of an answer that are compared. Comparing a megabyte byte by byte takes longer than sending it. */
function compared({ status, headers, body }: Answer) {
  return { status, headers, length: body.length, hash: createHash('sha256').update(body).digest('hex') };
}

describe.each(['static assets', 'R2', 'KV and the files of the deploy'] as const)('a worker with %s', (kind) => {
  let worker: RunningWorker;
  let node: Target;
  const dir = makeFolder(files);
  beforeAll(async () => {
    worker = await start(kind, dir);
    node = await targets['a Node server'](dir);
  });
  afterAll(async () => {
    await worker?.close();
    await node?.close();
  });

  it.each(paths)('answers players at %s like Node', async (path) => {
    const { etag = '' } = (await node.request(path)).headers;
    const conditional = [{ 'If-None-Match': etag }, { Range: 'bytes=10-19', 'If-Range': etag }];
    for (const one of [...sent, ...conditional.map((headers) => ({ headers }))]) {
      const [here, there] = await Promise.all([ask(worker.direct, path, one), node.request(path, one)]);
      expect({ one, ...compared(here) }).toEqual({ one, ...compared(there) });
    }
  });

  it.each(nowhere)('answers 404 at %s', async (path) => {
    expect((await ask(worker.direct, path)).status).toBe(404);
  });

  it.skipIf(executable === undefined)(`plays and seeks in Chromium (${skipped})`, async () => {
    const browser = await launch();
    try {
      for (const path of encoded) {
        const page = await browser.newPage();
        const ranges: string[] = [];
        page.on('response', async (response) => {
          const { range } = await response.request().allHeaders();
          if (range !== undefined) ranges.push(`${response.status()} ${response.headers()['content-range']}`);
        });
        await page.goto(new URL('/', worker.direct).href);
        expect(await playedAt(page, path, 110)).toEqual({ duration: 120, isSeekable: true, time: 110 });
        // The headers of a request arrive after its answer.
        await expect.poll(() => ranges.length).toBeGreaterThan(0);
        for (const range of ranges) expect(range).toMatch(/^206 bytes \d+-\d+\/960044$/);
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });
});

/** The part of the browser's player that is used here. */
declare const Audio: new (
  path: string,
) => {
  currentTime: number;
  readonly duration: number;
  readonly seekable: { readonly length: number; end(index: number): number };
  readonly error: { readonly message: string } | null;
  addEventListener(event: string, listener: (event: unknown) => void, options: { once: true }): void;
};

/** Plays a recording from a second on, and returns what the player knows of it then. */
function playedAt(page: Page, path: string, second: number): Promise<unknown> {
  return page.evaluate(
    async ([path, second]) => {
      const player = new Audio(path);
      const happens = (event: string) =>
        new Promise((resolve, reject) => {
          player.addEventListener(event, resolve, { once: true });
          player.addEventListener('error', () => reject(new Error(player.error?.message)), { once: true });
        });
      await happens('loadedmetadata');
      player.currentTime = second;
      await happens('seeked');
      const { duration, seekable } = player;
      return { duration, isSeekable: seekable.length === 1 && seekable.end(0) === duration, time: player.currentTime };
    },
    [path, second] as const,
  );
}

describe('publishing with media into R2', () => {
  it('serves files that are too large for a deploy, uploads what changed, and follows what is withdrawn', async () => {
    const dir = makeFolder({ ...files, 'film.mp4': large, 'b.md': seed('B', '2026-03-03', '[film](film.mp4)') });
    writeFiles(dir, { 'public/.assetsignore': '_dateline\nmedia/film.mp4\n' });
    const edge = await buildFolder(dir, false);
    // Wrangler would refuse it.
    rmSync(join(edge, 'media/film.mp4'));
    const worker = await startWorker(edge, { store: 'R2' });
    const get = (path: string, headers = {}) => ask(worker.direct, path, { headers });
    try {
      const store = await openStore(worker, 'R2');
      await publishFolder(dir, store);
      expect((await get('/media/film.mp4')).status).toBe(503);
      expect((await get('/ads.txt')).body.toString()).toBe('own');
      const first = await publishFolder(dir, store, true);
      // Each content once.
      expect(first.uploaded).toBe(7);
      await expect.poll(async () => (await get('/media/film.mp4')).status, { timeout: 30_000 }).toBe(200);
      const whole = await get('/media/film.mp4');
      expect(whole.body.equals(large)).toBe(true);
      const { etag = '' } = whole.headers;
      const part = await get('/media/film.mp4', { Range: 'bytes=20000000-20000009', 'If-Range': etag });
      expect(part).toMatchObject({
        status: 206,
        headers: { 'content-range': `bytes 20000000-20000009/${large.length}` },
      });
      expect(part.body).toEqual(large.subarray(20_000_000, 20_000_010));
      // One file changes and one leaves, though the deploy still has it.
      writeFiles(dir, { 'sound.wav': wav.subarray(0, 1000) });
      rmSync(join(dir, 'public/ads.txt'));
      const second = await publishFolder(dir, store);
      expect(second.uploaded).toBeLessThan(first.uploaded);
      await expect
        .poll(async () => (await get('/media/sound.wav')).headers['content-length'], { timeout: 30_000 })
        .toBe('1000');
      expect((await get('/ads.txt')).status).toBe(404);
      expect((await get('/style.css')).status).toBe(200);
    } finally {
      await worker.close();
    }
  }, 120_000);

  it('is refused for KV', async () => {
    const worker = await startWorker(makeFolder({ 'empty.txt': '' }), { store: 'KV' });
    try {
      const store = await openStore(worker, 'KV');
      await expect(publishFolder(makeFolder(files), store, true)).rejects.toThrow(/^the store takes no files/);
    } finally {
      await worker.close();
    }
  });
});

/** A RIFF file of this many seconds of 8-bit noise at 8 kHz. */
function makeWav(seconds: number): Buffer {
  const rate = 8000;
  const data = Buffer.from(Uint8Array.from({ length: rate * seconds }, (_, i) => (i * 7919) % 256));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
