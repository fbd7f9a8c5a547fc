import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../../../src/node/serve/serve.ts';
import { serveStore } from '../../../../src/node/serve/store/serve-store.ts';
import { folderStore } from '../../../../src/node/store/folder-store.ts';
import { type Answer, ask, publishFolder, type Sent, targets } from '../../../http/targets.ts';
import { dateline } from '../../command.ts';
import { png } from '../../pictures.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../../temporary-folder.ts';

const sound = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256);

/** A publication with files of every kind. */
function makePublication(): string {
  return makeFolder({
    ...manySeeds(7),
    'publication.yaml': 'url: https://daily.example/\nitems: 2\n',
    'film.md': seed(
      'Film',
      '2025-02-01',
      '![A ship](<pictures/a ship.png>)\n\n[Listen](/sound.mp3), <img src="mark.svg">',
    ),
    'pictures/a ship.png': png(64, 48),
    'sound.mp3': sound,
    'mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'public/ads.txt': 'none',
    'public/.well-known/security.txt': 'Contact: mailto:o@daily.example',
    'public/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'public/.assetsignore': '_dateline\n',
  });
}

const running = new Set<RunningServer>();
afterEach(async () => {
  for (const server of running) await server.close();
  running.clear();
});

interface Asked {
  (path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
  readonly errors: string[];
}

async function start(folder: string): Promise<Asked> {
  const errors: string[] = [];
  const onError = ({ message }: Error) => void errors.push(message);
  const server = await serveStore(folderStore(folder), { port: 0, host: '127.0.0.1', recheck: 10, onError });
  running.add(server);
  const send = (path: string, headers = {}, method = 'GET') =>
    ask(new URL(server.url), path, { method, headers } satisfies Sent);
  return Object.assign(send, { errors });
}

const files = [
  '/media/pictures/a%20ship.png',
  '/media/sound.mp3',
  '/media/mark.svg',
  '/ads.txt',
  '/.well-known/security.txt',
  '/icon.svg',
  '/style.css',
  '/favicon.ico',
];

describe('a server of a store', () => {
  let dir: string;
  let folder: string;
  beforeAll(async () => {
    dir = makePublication();
    folder = makeFolder();
    await publishFolder(dir, folderStore(folder));
  });

  it('serves the files of the site and of the package like a server of the folder', async () => {
    const [stored, node] = [await start(folder), await targets['a Node server'](dir)];
    for (const path of files) {
      const [mine, other] = [await stored(path), await node.request(path)];
      const { etag: _, 'last-modified': __, ...headers } = other.headers;
      expect({ path, ...mine }).toMatchObject({ path, status: 200, headers, body: other.body });
      expect(mine.headers.etag).toMatch(/"/);
    }
    for (const path of ['/media/nothing.png', '/_headers', '/.assetsignore', '/_dateline/edition-6.json', '/%E0%A4%A'])
      expect((await stored(path)).status).toBe(404);
    await node.close();
  });

  it('answers conditions and the ranges of players', async () => {
    const get = await start(folder);
    const { etag = '' } = (await get('/media/sound.mp3')).headers;
    expect(await get('/media/sound.mp3', { 'If-None-Match': etag })).toMatchObject({ status: 304 });
    expect(await get('/media/sound.mp3', { 'If-Modified-Since': new Date().toUTCString() })).toMatchObject({
      status: 200,
    });
    const part = await get('/media/sound.mp3', { Range: 'bytes=100-150099', 'If-Range': etag });
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 100-150099/200000' } });
    expect(part.body.equals(sound.subarray(100, 150_100))).toBe(true);
    expect(await get('/media/sound.mp3', { Range: 'bytes=200000-' })).toMatchObject({ status: 416 });
    const head = await get('/media/sound.mp3', {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0), headers: { 'content-length': '200000' } });
  });

  it('shows a new edition in every process, with the same bytes and validators', async () => {
    const servers = [await start(folder), await start(folder)];
    const before = await servers[0]?.('/rss.xml');
    // Only one of them has shown the address, and remembers its date.
    expect(before?.status).toBe(200);
    writeFiles(dir, { 'new.md': seed('Brand new', '2025-06-01'), 'pictures/a ship.png': png(32, 24) });
    await publishFolder(dir, folderStore(folder));
    for (const get of servers)
      await expect.poll(async () => (await get('/rss.xml')).body.toString()).toContain('Brand new');
    for (const path of [
      '/rss.xml',
      '/atom.xml',
      '/',
      '/archive/1/rss.xml',
      '/articles/0001',
      '/feeds.opml',
      ...files,
    ]) {
      const [one, other] = await Promise.all(servers.map((get) => get(path)));
      expect({ path, ...one }).toMatchObject({ path, status: 200 });
      expect({ path, ...one }).toEqual({ path, ...other });
    }
    const [picture = ''] = files;
    expect((await servers[0]?.(picture))?.body.equals(png(32, 24))).toBe(true);
    const { 'last-modified': date = '' } = before?.headers ?? {};
    for (const get of servers) {
      expect((await get('/rss.xml', { 'If-Modified-Since': date })).status).toBe(200);
    }
  });

  it('keeps the last edition while the store fails, and says so once', async () => {
    const copy = makeFolder();
    await publishFolder(dir, folderStore(copy));
    const get = await start(copy);
    // In the second of a change, Last-Modified is the time of the answer (RFC 9110 §8.8.2.1).
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const before = await get('/rss.xml');
    const pointer = join(copy, '_dateline/edition-6.json');
    const text = readFileSync(pointer);
    rmSync(pointer);
    await expect.poll(() => get.errors.length).toBe(1);
    expect(await get('/rss.xml')).toEqual(before);
    expect(await get('/articles/0001')).toMatchObject({ status: 200 });
    writeFileSync(pointer, '{');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(get.errors).toEqual([expect.stringMatching(/^the last edition stays, since .* is missing$/)]);
    writeFileSync(pointer, text);
    for (const name of readdirSync(join(copy, '_dateline/files'))) rmSync(join(copy, '_dateline/files', name));
    expect(await get('/media/sound.mp3')).toMatchObject({ status: 503, headers: { 'cache-control': 'no-store' } });
  });

  it('answers 503 for a damaged object, and reports it once, with the fix', async () => {
    const copy = makeFolder();
    await publishFolder(dir, folderStore(copy));
    const get = await start(copy);
    const folder = join(copy, '_dateline/objects');
    const names = readdirSync(folder);
    for (const name of names) writeFileSync(join(folder, name), '');
    for (const path of ['/rss.xml', '/rss.xml', '/articles/0001', '/'])
      expect(await get(path)).toMatchObject({ status: 503, headers: { 'retry-after': '60' } });
    expect(new Set(get.errors).size).toBe(get.errors.length);
    for (const line of get.errors)
      expect(line).toMatch(
        /^\S+: _dateline\/objects\/\w+\.gz is damaged: .*, so readers get 503; to repair it: dateline publish --verify --store \S+$/,
      );
    const files = join(copy, '_dateline/files');
    for (const name of readdirSync(files)) truncateSync(join(files, name), 5);
    expect(await get('/media/sound.mp3')).toMatchObject({ status: 503 });
    await publishFolder(dir, folderStore(copy));
    expect(await get('/rss.xml')).toMatchObject({ status: 200 });
    expect((await get('/media/sound.mp3')).body.equals(sound)).toBe(true);
  });

  it('does not start while nothing is published, and says what to do', async () => {
    const empty = makeFolder();
    await expect(start(empty)).rejects.toThrow(
      `nothing is published in ${empty}; publish there first: dateline publish --store ${empty}`,
    );
  });
});

describe('dateline publish --store with a folder', () => {
  it('publishes, uploads only what is new, and rolls back files and articles', async () => {
    const cwd = makeFolder({
      'seeds/publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n',
      'seeds/a.md': seed('A', '2025-01-01', '![x](p.png)'),
      'seeds/p.png': png(8, 8),
    });
    const publish = (...args: string[]) => dateline(['publish', '--store', './store', ...args], { cwd });
    const first = await publish();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/\/store: (\d+) of \1 objects uploaded; it shows edition \S+\n$/);
    expect((await publish()).stdout).toContain(': 0 of ');
    writeFiles(cwd, { 'seeds/p.png': png(9, 9) });
    expect((await publish()).stdout).toMatch(/: [1-9] of \d+ objects uploaded; it shows edition /);
    const picture = async (): Promise<Buffer> => {
      const get = await start(join(cwd, 'store'));
      return (await get('/media/p.png')).body;
    };
    expect((await picture()).equals(png(9, 9))).toBe(true);
    expect(await publish('--rollback')).toMatchObject({ code: 0 });
    expect((await picture()).equals(png(8, 8))).toBe(true);
  });

  it('refuses the folder that it builds in', async () => {
    const cwd = makeFolder({ 'seeds/a.md': seed('A') });
    for (const store of ['./dist/site-edge', './dist/site', './dist/site-edge/store'])
      expect(await dateline(['publish', '--store', store], { cwd })).toMatchObject({
        code: 1,
        stderr: `dateline: ${store} is where \`publish\` builds; choose another folder with --store or --out\n`,
      });
    expect(readdirSync(cwd)).toEqual(['seeds']);
  });
});

describe('dateline serve --store', () => {
  it.each([
    [['--store', 'r2:news'], 1, /read the bucket at its S3 address: --store s3:\/\/news with AWS_ENDPOINT_URL\n$/],
    [['--store', 'kv:0123'], 1, /publish to a folder or to s3:\/\/bucket, or deploy the worker\n$/],
    [['--store', './store', '--live'], 2, /cannot be used with option '--live'/],
    [['--store', './store', '--no-watch'], 2, /cannot be used with option '--no-watch'/],
    [['--store', 'news'], 2, /It must be a folder such as \.\/store or \/srv\/news,/],
    [['seeds', '--store', './store'], 2, /a folder of articles cannot be used with --store/],
  ])('%j is refused', async (args, code, message) => {
    const cwd = makeFolder({ 'seeds/a.md': seed('A') });
    const ended = await dateline(['serve', ...args], { cwd });
    expect(ended).toMatchObject({ code, stderr: expect.stringMatching(message) });
  });
});
