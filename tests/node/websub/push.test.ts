import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../../src/node/serve/serve.ts';
import type { PushOptions } from '../../../src/node/websub/push.ts';
import { png } from '../pictures.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';
import { type Hub, startHub, take } from './hub.ts';

const soon = { timeout: 30_000, interval: 10 };
const quick = { quietTime: 150, firstWait: 20, longestWait: 100, giveUpAfter: 60_000, timeout: 10_000 };

let hub: Hub;
let dir: string;
let running: RunningServer;
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
    onRead: () => {},
    onError: (error) => lines.push(String(error)),
    push: { ...quick, onWarning: (line) => lines.push(line), ...push },
  });
}

/** The paths of the hub's notifications, sorted. */
const notified = (): string[] => hub.pings.map(({ topic }) => topic.replace(running.url, '')).sort();
const three = (folder = ''): string[] => ['atom.xml', 'feed.json', 'rss.xml'].map((file) => folder + file);
const both = [...three(), ...three('languages/en/')].sort();
const save = (name: string, headline: string): void => writeFiles(dir, { [name]: seed(headline) });
const shows = (text: string) =>
  expect.poll(async () => (await fetch(`${running.url}rss.xml`)).text(), soon).toContain(text);
/** Waits long enough for an unwanted notification to arrive. */
const quiet = (): Promise<void> => setTimeout(500);

describe('a server with a hub', () => {
  it('sends nothing at the start, and nothing for a file saved without a change', async () => {
    await start();
    save('a.md', 'A');
    await quiet();
    expect(notified()).toEqual([]);
  });

  it('notifies it once of saves in quick succession, and again of a later one', async () => {
    await start({ quietTime: 2000 });
    for (const headline of ['B', 'C', 'D']) {
      save('a.md', headline);
      await shows(`>${headline}<`);
    }
    await expect.poll(notified, soon).toEqual(both);
    await quiet();
    expect(notified()).toEqual(both);
    save('a.md', 'E');
    await expect.poll(notified, soon).toEqual([...both, ...both].sort());
  });

  it('notifies it after a while even if the folder is never quiet', async () => {
    await start({ quietTime: 100 });
    let isOver = false;
    const saving = (async () => {
      for (let i = 0; !isOver; i++) {
        save('a.md', `Number ${i}`);
        await setTimeout(40);
      }
    })();
    await expect.poll(notified, soon).toEqual(expect.arrayContaining(both));
    isOver = true;
    await saving;
  });

  it('sends nothing for a change that is undone in time', async () => {
    // Long enough for a slow machine to show the change and undo it.
    await start({ quietTime: 4000 });
    save('b.md', 'B');
    await shows('>B<');
    rmSync(join(dir, 'b.md'));
    await setTimeout(4500);
    expect(notified()).toEqual([]);
  });

  it('notifies it when an article becomes due', async () => {
    // Late enough for a slow machine to have started before.
    const due = new Date(Date.now() + 6000);
    writeFiles(dir, { 'later.md': seed('Later', due.toISOString().slice(0, 19)) });
    await start();
    expect(notified()).toEqual([]);
    await expect.poll(notified, soon).toEqual(both);
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(due.getTime() / 1000) * 1000);
    await shows('>Later<');
  });

  it('notifies it of a picture’s new size, though no text changed', async () => {
    writeFiles(dir, { 'a.md': seed('A', undefined, '![Black](a.png)'), 'a.png': png(10, 20) });
    await start();
    await quiet();
    writeFiles(dir, { 'a.png': png(30, 40) });
    await expect.poll(notified, soon).toEqual(both);
  });

  it('notifies it of every feed when the publication’s title changes', async () => {
    await start();
    writeFiles(dir, { 'publication.yaml': `title: Weekly\nhub: ${hub.url}\n` });
    await expect.poll(notified, soon).toEqual(both);
  });

  it('notifies a new hub after the publication file changes', async () => {
    await start();
    const other = await startHub();
    writeFiles(dir, { 'publication.yaml': `title: Daily\nhub: ${other.url}\n` });
    await expect.poll(() => other.pings.length, soon).toBe(6);
    expect(hub.pings).toEqual([]);
  });

  it('does not notify a hub elsewhere of addresses on this machine, and warns once', async () => {
    writeFiles(dir, { 'publication.yaml': 'title: Daily\nhub: http://hub.invalid/\n' });
    await start();
    save('a.md', 'B');
    await shows('>B<');
    await quiet();
    expect(lines).toEqual([
      'the hub is not notified: no public address is set, so http://hub.invalid/ can\'t fetch the feeds; set "url" or SITE_URL',
    ]);
  });
});

describe('a hub that', () => {
  it('fails, then recovers, is notified of each feed', async () => {
    await start();
    let failures = 3;
    hub.answer = (ping, response) => {
      if (failures-- > 0) response.writeHead(500).end('no');
      else take(ping, response);
    };
    save('a.md', 'B');
    await expect.poll(() => new Set(notified()).size, soon).toBe(6);
    await expect.poll(() => hub.pings.length, soon).toBe(9);
    await quiet();
    expect(hub.pings.length).toBe(9);
    expect(lines).toEqual([]);
  });

  it('sends Retry-After is retried after that time', async () => {
    await start();
    let isFirst = true;
    hub.answer = (ping, response) => {
      if (!isFirst) return take(ping, response);
      isFirst = false;
      response.writeHead(429, { 'retry-after': '1' }).end();
    };
    save('a.md', 'B');
    await expect.poll(() => new Set(notified()).size, soon).toBe(6);
    const [first] = hub.pings;
    const later = hub.pings.filter(({ topic }) => topic === first?.topic);
    expect(later).toHaveLength(2);
    expect((later[1]?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('sends a Retry-After of years is left alone for as long as a feed is retried', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error) => warnings.push(name);
    process.on('warning', note);
    await start();
    hub.answer = (_, response) => void response.writeHead(503, { 'retry-after': '999999999' }).end();
    save('a.md', 'B');
    await expect.poll(() => lines.length, soon).toBe(1);
    expect(lines[0]).toContain('the answer is 503 Service Unavailable');
    const before = notified().length;
    save('a.md', 'C');
    await quiet();
    expect(notified().length).toBeLessThanOrEqual(Math.max(before, 4));
    expect(warnings).toEqual([]);
    process.off('warning', note);
  });

  it('refuses is not retried, with one warning', async () => {
    await start();
    hub.answer = (_, response) => void response.writeHead(400).end('what?\u001b[31m');
    save('a.md', 'B');
    await expect
      .poll(() => lines, soon)
      .toEqual([`${hub.url} was not notified of 6 feeds: the answer is 400 Bad Request`]);
    expect(notified()).toEqual(both);
  });

  it('is down for too long is given up, with one warning', async () => {
    await start({ giveUpAfter: 300 });
    const { url } = hub;
    await hub.close();
    save('a.md', 'B');
    await expect
      .poll(() => lines, soon)
      .toEqual([expect.stringContaining(`${url} was not notified of 6 feeds: connect ECONNREFUSED`)]);
    await shows('>B<');
  });

  it('never answers delays neither readers nor the shutdown', async () => {
    await start();
    hub.answer = () => {};
    save('a.md', 'B');
    await expect.poll(() => hub.pings.length, soon).toBe(4);
    await shows('>B<');
    await running.close();
    expect(lines).toEqual([
      `${hub.url} was not notified of 6 feeds before the end; the next "dateline serve" does that, or "dateline ping"`,
    ]);
  });

  it('answers after the timeout is retried', async () => {
    await start({ timeout: 100, concurrency: 1 });
    let isFirst = true;
    hub.answer = (ping, response) => {
      if (!isFirst) take(ping, response);
      isFirst = false;
    };
    save('a.md', 'B');
    // More than seven if a slow machine lets another request time out.
    await expect.poll(() => hub.pings.length, soon).toBeGreaterThanOrEqual(7);
    const [first] = hub.pings;
    expect(hub.pings.filter(({ topic }) => topic === first?.topic).length).toBeGreaterThan(1);
    expect(new Set(notified()).size).toBe(6);
  });

  it('is being notified of a feed that changes again gets one more notification, not two', async () => {
    await start({ concurrency: 6 });
    const held: (() => void)[] = [];
    hub.answer = (ping, response) => void held.push(() => take(ping, response));
    for (const [i, headline] of ['B', 'C', 'D'].entries()) {
      save('a.md', headline);
      await shows(`>${headline}<`);
      await expect.poll(() => hub.pings.length, soon).toBe(6);
      await quiet();
      expect(hub.pings.length, `after save ${i}`).toBe(6);
    }
    hub.answer = take;
    for (const answer of held) answer();
    await expect.poll(notified, soon).toEqual([...both, ...both].sort());
    await quiet();
    expect(hub.pings).toHaveLength(12);
  });

  it('answers with an endless body is not read', async () => {
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
    expect(notified()).toEqual(both);
  });

  it('has moved gets the same POST there, but only at a web address', async () => {
    const gate = createServer((request, response) => {
      const to = request.url === '/ftp' ? 'ftp://127.0.0.1/' : hub.url;
      response.writeHead(301, { location: to }).end();
    });
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(gate.address() as AddressInfo).port}`;
    writeFiles(dir, { 'publication.yaml': `title: Daily\nhub: ${at}/moved\n` });
    await start();
    save('a.md', 'B');
    await expect.poll(notified, soon).toEqual(both);
    writeFiles(dir, { 'publication.yaml': `title: Daily\nhub: ${at}/ftp\n` });
    await expect
      .poll(() => lines, soon)
      .toEqual([`${at}/ftp was not notified of 6 feeds: the answer is 301 Moved Permanently`]);
    gate.close().closeAllConnections();
  });
});
