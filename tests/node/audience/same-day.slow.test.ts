import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AudienceReport, reportOf } from '../../../src/http/audience/report.ts';
import { countLogs } from '../../../src/node/audience/logs/count-logs.ts';
import { build, edgeFolder } from '../../../src/node/build/build.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { folderStore } from '../../../src/node/store/folder-store.ts';
import { type RunningWorker, startWorker } from '../../edge/workerd.ts';
import { publishFolder } from '../../http/targets.ts';
import { startServe } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';
import { episodeFile, type RecordedRequest, type Replayed, replay } from './recorded-day.ts';

const token = 'correct-horse-battery-staple';
const authorization = { Authorization: `Bearer ${token}` };
const files = {
  'publication.yaml': 'title: News\nurl: http://news.example/\naudience: true\npatience: 4\n',
  'one.md': `---\ntitle: One\ndate: 2026-01-01\ntags: [harbour]\nenclosure: episode.mp3\n---\n${'Hello. '.repeat(100)}\n`,
  'episode.mp3': episodeFile,
};

/** Asks over a socket; the address of the client is in a field that the server trusts. */
function asker(url: URL, addressField: string) {
  return ({ from, path, method = 'GET' }: RecordedRequest, headers: Readonly<Record<string, string>>) =>
    new Promise<Replayed>((resolve, reject) => {
      const all = { Host: 'news.example', ...headers, [addressField]: from };
      const asking = send(new URL(path, url), { method, headers: all, agent: false }, async (response) => {
        await buffer(response);
        resolve({ status: response.statusCode ?? 0, etag: response.headers.etag });
      });
      asking.on('error', reject).end();
    });
}

function json(url: URL): Promise<AudienceReport> {
  return new Promise((resolve, reject) => {
    const headers = { Host: 'news.example', ...authorization };
    const asking = send(new URL('/_audience.json', url), { headers, agent: false }, async (response) => {
      resolve(JSON.parse(await text(response)));
    });
    asking.on('error', reject).end();
  });
}

/** Replaces the figures that depend on how well a runtime compresses. */
function comparable(report: AudienceReport): unknown {
  return JSON.parse(JSON.stringify(report, (key, value) => (key === 'bytes' || key === 'coding' ? value > 0 : value)));
}

let node: {
  readonly report: AudienceReport;
  readonly statuses: readonly number[];
  readonly log: string;
  readonly dir: string;
};
let worker: { readonly report: AudienceReport; readonly statuses: readonly number[]; readonly state: string };

beforeAll(async () => {
  const dir = makeFolder(files);
  const log = join(makeFolder(), 'access.log');
  const logged = ['--access-log', log, '--access-log-format', 'json', '--log-addresses'];
  const server = await startServe([dir, '--trust-proxy', '127.0.0.1', ...logged], { env: { AUDIENCE_TOKEN: token } });
  const statuses = await replay(asker(server.url, 'X-Forwarded-For'));
  const report = await json(server.url);
  await server.stop();
  node = { report, statuses, log, dir };
  worker = await inWorkerd(dir);
}, 120_000);

async function inWorkerd(dir: string): Promise<typeof worker> {
  const { site, sources, changed, files } = new SeedFolder(dir, { url: 'http://localhost/' }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, '2026-11-30T00:00:00Z', changed, files, true);
  const state = makeFolder();
  // Cloudflare runs a worker in many places, here in two; requests for feeds take turns.
  let running: RunningWorker = await startWorker(edgeFolder(out), { audience: token, state, twice: true });
  const askers = [running.direct, running.second as URL].map((url) => asker(url, 'CF-Connecting-IP'));
  const [first, other] = askers as [ReturnType<typeof asker>, ReturnType<typeof asker>];
  const statuses = await replay((one, headers) => (one.isElsewhere === true ? other : first)(one, headers));
  // What was not asked for is sent after some seconds.
  await setTimeout(7000);
  await running.close();
  running = await startWorker(edgeFolder(out), { audience: token, state });
  const report = await json(running.direct);
  await running.close();
  return { report, statuses, state };
}

describe('One recorded day', () => {
  it('has the readers that it should', () => {
    const [all, tag] = node.report.feeds;
    expect(all).toMatchObject({
      feed: '/',
      // 43 of Feedly; Miniflux, NetNewsWire, FreshRSS, Reeder, newsraft and the impatient one.
      readers: 49,
      days: [{ stated: 43, direct: 6, browsers: 1, scripts: 1 }],
      bots: { Google: 2 },
      refusals: { Impatient: 2 },
      traffic: {
        polls: 26,
        conditional: 7,
        unchanged: 7,
        whole: 17,
        refused: 2,
        formats: { rss: 12, atom: 9, json: 5 },
      },
    });
    expect(tag).toMatchObject({ feed: '/tags/harbour/', readers: 7 });
    expect(node.report.episodes).toMatchObject([{ downloads: 3, names: { AntennaPod: 1, Overcast: 1, Podverse: 1 } }]);
  });

  it('gets the same answers from Node and from workerd', () => {
    expect(worker.statuses).toEqual(node.statuses);
  });

  it('gives the same numbers on Node, in workerd and in a log', async () => {
    const { days } = await countLogs([node.log]);
    expect(reportOf(days)).toEqual(node.report);
    expect(comparable(worker.report)).toEqual(comparable(node.report));
  });

  it('gives the same readers and downloads in a Combined log', async () => {
    const lines = readFileSync(node.log, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const combined = join(makeFolder({ 'access.log': lines.map(combinedLine).join('') }), 'access.log');
    const { feeds, episodes } = reportOf((await countLogs([combined])).days);
    expect(feeds.map(({ traffic, ...rest }) => rest)).toEqual(node.report.feeds.map(({ traffic, ...rest }) => rest));
    // Such a log doesn't say what a browser fetches in advance, nor how many bytes make a minute.
    expect(episodes[0]?.names).toEqual({ AntennaPod: 1, Overcast: 1, Browsers: 1 });
  });
});

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function combinedLine({ time, client, method, url, status, bytes, agent }: Record<string, string | number>): string {
  const [year = '', month, day] = String(time).slice(0, 10).split('-');
  const date = `${day}/${months[Number(month) - 1]}/${year}:${String(time).slice(11, 19)} +0000`;
  return `${client} - - [${date}] "${method} ${url} HTTP/1.1" ${status} ${bytes} "-" "${agent}"\n`;
}

describe('What is kept', () => {
  const contents = (folder: string): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
      .join('');
  const addresses = /198\.51\.100\.[1-9]|203\.0\.113\.[1-9]|2001:db8:1:2/;

  it('has no address, no token and no User-Agent of a person, on Node and in workerd', () => {
    for (const kept of [contents(join(node.dir, '.dateline')), contents(worker.state)]) {
      expect(kept).toContain('NetNewsWire');
      expect(kept).not.toMatch(addresses);
      for (const secret of [token, 'netnewswire.com', 'Miniflux/2.2']) expect(kept).not.toContain(secret);
    }
  });

  it('has no whole address and no token in a store, an access log and messages, also if nothing can be written', async () => {
    const [dir, store, state, logs] = [makeFolder(files), makeFolder(), makeFolder(), makeFolder()];
    await publishFolder(dir, folderStore(store));
    // A file that is no database.
    writeFileSync(join(state, 'audience.db'), 'x'.repeat(10_000));
    const options = ['--state', state, '--trust-proxy', '127.0.0.1', '--access-log', join(logs, 'access.log')];
    const server = await startServe(['--store', store, ...options], { env: { AUDIENCE_TOKEN: token } });
    await replay(asker(server.url, 'X-Forwarded-For'));
    expect((await fetch(new URL('/_audience.json', server.url), { headers: authorization })).status).toBe(503);
    const { stdout, stderr } = await server.stop();
    expect(stderr).toContain('the audience is not counted');
    expect(contents(logs)).toContain('198.51.100.0 ');
    expect(contents(logs)).toContain('2001:db8:1:: ');
    for (const kept of [contents(store), contents(state), contents(logs), stdout, stderr]) {
      expect(kept).not.toMatch(addresses);
      expect(kept).not.toContain(token);
    }
    // The log has the User-Agents; nothing else has.
    for (const kept of [contents(store), contents(state), stdout, stderr]) expect(kept).not.toContain('Miniflux/2.2');
  });
});
