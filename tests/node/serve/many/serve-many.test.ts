import { existsSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { Output } from '../../../../src/node/serve/change-report.ts';
import { indexPublications } from '../../../../src/node/serve/many/publication-index.ts';
import type { ManyServer } from '../../../../src/node/serve/many/serve-many.ts';
import { serveManyWithReport } from '../../../../src/node/serve/many/serve-many-command.ts';
import { makeFolder, seed, writeFiles } from '../../temporary-folder.ts';

describe('several publications', () => {
  const daily = { name: 'daily', url: 'https://news.example/' };
  const sport = { name: 'sport', url: 'https://news.example/sport/' };
  const local = { name: 'Größe', url: 'http://127.0.0.1:3000/Gr%C3%B6%C3%9Fe/' };
  const find = indexPublications([daily, sport, local]);

  it.each([
    ['news.example', '/rss.xml', daily, '/rss.xml'],
    ['news.example', '/sport/rss.xml', sport, '/sport/rss.xml'],
    ['news.example', '/sport', sport, '/sport'],
    ['news.example', '/sports', daily, '/sports'],
    ['127.0.0.1', '/Gr%C3%B6%C3%9Fe/rss.xml', local, '/Gr%C3%B6%C3%9Fe/rss.xml'],
    ['localhost', '/Gr%C3%B6%C3%9Fe/rss.xml', local, '/rss.xml'],
    ['localhost', '/daily/', daily, '/'],
    ['localhost', '/daily/%', daily, '/%'],
  ])('are found at %s%s', (hostname, path, publication, own) => {
    expect(find(hostname, path)).toEqual({ publication, path: own });
  });

  it.each([
    ['other.example', '/daily/rss.xml'],
    ['localhost', '/rss.xml'],
    ['localhost', '/none/'],
    ['localhost', '/constructor/'],
  ])('are not found at %s%s', (hostname, path) => {
    expect(find(hostname, path)).toBeUndefined();
  });

  it('cannot have one address or one name', () => {
    expect(() => indexPublications([daily, { name: 'weekly', url: daily.url }])).toThrow(
      'daily and weekly have the same address, https://news.example/; set another "url" in one of them',
    );
    expect(() => indexPublications([daily, { name: 'daily', url: local.url }])).toThrow('two folders are called daily');
  });
});

describe('dateline serve with several folders', () => {
  let running: ManyServer | undefined;
  afterEach(() => running?.close());

  async function start(...files: Readonly<Record<string, string>>[]): Promise<{ home: string; said: () => string }> {
    const home = makeFolder(Object.assign({}, ...files));
    let text = '';
    const output = new Writable({
      write: (part, _, done) => {
        text += part;
        done();
      },
    }) as Output;
    const dirs = ['daily', 'weekly/seeds'].map((name) => join(home, name));
    const options = { port: 0, host: '127.0.0.1', watch: true, ping: false };
    running = await serveManyWithReport(dirs, options, output, output);
    return { home, said: () => text };
  }
  const files = {
    'daily/a.md': seed('Daily A'),
    'daily/publication.yaml': 'title: Daily\nurl: https://daily.example/\n',
    'daily/public/ads.txt': 'daily',
    'weekly/seeds/a.md': seed('Weekly A'),
  };

  /** Asks as a reader of a host, which `fetch` can't. */
  function ask(path: string, host?: string): Promise<{ status: number | undefined; text: string }> {
    return new Promise((resolve, reject) => {
      const url = new URL(path, running?.url);
      request(url, { headers: host === undefined ? {} : { Host: host } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode, text }));
      })
        .on('error', reject)
        .end();
    });
  }

  it('answers each by its host, and here by its name', async () => {
    const { said } = await start(files);
    const byHost = await ask('/rss.xml', 'daily.example');
    expect(byHost).toMatchObject({ status: 200, text: expect.stringContaining('>Daily A<') });
    // Twice: the second answer is from memory, without a request object.
    for (let i = 0; i < 2; i++) {
      expect(await ask('/rss.xml', 'daily.example:443')).toEqual(byHost);
      expect(await ask('/daily/rss.xml')).toEqual(byHost);
      const weekly = await ask('/weekly/rss.xml');
      expect(weekly).toMatchObject({ status: 200, text: expect.stringContaining(`${running?.url}weekly/articles/a`) });
      expect(weekly.text).not.toContain('Daily');
    }
    expect((await ask('/ads.txt', 'daily.example')).text).toBe('daily');
    expect((await ask('/weekly/ads.txt')).status).toBe(404);
    expect((await ask('/weekly/style.css')).status).toBe(200);
    expect(await ask('/rss.xml', 'other.example')).toMatchObject({ status: 421 });
    expect(await ask('/healthz', '10.0.0.1')).toMatchObject({ status: 200 });
    expect(said()).toContain(`${running?.url}daily/ is https://daily.example/\n`);
  });

  it('shows a change in one, and follows it to another host', async () => {
    const { home } = await start(files);
    const soon = { timeout: 20_000 };
    writeFiles(home, { 'daily/b.md': seed('Daily B') });
    await expect.poll(async () => (await ask('/rss.xml', 'daily.example')).text, soon).toContain('>Daily B<');
    writeFiles(home, { 'daily/publication.yaml': 'title: Daily\nurl: https://today.example/\n' });
    await expect.poll(async () => (await ask('/rss.xml', 'today.example')).status, soon).toBe(200);
    expect((await ask('/rss.xml', 'daily.example')).status).toBe(421);
  }, 60_000);

  it.skipIf(!existsSync('/proc/self/fd'))(
    'closes files that it does not use, and still knows what they say',
    async () => {
      const { home } = await start(files);
      const open = (): string[] =>
        readdirSync('/proc/self/fd').flatMap((descriptor) => {
          try {
            const path = readlinkSync(join('/proc/self/fd', descriptor));
            return path.startsWith(home) && path.includes('.dateline') ? [path] : [];
          } catch {
            // The descriptor of the listing itself.
            return [];
          }
        });
      expect(open()).toContain(join(home, 'daily/.dateline/ledger.db'));
      await expect.poll(open, { timeout: 20_000 }).toEqual([]);
      expect((await ask('/articles/a', 'daily.example')).status).toBe(200);
      rmSync(join(home, 'daily/a.md'));
      writeFiles(home, { 'daily/b.md': seed('Daily B') });
      await expect.poll(async () => (await ask('/articles/a', 'daily.example')).status, { timeout: 20_000 }).toBe(410);
      await expect.poll(open, { timeout: 20_000 }).toEqual([]);
      expect((await ask('/articles/a', 'daily.example')).status).toBe(410);
    },
    60_000,
  );

  it('does not start if two have one address, or one has none that others can reach', async () => {
    const same = { 'weekly/seeds/publication.yaml': 'title: Weekly\nurl: https://daily.example/\n' };
    await expect(start(files, same)).rejects.toThrow('daily and weekly have the same address');
  });
});
