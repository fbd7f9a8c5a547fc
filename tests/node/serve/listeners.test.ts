import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../../src/node/serve/serve.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await serve(makeFolder({ 'a.md': seed('A'), 'b.md': seed('B', '2026-03-01') }), {
    port: 0,
    host: '127.0.0.1',
    watch: false,
    // With a public address, a server answers at any name.
    siteUrl: 'https://daily.example/',
    onRead: () => {},
    onError: (error) => console.error(error),
  });
});
afterAll(() => server?.close());

/** Sends a request as written and returns the answer without its date. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let heard = '';
    socket.setEncoding('latin1').on('data', (part) => {
      heard += part;
    });
    socket.on('error', reject).on('close', () => resolve(heard.replace(/^Date: .*\r\n/m, '')));
    socket.write(text);
  });
}

const lines = [
  '',
  'If-None-Match: TAG',
  'If-None-Match: "other"',
  'If-None-Match: "other"\r\nIf-None-Match: TAG',
  'If-None-Match: *',
  'If-None-Match: ',
  'If-Modified-Since: DATE',
  'If-Modified-Since: DATE\r\nIf-Modified-Since: DATE',
  'If-Modified-Since: DATE\r\nIf-Modified-Since: x',
  'If-None-Match: "other"\r\nIf-Modified-Since: DATE',
  'Accept-Encoding: gzip',
  'Accept-Encoding: gzip;q=0\r\nAccept-Encoding: br',
  'Accept-Encoding: identity',
  'A-IM: feed\r\nIf-None-Match: TAG',
  'A-IM: feed\r\nIf-None-Match: OLDER',
  'A-IM: feed\r\nIf-None-Match: OLDER\r\nUser-Agent: Liferea/1.14.4',
  'A-IM: gzip\r\nA-IM: feed\r\nIf-None-Match: OLDER\r\nUser-Agent: Liferea/1.14.4',
  'A-IM: feed\r\nIf-None-Match: OLDER\r\nUser-Agent: Liferea/1.14.4\r\nIf-Modified-Since: DATE',
  'Sec-Fetch-Dest: document',
  'Sec-Fetch-Dest: document\r\nIf-None-Match: TAG',
  'Range: bytes=0-1',
  'Content-Length: 3',
  'X: \u00ff',
];
const hosts = [
  'localhost',
  'A.example',
  '127.0.0.1:8080',
  'a:99999',
  'a:0',
  '256.256.256.256:80',
  '1:80',
  '0x7f.1',
  '',
];
const requests = [
  ...lines.map((fields) => ({ host: 'localhost', fields })),
  ...hosts.map((host) => ({ host, fields: 'If-None-Match: TAG' })),
];

// With a query, the listener passes the same request to the app.
it.each(requests)('a poll of $host with "$fields" gets the same answer as from the app', async ({ host, fields }) => {
  const { headers } = await fetch(new URL('rss.xml', server.url));
  const tag = headers.get('ETag') ?? '';
  const sent = fields
    .replace('TAG', tag)
    .replace('OLDER', tag.replace(/".{16}/, `"${'0'.repeat(16)}`).replace(/....(?="$)/, 'none'))
    .replaceAll('DATE', headers.get('Last-Modified') ?? '');
  const ask = (path: string): Promise<string> =>
    send(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${sent === '' ? '' : `${sent}\r\n`}\r\n${/Length: 3/.test(sent) ? 'abc' : ''}`,
    );
  // A document is compressed when it is first requested.
  await ask('/rss.xml');
  await expect.poll(async () => (await ask('/rss.xml')) === (await ask('/rss.xml?'))).toBe(true);
});
