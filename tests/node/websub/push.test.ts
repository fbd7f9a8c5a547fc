import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, serve } from '../../../src/node/serve/serve.ts';
import type { PushOptions } from '../../../src/node/websub/push.ts';
import { png } from '../pictures.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';
import { type Hub, startHub, take } from './hub.ts';

const soon = { timeout: 10_000, interval: 10 };
const quick = { quietTime: 150, firstWait: 20, longestWait: 100, giveUpAfter: 60_000, timeout: 10_000 };

let hub: Hub;
let dir: string;
let running: Running;
let lines: string[];
beforeEach(async () => {
  hub = await startHub();
  lines = [];
  dir = makeFolder({ 'a.md': seed('A'), 'publication.yaml': `title: Daily\nhub: ${hub.url}\n` });
});
afterEach(() => running?.close());

async function start(push: Partial<PushOptions> = {}): Promise<void> {
  running = await serve(dir, {
    port: 0,
    host: '127.0.0.1',
    watch: true,
    onReading: () => {},
    onError: (error) => lines.push(String(error)),
    push: { ...quick, onTrouble: (line) => lines.push(line), ...push },
  });
}

/** The paths that the hub was told of, in the order of their names. */
const told = (): string[] => hub.pings.map(({ topic }) => topic.replace(running.url, '')).sort();
const three = (folder = ''): string[] => ['atom.xml', 'feed.json', 'rss.xml'].map((file) => folder + file);
const both = [...three(), ...three('languages/en/')].sort();
const save = (name: string, headline: string): void => writeFiles(dir, { [name]: seed(headline) });
const shows = (text: string) =>
  expect.poll(async () => (await fetch(`${running.url}rss.xml`)).text(), soon).toContain(text);
/** Lets a time pass in which something would have happened that should not. */
const quiet = (): Promise<void> => setTimeout(500);

describe('a server with a hub', () => {
  it('tells it nothing at the start, and nothing of a file that is saved as it was', async () => {
    await start();
    save('a.md', 'A');
    await quiet();
    expect(told()).toEqual([]);
  });

  it('tells it once of saves that follow each other, and again of a later one', async () => {
    await start({ quietTime: 1000 });
    for (const headline of ['B', 'C', 'D']) {
      save('a.md', headline);
      await shows(`>${headline}<`);
    }
    await expect.poll(told, soon).toEqual(both);
    await quiet();
    expect(told()).toEqual(both);
    save('a.md', 'E');
    await expect.poll(told, soon).toEqual([...both, ...both].sort());
  });

  it('tells it after a while of a folder that is never quiet', async () => {
    await start({ quietTime: 100 });
    let isOver = false;
    const saving = (async () => {
      for (let i = 0; !isOver; i++) {
        save('a.md', `Number ${i}`);
        await setTimeout(40);
      }
    })();
    await expect.poll(told, soon).toEqual(expect.arrayContaining(both));
    isOver = true;
    await saving;
  });

  it('tells it nothing of what is taken back in time', async () => {
    await start({ quietTime: 1000 });
    save('b.md', 'B');
    await shows('>B<');
    rmSync(join(dir, 'b.md'));
    await setTimeout(1500);
    expect(told()).toEqual([]);
  });

  it('tells it when an article falls due', async () => {
    const due = new Date(Date.now() + 3000);
    writeFiles(dir, { 'later.md': seed('Later', due.toISOString().slice(0, 19)) });
    await start();
    expect(told()).toEqual([]);
    await expect.poll(told, soon).toEqual(both);
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(due.getTime() / 1000) * 1000);
    await shows('>Later<');
  });

  it('tells it of a picture that has another size, though no text changed', async () => {
    writeFiles(dir, { 'a.md': seed('A', undefined, '![Black](a.png)'), 'a.png': png(10, 20) });
    await start();
    await quiet();
    writeFiles(dir, { 'a.png': png(30, 40) });
    await expect.poll(told, soon).toEqual(both);
  });

  it('tells it of every feed when the publication has another title', async () => {
    await start();
    writeFiles(dir, { 'publication.yaml': `title: Weekly\nhub: ${hub.url}\n` });
    await expect.poll(told, soon).toEqual(both);
  });

  it('tells the hub that is named now', async () => {
    await start();
    const other = await startHub();
    writeFiles(dir, { 'publication.yaml': `title: Daily\nhub: ${other.url}\n` });
    await expect.poll(() => other.pings.length, soon).toBe(6);
    expect(hub.pings).toEqual([]);
  });

  it('tells a hub elsewhere nothing of addresses on this machine, and says so once', async () => {
    writeFiles(dir, { 'publication.yaml': 'title: Daily\nhub: http://hub.invalid/\n' });
    await start();
    save('a.md', 'B');
    await shows('>B<');
    await quiet();
    expect(lines).toEqual([
      'no hub is told: no public address is set, so http://hub.invalid/ can\'t fetch the feeds; set "url" or SITE_URL',
    ]);
  });
});

describe('a hub that', () => {
  it('fails, then is back, is told of each feed', async () => {
    await start();
    let failures = 3;
    hub.answer = (ping, response) => {
      if (failures-- > 0) response.writeHead(500).end('no');
      else take(ping, response);
    };
    save('a.md', 'B');
    await expect.poll(() => new Set(told()).size, soon).toBe(6);
    await expect.poll(() => hub.pings.length, soon).toBe(9);
    await quiet();
    expect(hub.pings.length).toBe(9);
    expect(lines).toEqual([]);
  });

  it('asks for patience with Retry-After gets it', async () => {
    await start();
    let isFirst = true;
    hub.answer = (ping, response) => {
      if (!isFirst) return take(ping, response);
      isFirst = false;
      response.writeHead(429, { 'retry-after': '1' }).end();
    };
    save('a.md', 'B');
    await expect.poll(() => new Set(told()).size, soon).toBe(6);
    const [first] = hub.pings;
    const later = hub.pings.filter(({ topic }) => topic === first?.topic);
    expect(later).toHaveLength(2);
    expect((later[1]?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('asks for years of patience is left alone for as long as a feed is tried', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error) => warnings.push(name);
    process.on('warning', note);
    await start();
    hub.answer = (_, response) => void response.writeHead(503, { 'retry-after': '999999999' }).end();
    save('a.md', 'B');
    await expect.poll(() => lines.length, soon).toBe(1);
    expect(lines[0]).toContain('the answer is 503 Service Unavailable');
    const before = told().length;
    save('a.md', 'C');
    await quiet();
    expect(told().length).toBeLessThanOrEqual(Math.max(before, 4));
    expect(warnings).toEqual([]);
    process.off('warning', note);
  });

  it('refuses is not asked again, and that is said in a line', async () => {
    await start();
    hub.answer = (_, response) => void response.writeHead(400).end('what?\u001b[31m');
    save('a.md', 'B');
    await expect
      .poll(() => lines, soon)
      .toEqual([`${hub.url} is not told of 6 feeds: the answer is 400 Bad Request`]);
    expect(told()).toEqual(both);
  });

  it('is dead for too long is given up, in a line', async () => {
    await start({ giveUpAfter: 300 });
    const { url } = hub;
    await hub.close();
    save('a.md', 'B');
    await expect
      .poll(() => lines, soon)
      .toEqual([expect.stringContaining(`${url} is not told of 6 feeds: connect ECONNREFUSED`)]);
    await shows('>B<');
  });

  it('never answers delays no reader, and not the end', async () => {
    await start();
    hub.answer = () => {};
    save('a.md', 'B');
    await expect.poll(() => hub.pings.length, soon).toBe(4);
    await shows('>B<');
    await running.close();
    expect(lines).toEqual([`${hub.url} is not told of 6 feeds before the end; "dateline ping" tells it`]);
  });

  it('answers after the time that it has is asked again', async () => {
    await start({ timeout: 100, concurrency: 1 });
    let isFirst = true;
    hub.answer = (ping, response) => {
      if (!isFirst) take(ping, response);
      isFirst = false;
    };
    save('a.md', 'B');
    await expect.poll(() => hub.pings.length, soon).toBe(7);
    expect(new Set(told()).size).toBe(6);
  });

  it('is being told of a feed when that changes again is told once more, not twice', async () => {
    await start({ concurrency: 6 });
    const held: (() => void)[] = [];
    hub.answer = (ping, response) => void held.push(() => take(ping, response));
    for (const [i, headline] of ['B', 'C', 'D'].entries()) {
      save('a.md', headline);
      await shows(`>${headline}<`);
      await quiet();
      expect(hub.pings.length, `after save ${i}`).toBe(6);
    }
    hub.answer = take;
    for (const answer of held) answer();
    await expect.poll(told, soon).toEqual([...both, ...both].sort());
    await quiet();
    expect(hub.pings).toHaveLength(12);
  });

  it('answers with a body that never ends is not read', async () => {
    await start();
    let written = 0;
    let isCutOff = 0;
    hub.answer = (_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
      };
      response.on('drain', more).on('close', () => isCutOff++);
      more();
    };
    save('a.md', 'B');
    await expect.poll(() => isCutOff, soon).toBe(6);
    expect(written).toBeLessThan(6 * 16_000_000);
    expect(told()).toEqual(both);
  });

  it('has moved is followed with the same POST, but not to what is no web', async () => {
    const gate = createServer((request, response) => {
      const to = request.url === '/ftp' ? 'ftp://127.0.0.1/' : hub.url;
      response.writeHead(301, { location: to }).end();
    });
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(gate.address() as AddressInfo).port}`;
    writeFiles(dir, { 'publication.yaml': `title: Daily\nhub: ${at}/moved\n` });
    await start();
    save('a.md', 'B');
    await expect.poll(told, soon).toEqual(both);
    writeFiles(dir, { 'publication.yaml': `title: Daily\nhub: ${at}/ftp\n` });
    await expect
      .poll(() => lines, soon)
      .toEqual([`${at}/ftp is not told of 6 feeds: the answer is 301 Moved Permanently`]);
    gate.close().closeAllConnections();
  });
});
