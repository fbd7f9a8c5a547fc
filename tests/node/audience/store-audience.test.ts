import { describe, expect, it } from 'vitest';
import { serveStore } from '../../../src/node/serve/store/serve-store.ts';
import { folderStore } from '../../../src/node/store/folder-store.ts';
import { afterFile } from '../../after-file.ts';
import { ask, publishFolder } from '../../http/targets.ts';
import { dateline } from '../command.ts';
import { mp3 } from '../recordings.ts';
import { makeFolder } from '../temporary-folder.ts';

const token = 'correct-horse-battery-staple';
const dir = makeFolder({
  'publication.yaml': 'title: News\nurl: http://news.example/\naudience: true\npatience: 3\n',
  'one.md': '---\ndate: 2026-01-01\nenclosure: a.mp3\n---\n# One\n\nHello.\n',
  'a.mp3': mp3({ kbps: 64, seconds: 120, tag: 1000 }),
});

async function start(store: string, state: string | undefined) {
  const onError = (error: Error): never => {
    throw error;
  };
  const options = { port: 0, host: '127.0.0.1', state, audienceToken: token, onError };
  const server = await serveStore(folderStore(store), options);
  afterFile(() => void server.close());
  const get = async (path: string, headers = {}) => ask(new URL(server.url), path, { method: 'GET', headers });
  return { get, close: server.close };
}

describe('A server of a store', () => {
  it('counts together with another server of it, and tells by command, page and file', async () => {
    const [store, state] = [makeFolder(), makeFolder()];
    await publishFolder(dir, folderStore(store));
    const [one, other] = [await start(store, state), await start(store, state)];
    const { headers } = await one.get('/rss.xml', { 'User-Agent': 'Miniflux/2.2' });
    const again = { 'User-Agent': 'Miniflux/2.2', 'If-None-Match': headers.etag };
    for (const { get } of [one, other]) {
      expect((await get('/rss.xml', again)).status).toBe(304);
      expect((await get('/atom.xml', { 'User-Agent': 'Feedly/1.0 (42 subscribers)' })).status).toBe(200);
    }
    // The file's own minute, 481 kB.
    await other.get('/media/a.mp3', { 'User-Agent': 'AntennaPod/3', Range: 'bytes=0-480999' });
    await other.get('/media/a.mp3', { 'User-Agent': 'Podverse/3', Range: 'bytes=0-480998' });
    await one.close();
    const page = await other.get('/_audience.json', { Authorization: `Bearer ${token}` });
    const report = JSON.parse(page.body.toString());
    expect(report.feeds).toMatchObject([{ feed: '/', readers: 43, traffic: { polls: 5, unchanged: 2, whole: 3 } }]);
    expect(report.feeds[0].traffic.saved.unchanged).toBe(2 * Number(headers['content-length']));
    expect(report.episodes).toMatchObject([{ episode: '/media/a.mp3', names: { AntennaPod: 1 } }]);
    const { stdout } = await dateline(['audience', '--state', state, '--json']);
    expect(JSON.parse(stdout)).toEqual(report);
    await other.close();
  });

  it('counts in memory without a folder for the numbers', async () => {
    const store = makeFolder();
    await publishFolder(dir, folderStore(store));
    const { get, close } = await start(store, undefined);
    await get('/rss.xml', { 'User-Agent': 'Miniflux/2.2' });
    const page = await get('/_audience.json', { Authorization: `Bearer ${token}` });
    expect(JSON.parse(page.body.toString()).feeds).toMatchObject([{ readers: 1 }]);
    expect((await get('/_audience')).status).toBe(404);
    await close();
  });
});
