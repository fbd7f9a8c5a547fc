import { readFileSync, renameSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { afterFile } from '../../../after-file.ts';
import { ask } from '../../../http/targets.ts';
import { type ServedElsewhere, startDateline, startServe } from '../../command.ts';
import { makeFolder, seed } from '../../temporary-folder.ts';

const site = { 'publication.yaml': 'title: Bay News\n', 'a.md': seed('Ferry'), 'bad.md': '# Bad\n\nsoon\n' };

async function startLogged(...options: string[]) {
  const log = join(makeFolder(), 'access.log');
  const served = await startServe([makeFolder(site), '--access-log', log, ...options]);
  afterFile(() => served.stop());
  const lines = (file = log): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return { served, log, lines };
}

const get = (served: ServedElsewhere, path: string, headers: Record<string, string> = {}) =>
  ask(served.url, path, { headers });

describe('an access log', () => {
  it('has a line in the Combined Log Format for each request', async () => {
    const { served, lines } = await startLogged();
    const { body } = await get(served, '/rss.xml', { 'User-Agent': 'Reader "5"\\ (+https://reader.example)' });
    const { headers } = await get(served, '/rss.xml', { Referer: 'https://bay.example/' });
    await get(served, '/rss.xml', { 'If-None-Match': String(headers.etag) });
    await get(served, '/nothing?%22=%0a');
    await expect.poll(() => lines(), { timeout: 10_000 }).toHaveLength(4);
    const time = String.raw`\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\]`;
    const expected = [
      String.raw`"GET /rss\.xml HTTP/1\.1" 200 ${body.length} "-" "Reader \\"5\\"\\\\ \(\+https://reader\.example\)"`,
      String.raw`"GET /rss\.xml HTTP/1\.1" 200 ${body.length} "https://bay\.example/" "-"`,
      String.raw`"GET /rss\.xml HTTP/1\.1" 304 - "-" "-"`,
      String.raw`"GET /nothing\?%22=%0a HTTP/1\.1" 404 \d+ "-" "-"`,
    ];
    lines().forEach((line, i) => {
      expect(line).toMatch(new RegExp(`^127\\.0\\.0\\.0 - - ${time} ${expected[i]}$`));
    });
  });

  it('has no referrer and agent in the Common Log Format', async () => {
    const { served, lines } = await startLogged('--access-log-format', 'common');
    await get(served, '/feed.json', { 'User-Agent': 'Reader' });
    await expect.poll(() => lines(), { timeout: 10_000 }).toHaveLength(1);
    expect(lines()[0]).toMatch(/^127\.0\.0\.0 - - \[[^\]]+\] "GET \/feed\.json HTTP\/1\.1" 200 \d+$/);
  });

  it('has the client of a trusted proxy, and whole addresses on request', async () => {
    const { served, lines } = await startLogged(
      ...['--access-log-format', 'json', '--log-addresses', '--trust-proxy', '127.0.0.1,10.0.0.0/8'],
    );
    const { body } = await get(served, '/atom.xml', { 'X-Forwarded-For': '203.0.113.9, 192.0.2.4, 10.0.0.3' });
    await expect.poll(() => lines(), { timeout: 10_000 }).toHaveLength(1);
    expect(JSON.parse(lines()[0] ?? '')).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      client: '192.0.2.4',
      method: 'GET',
      host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      url: '/atom.xml',
      protocol: 'HTTP/1.1',
      status: 200,
      bytes: body.length,
      whole: body.length,
      milliseconds: expect.any(Number),
    });
  });

  it('says that an answer was not read to its end', async () => {
    const body = 'word '.repeat(600_000);
    const log = join(makeFolder(), 'access.log');
    const served = await startServe([
      ...[makeFolder({ 'a.md': seed('A', '2026-03-01', body), 'b.md': seed('B', '2026-03-02', body) })],
      ...['--access-log', log, '--access-log-format', 'json'],
    ]);
    await new Promise<void>((resolve, reject) => {
      const sending = request(new URL('/rss.xml', served.url), (response) => {
        response.once('data', () => {
          response.destroy();
          resolve();
        });
      });
      sending.on('error', reject).end();
    });
    await expect
      .poll(() => readFileSync(log, 'utf8'), { timeout: 20_000 })
      .toMatch(/^\{.*"url":"\/rss\.xml".*"aborted":true.*\}\n$/);
    await served.stop();
  });

  it('is opened again on SIGHUP, and complete when the server ends', async () => {
    const { served, log, lines } = await startLogged();
    await get(served, '/rss.xml');
    renameSync(log, `${log}.1`);
    served.signal('SIGHUP');
    await expect.poll(() => lines(`${log}.1`), { timeout: 10_000 }).toHaveLength(1);
    await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toBe('');
    await get(served, '/atom.xml');
    await served.stop();
    expect(lines()).toEqual([expect.stringContaining('/atom.xml')]);
    expect(lines(`${log}.1`)).toEqual([expect.stringContaining('/rss.xml')]);
  });

  it('that cannot be opened stops the start', async () => {
    const dir = makeFolder(site);
    const { code, stderr } = await startDateline(['serve', dir, '--port', '0', '--access-log', join(dir, 'no/log')]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^dateline: the access log can't be opened: .*no\/log/),
    });
  });

  it('on standard output leaves the reports to standard error', async () => {
    const served = await startServe([makeFolder(site), '--access-log', '-', '--access-log-format', 'common']);
    await get(served, '/rss.xml');
    const { stdout, stderr } = await served.stop();
    expect(stdout).toMatch(/^127\.0\.0\.0 - - \[[^\]]+\] "GET \/rss\.xml HTTP\/1\.1" 200 \d+\n$/);
    expect(stderr).toContain('Bay News is at ');
  });
});

describe('metrics', () => {
  let served: ServedElsewhere;
  let metrics: URL;
  const dir = makeFolder(site);
  beforeAll(async () => {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    served = await startServe([dir, '--metrics', `127.0.0.1:${port}`]);
    afterFile(() => served.stop());
    metrics = new URL(`http://127.0.0.1:${port}/`);
  });

  const read = async (): Promise<ReadonlyMap<string, number>> => {
    const text = (await ask(metrics, '/metrics')).body.toString();
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(samples.map((line) => [line.replace(/ \S+$/, ''), Number(line.replace(/^.* /, ''))]));
  };

  it('are in the text format of Prometheus', async () => {
    const { headers, body } = await ask(metrics, '/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const name = '[a-z][a-z0-9_]*';
    const line = new RegExp(
      `^(?:# HELP ${name} \\S.*|# TYPE ${name} (?:counter|gauge|histogram)|${name}(?:\\{${name}="[^"\\\\]*"(?:,${name}="[^"\\\\]*")*\\})? -?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
    );
    const lines = body.toString().split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.filter((one) => !line.test(one))).toEqual([]);
  });

  it('count requests by kind and status, and time them', async () => {
    const before = await read();
    const { headers, body } = await get(served, '/rss.xml');
    await get(served, '/rss.xml', { 'If-None-Match': String(headers.etag) });
    await get(served, '/nothing');
    const after = await read();
    const added = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(added('dateline_requests_total{kind="rss",status="200"}')).toBe(1);
    expect(added('dateline_requests_total{kind="rss",status="304"}')).toBe(1);
    expect(added('dateline_requests_total{kind="other",status="404"}')).toBe(1);
    expect(added('dateline_content_bytes_total{kind="rss"}')).toBe(body.length);
    expect(added('dateline_request_duration_seconds_count')).toBe(3);
    expect(added('dateline_request_duration_seconds_bucket{le="+Inf"}')).toBe(3);
    expect(added('dateline_request_duration_seconds_sum')).toBeGreaterThan(0);
  });

  it('state the articles and problems of the folder', async () => {
    const values = await read();
    expect(values.get('dateline_ready')).toBe(1);
    expect(values.get('dateline_articles')).toBe(1);
    expect(values.get('dateline_problems{severity="error"}')).toBe(1);
    expect(values.get('dateline_changed_timestamp_seconds')).toBe(statSync(join(dir, 'a.md')).mtimeMs / 1000);
    expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  });

  it('are not on the site', async () => {
    expect((await get(served, '/metrics')).status).toBe(404);
    expect((await ask(metrics, '/rss.xml')).status).toBe(404);
  });

  it('need a free port', async () => {
    const { code, stderr } = await startDateline(['serve', makeFolder(site), '--port', '0', '--metrics', metrics.port]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `port ${metrics.port} at 127.0.0.1 is taken, perhaps by another "dateline serve"; choose another by --metrics\n`,
    );
  });
});
