import { get, request as send } from 'node:http';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { AudienceReport } from '../../../src/http/audience/report.ts';
import { clientAddress } from '../../../src/node/serve/monitor/client-address.ts';
import { type RunningServer, serve } from '../../../src/node/serve/serve.ts';
import { afterFile } from '../../after-file.ts';
import { makeFolder } from '../temporary-folder.ts';

const token = 'correct-horse-battery-staple';
const dir = makeFolder({
  'publication.yaml': 'title: News\nurl: http://news.example/\naudience: true\npatience: 3\n',
  'one.md': '---\ndate: 2026-01-01\ntags: [harbour]\n---\n# One\n\nHello.\n',
});

const start = async (proxies: readonly string[], host = '127.0.0.1'): Promise<RunningServer> => {
  const server = await serve(dir, {
    ...{ port: 0, host, watch: false, audienceToken: token, clientOf: clientAddress(proxies) },
    onRead: () => {},
    onError: (error) => {
      throw error;
    },
  });
  afterFile(() => void server.close());
  return server;
};

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly from?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

const rude = 'Rude/1.0 (jane@example.org)';

/** Asks in turn over sockets of their own, behind a proxy, and returns the answers. */
async function ask(url: URL | string, asked: readonly Asked[]) {
  const answers: { readonly status: number; readonly retry: number }[] = [];
  for (const { path = '/rss.xml', method = 'GET', from = '198.51.100.1', fields = {} } of asked) {
    const headers = { Host: 'news.example', 'User-Agent': rude, ...(from === '' ? {} : { 'X-Forwarded-For': from }) };
    const answer = await new Promise<(typeof answers)[number]>((resolve, reject) => {
      const options = { method, headers: { ...headers, ...fields }, agent: false };
      const asking = send(new URL(path, url), options, async (response) => {
        await text(response);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, retry: Number(headers['retry-after']) });
      });
      asking.on('error', reject).end();
    });
    answers.push(answer);
  }
  return answers;
}

const statuses = async (server: RunningServer, asked: readonly Asked[]): Promise<number[]> =>
  (await ask(server.url, asked)).map(({ status }) => status);

const times = (many: number, one: Asked = {}): Asked[] => Array.from({ length: many }, () => one);

describe('Patience, as a stranger meets it,', async () => {
  const server = await start(['127.0.0.1']);
  let last = 0;
  /** A client that no other test has. */
  const from = (): string => `203.0.113.${++last}`;

  it('lets each first request pass', async () => {
    const asked = Array.from({ length: 200 }, (_, i) => ({ from: `192.0.2.${i}` }));
    expect(await statuses(server, asked)).toEqual(Array(200).fill(200));
  });

  it.each<[string, Asked['fields'], number]>([
    ['If-None-Match', { 'If-None-Match': '"old"' }, 200],
    ['If-Modified-Since', { 'If-Modified-Since': 'Mon, 30 Nov 2020 00:00:00 GMT' }, 200],
    ['A-IM and If-None-Match', { 'A-IM': 'feed', 'If-None-Match': '"old"' }, 200],
    ['a known aggregator', { 'User-Agent': 'Feedly/1.0 (9 subscribers)' }, 200],
    ['an unknown program that states subscribers', { 'User-Agent': 'NewAggregator/1.0 (1 subscriber)' }, 200],
    ['a reload in a browser', { 'Sec-Fetch-Mode': 'navigate' }, 200],
  ])('is endless for %s', async (_, fields, status) => {
    const one = { from: from(), ...(fields === undefined ? {} : { fields }) };
    expect(await statuses(server, times(8, one))).toEqual(Array(8).fill(status));
  });

  it('is endless for a page, an episode that is missing, and an archive page', async () => {
    for (const path of ['/', '/articles/one', '/media/none.mp3', '/feeds.opml'])
      expect(await statuses(server, times(6, { path, from: from() }))).not.toContain(429);
  });

  it('is endless at an address that two clients share', async () => {
    const [own, other] = [{ from: from() }, { 'User-Agent': 'NetNewsWire' }];
    const asked = [{ ...own, fields: other }, ...times(6, own)];
    expect(await statuses(server, asked)).toEqual(Array(7).fill(200));
  });

  it('ends for a range and for A-IM alone, which are no conditions', async () => {
    for (const fields of [{ Range: 'bytes=0-99' }, { 'A-IM': 'feed' }])
      expect(await statuses(server, times(5, { from: from(), fields }))).toEqual([200, 200, 200, 429, 429]);
  });

  it('does not count HEAD, and counts each feed and address of it alone', async () => {
    const own = from();
    const feeds = ['/rss.xml', '/atom.xml', '/feed.json', '/tags/harbour/rss.xml'];
    expect(await statuses(server, times(6, { from: own, method: 'HEAD' }))).toEqual(Array(6).fill(200));
    for (const path of feeds) expect(await statuses(server, times(3, { from: own, path }))).toEqual([200, 200, 200]);
    for (const path of feeds) expect(await statuses(server, [{ from: own, path }])).toEqual([429]);
  });

  it('names the seconds until the hour is over', async () => {
    const answers = await ask(server.url, times(4, { from: from() }));
    const { status, retry } = answers[3] ?? { status: 0, retry: 0 };
    expect(status).toBe(429);
    expect(retry > 3500 && retry <= 3600).toBe(true);
  });

  it('counts what a client forges against the client alone', async () => {
    const [victim, attacker] = [from(), from()];
    // The proxy appends whom it serves.
    const forged = times(6, { from: `${victim}, ${attacker}` });
    expect(await statuses(server, forged)).toEqual([200, 200, 200, 429, 429, 429]);
    expect(await statuses(server, [{ from: victim }])).toEqual([200]);
    expect(await statuses(server, [{ from: attacker }])).toEqual([429]);
  });

  it('is in the report, with the name of the client and no more of it', async () => {
    const json = await new Promise<string>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${token}` };
      get(new URL('/_audience.json', server.url), { headers }, (answer) => resolve(text(answer))).on('error', reject);
    });
    const [all] = (JSON.parse(json) as AudienceReport).feeds;
    expect(all?.refusals).toEqual({ Rude: all?.traffic.refused });
    expect(all?.traffic.refused).toBeGreaterThan(10);
    expect(json).not.toContain('jane');
  });
});

const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const [own] = addresses.filter(({ family, internal }) => family === 'IPv4' && !internal);

describe.skipIf(own === undefined)('Patience without a proxy', () => {
  it('believes no X-Forwarded-For, and refuses the address of the connection', async () => {
    const server = await start([], '0.0.0.0');
    const url = `http://${own?.address}:${new URL(server.url).port}/`;
    const forged = await ask(url, times(8, { from: '198.51.100.9' }));
    expect(forged.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const plain = await ask(url, times(5, { from: '' }));
    expect(plain.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    await server.close();
  });
});
