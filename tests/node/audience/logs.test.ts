import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../src/http/audience/report.ts';
import { cloudfrontReader } from '../../../src/node/audience/logs/cloudfront-log.ts';
import { readCombined } from '../../../src/node/audience/logs/combined-log.ts';
import { countLogs } from '../../../src/node/audience/logs/count-logs.ts';
import { readJson } from '../../../src/node/audience/logs/json-log.ts';
import { makeFolder } from '../temporary-folder.ts';

const time = Date.parse('2026-11-30T02:03:04Z');
const agent = 'Miniflux/2.2';
const record = {
  ...{ time, method: 'GET', path: '/rss.xml', status: 200, bytes: 18_307, isConditional: false, agent },
  address: '192.0.2.7',
};

describe('A line of a log is read', () => {
  it.each([
    ['Combined', `192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 200 18307 "-" "${agent}"`],
    [
      'in another zone',
      `192.0.2.7 - jo [29/Nov/2026:18:03:04 -0800] "GET /rss.xml HTTP/2.0" 200 18307 "-" "${agent}" "x"`,
    ],
    [
      'with a host',
      `news.example:443 192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 200 18307 "-" "${agent}"`,
    ],
    [
      'with a host without a port',
      `News.Example 192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 200 18307 "-" "${agent}"`,
    ],
    [
      'of a proxy',
      `192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET http://news.example/rss.xml HTTP/1.1" 200 18307 "a\\"b" "${agent}"`,
    ],
  ])('%s', (_, line) => {
    const { host, ...rest } = readCombined(line) ?? {};
    expect(rest).toEqual(record);
    expect(host).toBe(line.startsWith('192') ? undefined : 'news.example');
  });

  it('with quotation marks and bytes that the server escaped', () => {
    const line = (written: string): string =>
      `2001:db8::1 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 304 - "-" "${written}"`;
    expect(readCombined(line('a \\"b\\" \\xd0\\x9f'))).toMatchObject({
      agent: 'a "b" \xd0\x9f',
      bytes: 0,
      isConditional: true,
    });
    expect(readCombined(line('-'))).toMatchObject({ agent: '', address: '2001:db8::1' });
  });

  it('in the Common form, which has no User-Agent', () => {
    const line = '192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 200 18307';
    expect(readCombined(line)).toEqual({ ...record, agent: '' });
  });

  it.each<[string, object, object]>([
    [
      'Dateline',
      {
        time: '2026-11-30T02:03:04.000Z',
        client: '192.0.2.7',
        method: 'GET',
        url: '/rss.xml',
        status: 200,
        bytes: 18307,
        agent,
        conditional: true,
        host: 'news.example:443',
        whole: 60000,
        minute: 50000,
      },
      { isConditional: true, whole: 60_000, minute: 50_000, host: 'news.example' },
    ],
    [
      'Caddy',
      {
        level: 'info',
        ts: time / 1000,
        logger: 'http.log.access',
        request: {
          remote_ip: '10.0.0.1',
          client_ip: '192.0.2.7',
          method: 'GET',
          host: 'news.example',
          uri: '/rss.xml',
          headers: { 'User-Agent': [agent], 'If-None-Match': ['"x"'] },
        },
        duration: 0.001,
        size: 18307,
        status: 200,
      },
      { isConditional: true, host: 'news.example' },
    ],
    [
      'nginx',
      {
        time_iso8601: '2026-11-30T02:03:04+00:00',
        remote_addr: '192.0.2.7',
        request: 'GET /rss.xml HTTP/1.1',
        status: '200',
        body_bytes_sent: '18307',
        http_user_agent: agent,
        http_if_none_match: '',
        host: 'news.example',
      },
      { host: 'news.example' },
    ],
    [
      'nginx with other variables',
      {
        msec: String(time / 1000),
        remote_addr: '192.0.2.7',
        request_method: 'GET',
        request_uri: '/rss.xml',
        status: 200,
        body_bytes_sent: 18307,
        http_user_agent: agent,
      },
      {},
    ],
    [
      'Cloudflare',
      {
        ClientIP: '192.0.2.7',
        ClientRequestHost: 'news.example',
        ClientRequestMethod: 'GET',
        ClientRequestURI: '/rss.xml',
        ClientRequestUserAgent: agent,
        EdgeResponseStatus: 200,
        EdgeResponseBytes: 19000,
        EdgeResponseBodyBytes: 18307,
        EdgeStartTimestamp: time * 1e6,
      },
      { host: 'news.example' },
    ],
    [
      'CloudFront',
      {
        date: '2026-11-30',
        time: '02:03:04',
        'c-ip': '192.0.2.7',
        'cs-method': 'GET',
        'cs-uri-stem': '/rss.xml',
        'sc-status': '200',
        'sc-bytes': '18307',
        'cs(User-Agent)': agent,
      },
      {},
    ],
  ])('in JSON of %s', (_, fields, more) => {
    expect(readJson(JSON.stringify(fields))).toEqual({ ...record, ...more });
  });

  it('of CloudFront', () => {
    const read = cloudfrontReader();
    const columns =
      'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(User-Agent) sc-content-len x-host-header';
    expect(read('#Version: 1.0')).toBe(undefined);
    expect(read(`#Fields: ${columns}`)).toBe(undefined);
    const line = [
      '2026-11-30',
      '02:03:04',
      'FRA56',
      '18900',
      '192.0.2.7',
      'GET',
      'd1.example',
      '/rss.xml',
      '200',
      'Tiny%2520Tiny%20RSS/23',
      '18307',
      'news.example',
    ];
    expect(read(line.join('\t'))).toEqual({ ...record, agent: 'Tiny Tiny RSS/23', host: 'news.example' });
  });

  it('of anything else without an error', () => {
    const parts = fc.constantFrom(
      '"GET ',
      '/rss.xml',
      '[30/Nov/2026:02:03:04 +0000]',
      '" 200 5',
      '{',
      '}',
      '\\"',
      '\t',
      '":"',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string())), (written) => {
        const line = written.join('');
        for (const read of [readCombined, readJson, cloudfrontReader()]) {
          const { time = 0, status = 200 } = read(line) ?? {};
          expect(Number.isFinite(time) && status >= 100).toBe(true);
        }
      }),
    );
  });
});

describe('Logs', () => {
  it('are counted in any order, compressed or not, a day for each', async () => {
    const line = (day: number, from: number): string =>
      `192.0.2.${from} - - [${day}/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 200 9 "-" "${agent}"\n`;
    const folder = makeFolder();
    const [newest, older] = [join(folder, 'access.log'), join(folder, 'access.log.1.gz')];
    writeFileSync(newest, `${line(30, 1)}${line(30, 2)}${line(30, 2)}\r\n${line(29, 3).trimEnd()}`);
    writeFileSync(older, gzipSync(`${line(28, 1)}192.0.2.1 - - [x] "GET / HTTP/1.1" 200 1\n${line(29, 3)}`));
    const { days, lines, counted } = await countLogs([newest, older]);
    expect([lines, counted]).toEqual([7, 6]);
    expect(reportOf(days).feeds[0]?.days.map(({ day, readers }) => [day, readers])).toEqual([
      ['2026-11-28', 1],
      ['2026-11-29', 1],
      ['2026-11-30', 2],
    ]);
  });

  it('are counted if a server changed their format', async () => {
    const file = join(makeFolder(), 'access.log');
    const json = { time, client: '192.0.2.8', method: 'GET', url: '/rss.xml', status: 200, bytes: 9, agent };
    const columns = 'date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) sc-bytes';
    const cloudfront = ['2026-11-30', '02:03:04', '192.0.2.9', 'GET', '/rss.xml', '200', agent, '9'].join('\t');
    const combined = `192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 200 9 "-" "${agent}"`;
    writeFileSync(file, [combined, JSON.stringify(json), `#Fields: ${columns}`, cloudfront, combined].join('\n'));
    const { days, counted } = await countLogs([file]);
    expect([counted, reportOf(days).feeds[0]?.readers]).toEqual([4, 3]);
  });

  it('are counted for one host, in every format that has it', async () => {
    const file = join(makeFolder(), 'access.log');
    const moment = '[30/Nov/2026:02:03:04 +0000]';
    const lines = ['a.example', 'b.example'].flatMap((host, i) => [
      `${host}:443 192.0.2.${i} - - ${moment} "GET /rss.xml HTTP/1.1" 200 9 "-" "${agent}"`,
      JSON.stringify({ time, host, client: '192.0.2.8', method: 'GET', url: '/rss.xml', status: 200, bytes: 9, agent }),
    ]);
    const nameless = `192.0.2.9 - - ${moment} "GET /rss.xml HTTP/1.1" 200 9 "-" "${agent}"`;
    writeFileSync(file, [...lines, lines[0], nameless].join('\n'));
    const all = await countLogs([file]);
    expect([all.counted, all.hosts]).toEqual([6, ['a.example', 'b.example']]);
    expect((await countLogs([file], ['A.example'])).counted).toBe(3);
    expect((await countLogs([file], ['a.example', 'b.example'])).counted).toBe(5);
    expect(await countLogs([file], ['c.example'])).toMatchObject({ counted: 0, hosts: ['a.example', 'b.example'] });
  });

  it.each([{ time: 1e300 }, { time: -1e300 }, { bytes: 1e308 }, { bytes: -5 }, { whole: 1e308 }, { minute: -1 }])(
    'are counted without a line with %j',
    async (damage) => {
      const file = join(makeFolder(), 'access.log');
      const json = { time, client: '192.0.2.8', method: 'GET', url: '/rss.xml', status: 200, bytes: 9, agent };
      writeFileSync(file, `${JSON.stringify({ ...json, ...damage })}\n${JSON.stringify(json)}\n`);
      expect((await countLogs([file])).counted).toBe(1);
    },
  );

  it('are counted as far as a compressed one goes that is cut off', async () => {
    const file = join(makeFolder(), 'access.log.gz');
    const line = (i: number): string =>
      `192.0.2.7 - - [30/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 200 9 "-" "Reader/${i} ${Math.sin(i)}"\n`;
    const whole = gzipSync(Array.from({ length: 5000 }, (_, i) => line(i)).join(''));
    writeFileSync(file, whole.subarray(0, whole.length / 2));
    const { counted } = await countLogs([file]);
    expect(counted > 1000 && counted < 4000).toBe(true);
    writeFileSync(file, 'not compressed');
    await expect(countLogs([file])).rejects.toThrow(`${file}: incorrect header check`);
  });
});
