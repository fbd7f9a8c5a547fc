import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startEdge, type Target, targets } from '../http/targets.ts';
import { makeFolder, seed } from '../node/temporary-folder.ts';

const long = 'It happened again. '.repeat(30);
const before = {
  'publication.yaml': 'title: The Daily\nurl: https://daily.example/\n',
  'one.md': `---\ntags: [harbour]\n---\n${seed('One', '2026-03-01', long)}`,
};
const after = { ...before, 'two.md': seed('Two', '2026-03-02', long) };

/** Every kind of document. */
const paths = [
  ...['/rss.xml', '/atom.xml', '/feed.json', '/tags/harbour/atom.xml', '/archive/1/feed.json', '/feed'],
  ...['/', '/articles/one', '/subscribe', '/feeds.opml', '/sitemap.xml', '/robots.txt'],
];

describe.each([
  { runtime: 'workerd', codings: ['br', 'gzip'] },
  { runtime: 'workerd without the modules of Node.js', codings: ['gzip'] },
])('a worker in $runtime, without a platform before it', ({ codings }) => {
  let worker: Target;
  let node: Target;
  let held = '';
  beforeAll(async () => {
    const dir = makeFolder(after);
    worker = await startEdge(dir, undefined, !codings.includes('br'));
    node = await targets['a Node server'](dir);
    const earlier = await targets['the app in memory'](makeFolder(before));
    held = (await earlier.request('/atom.xml')).headers.etag ?? '';
  });
  afterAll(async () => {
    await worker?.close();
    await node?.close();
  });

  describe.each([
    ['gzip', 'gzip'],
    ['x-gzip', 'x-gzip'],
    ['gzip, deflate, br, zstd', 'gzip, deflate'],
    ['br;q=1, gzip;q=0.5', 'gzip'],
    ['*', 'gzip'],
    ['br', 'identity'],
    ['gzip;q=0', 'gzip;q=0'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['deflate', 'deflate'],
  ])('for Accept-Encoding: %s', (accept, withoutBrotli) => {
    it.each(paths)('answers %s as Node answers one that accepts its codings', async (path) => {
      const onNode = codings.includes('br') ? accept : withoutBrotli;
      const answers = await Promise.all([
        worker.request(path, { headers: { 'Accept-Encoding': accept } }),
        node.request(path, { headers: { 'Accept-Encoding': onNode } }),
      ]);
      const [here, there] = answers.map(decoded);
      expect(here).toEqual(there);
      for (const { headers, body } of answers) expect(headers['content-length']).toBe(String(body.length));
    });
  });

  it('answers HEAD and 304 as for a plain document', async () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    const get = await worker.request('/atom.xml', { headers });
    expect(get.headers['content-encoding']).toBe('gzip');
    const head = await worker.request('/atom.xml', { method: 'HEAD', headers });
    expect(head).toEqual({ ...get, body: Buffer.alloc(0) });
    const { etag = '' } = get.headers;
    const again = await worker.request('/atom.xml', { headers: { ...headers, 'If-None-Match': etag } });
    expect(again).toMatchObject({ status: 304, headers: { etag, vary: 'Accept-Encoding' } });
    expect(again.headers).not.toHaveProperty('content-encoding');
    expect(await worker.request('/atom.xml', { headers })).toEqual(get);
  });

  it('compresses a delta', async () => {
    const asked = { 'A-IM': 'feed', 'If-None-Match': held, 'User-Agent': 'Liferea/1.14.4' };
    const plain = await worker.request('/atom.xml', { headers: asked });
    const part = await worker.request('/atom.xml', { headers: { ...asked, 'Accept-Encoding': 'gzip' } });
    expect(part).toMatchObject({ status: 226, headers: { im: 'feed', 'content-encoding': 'gzip' } });
    expect(gunzipSync(part.body)).toEqual(plain.body);
  });
});

/** An answer with the bytes that a reader decodes, so that two compressions of them are equal. */
function decoded({ headers: { 'content-length': _, ...headers }, body, ...rest }: Answer): Omit<Answer, 'isDated'> {
  const { isDated: __, ...answer } = rest;
  const decode = { br: brotliDecompressSync, gzip: gunzipSync }[headers['content-encoding'] ?? ''];
  return { ...answer, headers, body: decode === undefined ? body : decode(body) };
}
