import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { packageFilesFolder } from '../../src/node/folder/files/package-files.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { wranglerText } from '../../src/node/new/wrangler-template.ts';
import { type Answer, ask, type Target, targets } from '../http/targets.ts';
import { makeFolder, seed } from '../node/temporary-folder.ts';
import { config, type RunningWorker, startWorker } from './workerd.ts';

const names = readdirSync(packageFilesFolder).sort();

async function builtEdge(url: string): Promise<string> {
  const dir = makeFolder({ 'publication.yaml': `url: ${url}\nttl: 30\n`, 'a.md': seed('A') });
  const { site, sources, changed, files } = new SeedFolder(dir, { url: 'http://localhost/' }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, '2026-11-30T00:00:00Z', changed, files, true);
  return edgeFolder(out);
}

/** The header fields that must not depend on the runtime. */
function shared({ status, headers }: Answer): unknown {
  const { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed } = headers;
  const { 'x-content-type-options': sniff, 'cache-control': cache, 'content-security-policy': policy } = headers;
  return { status, origin, exposed, sniff, cache, policy };
}

describe('the files of the package', () => {
  let node: Target;
  beforeAll(async () => {
    const files = { 'publication.yaml': 'url: https://daily.example/\nttl: 30\n', 'a.md': seed('A') };
    node = await targets['a Node server'](makeFolder(files));
  });
  afterAll(() => node?.close());

  it('are those that wrangler.toml excludes from the worker, here and after init', () => {
    const excluded = names.map((name) => `!/${name}`);
    expect(config.assets.run_worker_first).toEqual(['/*', ...excluded]);
    const [, list = ''] = /^run_worker_first = (\[[^\]]*\])/m.exec(wranglerText('news', 'a.js', 'b.js')) ?? [];
    expect(JSON.parse(list.replace(',\n]', ']'))).toEqual(['/*', ...excluded]);
  });

  it('have the same header fields as on Node, without the worker', async () => {
    // Nothing is published in R2, so the worker itself answers 503.
    await using worker = await start(await builtEdge('https://daily.example/'), { store: 'R2' });
    expect((await ask(worker.url, '/robots.txt')).status).toBe(503);
    for (const name of names) {
      const [here, there] = await Promise.all([ask(worker.url, `/${name}`), node.request(`/${name}`)]);
      expect({ name, ...(shared(here) as object) }).toEqual({ name, ...(shared(there) as object) });
      expect(here.body).toEqual(readFileSync(join(packageFilesFolder, name)));
      const { etag = '' } = here.headers;
      const again = await ask(worker.url, `/${name}`, { headers: { 'If-None-Match': etag } });
      expect({ name, status: again.status }).toEqual({ name, status: 304 });
      expect((await ask(worker.url, `/${name}`, { method: 'POST' })).status).toBe(405);
    }
    // Stored pages stay behind the worker in any spelling.
    for (const path of [
      '/_dateline/edition-6.json',
      '/%5Fdateline/edition-6.json',
      '/style.css/../_dateline/edition-6.json',
    ])
      expect({ path, ...(await ask(worker.url, path)) }).toMatchObject({ path, status: 503 });
  });

  it('pass through the worker below a path', async () => {
    const edge = await builtEdge('https://daily.example/news/');
    await using worker = await start(edge);
    for (const name of names) {
      const [root, below] = [await ask(worker.url, `/${name}`), await ask(worker.url, `/news/${name}`)];
      expect({ name, ...below }).toEqual({ name, ...root });
      const { etag = '' } = below.headers;
      const again = await ask(worker.url, `/news/${name}`, { headers: { 'If-None-Match': etag } });
      expect({ name, status: again.status }).toEqual({ name, status: 304 });
    }
  });
});

async function start(...given: Parameters<typeof startWorker>): Promise<RunningWorker & AsyncDisposable> {
  const worker = await startWorker(...given);
  return { ...worker, [Symbol.asyncDispose]: () => worker.close() };
}
