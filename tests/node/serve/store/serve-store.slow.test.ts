import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Store } from '../../../../src/node/store/s3-store.ts';
import { type Answer, ask, publishFolder, type Target, targets } from '../../../http/targets.ts';
import { type Served, startServe } from '../../command.ts';
import { png } from '../../pictures.ts';
import { hasS3Server, type S3Server, startS3Server } from '../../store/s3-server.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../../temporary-folder.ts';

const address = 's3://news/some prefix';

const documents = [
  ...['/rss.xml', '/atom.xml', '/feed.json', '/', '/archive/1/atom.xml', '/archive/2', '/languages/en/rss.xml'],
  ...['/articles/0001', '/feeds.opml', '/sitemap.xml', '/robots.txt', '/subscribe', '/nothing', '/archive/99/rss.xml'],
];
const files = ['/media/ship.png', '/ads.txt', '/style.css'];

describe.runIf(hasS3Server)('two servers of a store with the interface of S3 (S3RVER)', { timeout: 120_000 }, () => {
  const dir = makeFolder({
    ...manySeeds(40),
    'publication.yaml': 'url: https://daily.example/\nitems: 10\n',
    'ship.md': seed('Ship', '2025-01-05', '![A ship](ship.png)'),
    'ship.png': png(64, 48),
    'public/ads.txt': 'none',
  });
  let s3: S3Server;
  let servers: Served[];
  let others: Target[];
  beforeAll(async () => {
    s3 = await startS3Server('kept');
    await publishFolder(dir, s3Store(address, s3.env));
    const start = (): Promise<Served> => startServe(['--store', address], { env: s3.env, cwd: makeFolder() });
    servers = await Promise.all([start(), start()]);
    others = [await targets['a Node server'](dir), await targets['a worker in workerd'](dir)];
  });
  afterAll(async () => {
    for (const other of others ?? []) await other.close();
    for (const server of servers ?? []) expect(await server.stop()).toMatchObject({ code: 0 });
    await s3?.close();
  });

  const askAll = (path: string, headers = {}): Promise<Answer[]> =>
    Promise.all(servers.map(({ url }) => ask(url, path, { headers })));

  it('answer like a server of the folder and like the worker', async () => {
    for (const path of documents) {
      const [node, edge] = await Promise.all(others.map((other) => other.request(path)));
      for (const answer of await askAll(path)) {
        expect({ path, ...answer }).toEqual({ path, ...node });
        expect({ path, ...answer }).toMatchObject({
          path,
          status: edge?.status,
          headers: edge?.headers,
          body: edge?.body,
        });
      }
    }
    for (const path of files) {
      const [node] = await Promise.all(others.map((other) => other.request(path)));
      const [one, two] = await askAll(path);
      expect({ path, ...one }).toEqual({ path, ...two });
      expect({ path, body: one?.body, type: one?.headers['content-type'] }).toEqual({
        path,
        body: node?.body,
        type: node?.headers['content-type'],
      });
    }
    const [part] = await askAll('/media/ship.png', { Range: 'bytes=0-1' });
    expect(part).toMatchObject({ status: 206, body: Buffer.from(png(64, 48).subarray(0, 2)) });
  });

  it('show a new edition within the time between two looks, and no request waits for one', async () => {
    writeFiles(dir, { 'new.md': seed('Brand new', '2025-06-01') });
    const { uploaded } = await publishFolder(dir, s3Store(address, s3.env));
    expect(uploaded).toBeGreaterThan(0);
    const isNew = async (): Promise<boolean[]> =>
      (await askAll('/rss.xml')).map(({ body }) => body.includes('Brand new'));
    await expect.poll(isNew, { timeout: 20_000, interval: 200 }).toEqual([true, true]);
    for (const path of [...documents, ...files]) {
      const [one, two] = await askAll(path);
      expect({ path, ...one }).toEqual({ path, ...two });
    }
    // A page that is in memory reads nothing of the store, and one look is a single request.
    s3.requests.length = 0;
    for (let i = 0; i < 20; i++) await askAll('/rss.xml');
    expect(s3.requests.filter((request) => !request.endsWith('/_dateline/edition-6.json'))).toEqual([]);
  });

  it('keep answering what they have shown when the store is gone', async () => {
    const before = await askAll('/rss.xml');
    await s3.close();
    for (const { output } of servers)
      await expect
        .poll(() => output.stderr, { timeout: 20_000 })
        .toContain('the last edition stays, since s3://news/some prefix');
    expect(await askAll('/rss.xml')).toEqual(before);
    expect((await askAll('/media/ship.png')).map(({ status }) => status)).toEqual([503, 503]);
  });
});
