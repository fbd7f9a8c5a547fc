import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dateline, type Ended, startDateline, startServe } from '../command.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';
import { type Hub, startHub, take } from './hub.ts';
import { discover, startSubscriber } from './subscriber.ts';

const soon = { timeout: 30_000, interval: 20 };
const three = (folder = ''): string[] => ['atom.xml', 'feed.json', 'rss.xml'].map((file) => folder + file);
const all = [...three(), ...three('languages/en/')].sort();

let hub: Hub;
let dir: string;
let out: string;
/** A static host that serves the output of `build`. */
let host: Server;
let url: string;
let requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[];

beforeEach(async () => {
  hub = await startHub();
  out = join(makeFolder(), 'site');
  requests = [];
  host = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers });
    const file = join(out, path);
    if (!existsSync(file)) response.writeHead(404).end();
    else response.writeHead(200, { etag: '"of the host"' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
  dir = makeFolder({
    'a.md': seed('A'),
    'publication.yaml': `title: Daily\nhub: ${hub.url}\nurl: ${url}\nid: 'tag:daily.example,2026:'\n`,
  });
});
afterEach(() => host.close().closeAllConnections());

const ping = (...args: string[]): Promise<Ended> => dateline(['ping', dir, '--out', out, ...args]);
const build = (): Promise<Ended> => dateline(['build', dir, '--out', out]);
const notified = (): string[] => hub.pings.map(({ topic }) => topic.replace(url, '')).sort();
const record = (): string => `${out}-pinged.json`;

describe('dateline ping', () => {
  it('notifies the hub of every feed at first, then of changed feeds only, then of none', async () => {
    await build();
    expect(await ping()).toEqual({
      code: 0,
      stdout: `notified ${hub.url} of 6 of 6 feeds\n`,
      stderr: `dateline: ${record()}: no record of pings, so every feed counts as changed\n`,
    });
    expect(notified()).toEqual(all);

    hub.pings.splice(0);
    writeFiles(dir, { 'b.md': seed('B').replace('# B', '---\ntitle: B\nlang: fr\n---\n') });
    await build();
    expect(await ping()).toMatchObject({
      code: 0,
      stdout: `notified ${hub.url} of 6 of 9 feeds\n`,
      stderr: '',
    });
    expect(notified()).toEqual([...three(), ...three('languages/fr/')].sort());

    hub.pings.splice(0);
    expect(await ping()).toEqual({
      code: 0,
      stdout: 'nothing to do: none of 9 feeds changed since the last ping\n',
      stderr: '',
    });
    expect(notified()).toEqual([]);
  });

  it('W4: notifies the hub once the new content is visible, not before', async () => {
    await build();
    await ping();
    hub.pings.splice(0);
    const subscriber = await startSubscriber();
    await subscriber.subscribe(discover(`<${hub.url}>; rel="hub", <${url}rss.xml>; rel="self"`));
    writeFiles(dir, { 'a.md': seed('Seen at last') });
    const pinging = startDateline(['ping', dir, '--out', out, '--wait', '60']);
    requests = [];
    await expect.poll(() => requests.filter(({ path }) => path === '/rss.xml').length, soon).toBeGreaterThan(1);
    expect(notified()).toEqual([]);
    await build();
    expect(await pinging).toMatchObject({
      code: 0,
      stdout: `notified ${hub.url} of 6 of 6 feeds\n`,
      // Work of more than ten seconds reports its progress.
      stderr: expect.stringMatching(/^(?:dateline: rendered [^\n]*\n)*$/),
    });
    await expect
      .poll(() => subscriber.deliveries.map(({ body }) => body.includes('Seen at last')), soon)
      .toEqual([true]);
  });

  it('requests feeds like a hub, so that caches on the way answer too', async () => {
    await build();
    await ping();
    expect(requests.map(({ path }) => path.slice(1)).sort()).toEqual(expect.arrayContaining(all));
    for (const { headers } of requests.filter(({ headers }) => headers['if-none-match'] !== undefined))
      expect(headers['cache-control']).toBe('max-age=31536000');
    expect(requests.some(({ headers }) => headers['if-none-match'] !== undefined)).toBe(true);
  });

  it('recognizes the output of dateline serve by its entity-tag', async () => {
    const served = await startServe([dir, '--no-ping'], { env: { SITE_URL: '' } });
    const at = served.url.href;
    writeFiles(dir, { 'publication.yaml': `title: Daily\nhub: ${hub.url}\nurl: ${at}\n` });
    await expect.poll(async () => (await fetch(at)).text(), soon).toContain(`href="${at}`);
    expect(await ping('--wait', '10')).toMatchObject({
      code: 0,
      stdout: `notified ${hub.url} of 6 of 6 feeds\n`,
    });
    await served.stop();
  });

  it('fails if a feed is not visible in time, and sends it the next time', async () => {
    await build();
    await ping();
    hub.pings.splice(0);
    writeFiles(dir, { 'a.md': seed('B') });
    expect(await ping('--wait', '0')).toEqual({
      code: 1,
      stdout: `notified ${hub.url} of 0 of 6 feeds\n`,
      stderr: expect.stringMatching(
        /^dateline: http:\S+ is not up to date after 0 s: its content differs there, and neither are 5 other feeds\n$/,
      ),
    });
    expect(notified()).toEqual([]);
    await build();
    expect(await ping()).toMatchObject({ code: 0, stderr: '' });
    expect(notified()).toEqual(all);
  });

  it('fails if the hub refuses, and notifies it the next time', async () => {
    await build();
    hub.answer = (_, response) => void response.writeHead(403).end();
    const { code, stdout, stderr } = await ping();
    expect({ code, stdout }).toEqual({ code: 1, stdout: `notified ${hub.url} of 0 of 6 feeds\n` });
    expect(stderr).toContain(`\ndateline: ${hub.url} was not notified of 6 feeds: the answer is 403 Forbidden\n`);
    hub.answer = take;
    hub.pings.splice(0);
    expect(await ping()).toMatchObject({ code: 0 });
    expect(notified()).toEqual(all);
  });

  it('retries a hub that fails', async () => {
    await build();
    let failures = 2;
    hub.answer = (request, response) => {
      if (failures-- > 0) response.writeHead(503).end();
      else take(request, response);
    };
    expect(await ping('--wait', '30')).toMatchObject({ code: 0 });
    expect(new Set(notified())).toEqual(new Set(all));
  });

  it('gives up a hub that does not exist, in time', async () => {
    await build();
    const at = hub.url;
    await hub.close();
    const { code, stderr } = await ping('--wait', '2');
    expect(code).toBe(1);
    expect(stderr).toContain(`${at} was not notified of 6 feeds: connect ECONNREFUSED`);
  });

  it('lists the feeds with --dry-run, and notifies nobody', async () => {
    await build();
    const { code, stdout } = await ping('--dry-run');
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').sort()).toEqual(all.map((path) => url + path));
    expect(notified()).toEqual([]);
    expect(existsSync(record())).toBe(false);
  });

  it.each([
    ['no hub', 'url: https://daily.example/\n', 'no hub is set; set "hub" in publication.yaml'],
    ['no address', 'hub: https://hub.invalid/\n', "no public address is set, so https://hub.invalid/ can't fetch"],
    [
      'an address on this machine and a hub elsewhere',
      'hub: https://hub.invalid/\nurl: http://localhost:8080/\n',
      '"url" is http://localhost:8080/, which https://hub.invalid/ can\'t reach',
    ],
  ])('says what to do: %s', async (_, text, message) => {
    writeFiles(dir, { 'publication.yaml': text });
    const { code, stdout, stderr } = await ping();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`dateline: ${message}`);
  });

  it('notifies nobody of a folder with an error', async () => {
    writeFiles(dir, { 'bad.md': '# Bad\n\nsoon\n' });
    const { code, stderr } = await ping();
    expect(code).toBe(1);
    expect(stderr).toMatch(/bad\.md:3:1: error: .*\n.*the hub was not notified: 1 article, 1 error,/);
    expect(requests).toEqual([]);
  });

  it('notifies nobody if it can’t write the record', async () => {
    const nowhere = join(makeFolder(), 'link');
    symlinkSync(`${nowhere}-missing`, nowhere);
    await build();
    const { code, stderr } = await dateline(['ping', dir, '--out', join(nowhere, 'site')]);
    expect(stderr).toMatch(
      /dateline: the record of pings is not saved: \S+link: a file stands where this folder would be; /,
    );
    expect(code).toBe(1);
    expect(notified()).toEqual([]);
    mkdirSync(record());
    expect(await ping()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/site-pinged\.json can't be read: /),
    });
  });

  it('refuses an invalid record and an invalid time', async () => {
    writeFileSync(record(), '[]');
    expect(await ping()).toMatchObject({
      code: 1,
      stderr: `dateline: ${record()} is not a record of pings; delete it to notify the hub of every feed\n`,
    });
    rmSync(record());
    expect((await ping('--wait', 'soon')).stderr).toContain('It must be a number of seconds');
  });
});
