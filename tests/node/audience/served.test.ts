import { readdirSync, readFileSync } from 'node:fs';
import { get, request as send } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { AudienceReport } from '../../../src/http/audience/report.ts';
import { clientAddress } from '../../../src/node/serve/monitor/client-address.ts';
import { type RunningServer, serve } from '../../../src/node/serve/serve.ts';
import { afterFile } from '../../after-file.ts';
import { makeFolder } from '../temporary-folder.ts';

const token = 'correct-horse-battery-staple';
const settings = 'title: News\nurl: http://news.example/\n';
const article = '# One\n\n2026-01-01\n\nHello.\n';

const start = async (dir: string): Promise<RunningServer> => {
  const server = await serve(dir, {
    ...{ port: 0, host: '127.0.0.1', watch: false, audienceToken: token },
    clientOf: clientAddress(['127.0.0.1']),
    onRead: () => {},
    onError: (error) => {
      throw error;
    },
  });
  afterFile(() => void server.close());
  return server;
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const ask = (server: RunningServer, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(new URL(path, server.url), { headers, agent: false }, async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
    }).on('error', reject);
  });

const post = (server: RunningServer, form: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': form.length };
    const asking = send(
      new URL('/_audience', server.url),
      { method: 'POST', headers, agent: false },
      async (response) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
      },
    );
    asking.on('error', reject).end(form);
  });

const reportOf = async (server: RunningServer): Promise<AudienceReport> =>
  JSON.parse((await ask(server, '/_audience.json', { Authorization: `Bearer ${token}` })).body);

describe('A server that counts', () => {
  const dir = makeFolder({ 'publication.yaml': `${settings}audience: true\n`, 'one.md': article });
  const jane = {
    'X-Forwarded-For': '203.0.113.77',
    'User-Agent': 'PersonalReader/9.9 (jane@example.org; serial 12345)',
  };

  it('shows its publisher who reads, also after a restart', async () => {
    const first = await start(dir);
    const { headers } = await ask(first, '/rss.xml', jane);
    const condition = { 'If-None-Match': String(headers.etag), 'If-Modified-Since': String(headers['last-modified']) };
    await ask(first, '/rss.xml', { ...jane, 'If-None-Match': String(headers.etag) });
    // A request with a date takes another way through the server.
    await ask(first, '/rss.xml', { ...jane, ...condition });
    await ask(first, '/rss.xml', { ...jane, 'User-Agent': 'Feedly/1.0 (42 subscribers)' });
    await first.close();
    const second = await start(dir);
    await ask(second, '/atom.xml', jane);
    const report = await reportOf(second);
    expect(report.feeds).toMatchObject([{ feed: '/', readers: 43, names: [{ name: 'Feedly' }, { name: 'Other' }] }]);
    const { saved, ...traffic } = report.feeds[0]?.traffic ?? { saved: undefined };
    expect(traffic).toMatchObject({ polls: 5, conditional: 2, unchanged: 2, whole: 3, formats: { rss: 4, atom: 1 } });
    expect(saved?.unchanged).toBe(2 * Number(headers['content-length']));
    expect(saved?.coding).toBe(0);
    await second.close();
  });

  it('counts every poll of a preview, too', async () => {
    const preview = makeFolder({ 'publication.yaml': 'title: News\naudience: true\n', 'one.md': article });
    const server = await start(preview);
    for (const agent of ['One/1.0', 'Two/1.0', 'Three/1.0']) await ask(server, '/rss.xml', { 'User-Agent': agent });
    expect((await reportOf(server)).feeds).toMatchObject([{ feed: '/', readers: 3, traffic: { polls: 3 } }]);
    await server.close();
  });

  it('keeps no address, no token and no User-Agent of a person', async () => {
    const folder = join(dir, '.dateline');
    const files = readdirSync(folder);
    expect(files).toContain('audience.db');
    const kept = files.map((file) => readFileSync(join(folder, file), 'latin1')).join('');
    // What is kept can be found like this.
    expect(kept).toContain('Feedly');
    for (const secret of ['203.0.113', 'PersonalReader', 'jane', '12345', token]) expect(kept).not.toContain(secret);
  });

  it('answers 404 to everybody else', async () => {
    const server = await start(dir);
    const unlike = `${token.slice(0, -1)}x`;
    for (const [path, field] of [
      ['/_audience', {}],
      ['/_audience.json', {}],
      ['/_audience.csv', { Authorization: `Bearer ${unlike}` }],
      [`/_audience.json?token=${token}`, {}],
      ['/_audience/x', { Authorization: `Bearer ${token}` }],
    ] as const) {
      const { status, body } = await ask(server, path, field);
      expect([path, status]).toEqual([path, 404]);
      expect(body).not.toContain('Readers');
    }
    expect((await post(server, `token=${unlike}`)).status).toBe(404);
    expect((await post(server, `token=${token}${'&x=1'.repeat(1000)}`)).status).toBe(404);
    await server.close();
  });

  it('answers a form with the page, and with files', async () => {
    const server = await start(dir);
    const page = await post(server, `token=${token}`);
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(page.body).toContain('<svg class="chart" role="img" aria-label="Readers of / by day: ');
    expect(page.body).not.toContain(token);
    const csv = await post(server, `token=${token}&format=csv`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toMatch(/^day,feed,readers,.*\r\n\d{4}-\d\d-\d\d,\/,43,42,1,0,0,0\r\n$/);
    await server.close();
  });
});

describe('A server with patience', () => {
  it('refuses a client that fetches the same feed again and again, by both ways through it', async () => {
    const dir = makeFolder({ 'publication.yaml': `${settings}audience: true\npatience: 3\n`, 'one.md': article });
    const server = await start(dir);
    const rude = { 'X-Forwarded-For': '198.51.100.1', 'User-Agent': 'Rude/1.0' };
    const answers: Answer[] = [];
    for (const path of ['/rss.xml', '/rss.xml', '/rss.xml', '/rss.xml', '/rss.xml?_=1'])
      answers.push(await ask(server, path, rude));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(3500);
    expect(answers[4]?.body).toBe(answers[3]?.body);
    expect((await ask(server, '/rss.xml', { ...rude, 'If-None-Match': '"x"' })).status).toBe(200);
    const { traffic, refusals } = (await reportOf(server)).feeds[0] ?? {};
    expect([traffic?.refused, refusals]).toEqual([2, { Rude: 2 }]);
    await server.close();
  });

  it('has no end for clients that it cannot tell apart', async () => {
    const dir = makeFolder({ 'publication.yaml': `${settings}patience: 3\n`, 'one.md': article });
    const server = await start(dir);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await ask(server, '/rss.xml', { 'User-Agent': 'Rude/1.0' })).status);
    expect(statuses).toEqual(Array(6).fill(200));
    expect(readdirSync(join(dir, '.dateline'))).not.toContain('audience.db');
    await server.close();
  });
});

describe('A server that does not count', () => {
  it('keeps nothing and has no page', async () => {
    const dir = makeFolder({ 'publication.yaml': settings, 'one.md': article });
    const server = await start(dir);
    await ask(server, '/rss.xml');
    const page = await ask(server, '/_audience', { Authorization: `Bearer ${token}` });
    expect([page.status, page.body.includes('Token')]).toEqual([404, false]);
    await server.close();
    expect(readdirSync(join(dir, '.dateline'))).not.toContain('audience.db');
  });
});
