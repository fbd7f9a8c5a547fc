import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../src/node/serve/serve.ts';
import type { Limits } from '../../../src/node/serve/server.ts';
import { ask } from '../../http/targets.ts';
import { type Served, startServe } from '../command.ts';
import { type Files, makeFolder, manySeeds, seed } from '../temporary-folder.ts';

const host = 'Host: a.example\r\n';
/** With a public address, a server answers at any name. */
const env = { SITE_URL: 'https://daily.example/' };
/** Milliseconds; longer than any answer here takes. */
const timeout = 10_000;

/** Opens a connection that ignores errors. */
function dial({ hostname, port }: URL): Socket {
  return connect(Number(port), hostname).on('error', () => {});
}

/** Sends bytes and returns the response until the connection ends or the first answer is complete. */
async function say(url: URL, bytes: string | Buffer): Promise<string> {
  const socket = dial(url);
  socket.write(bytes);
  return hear(socket, isComplete);
}

/** Returns what a connection receives until it ends or `isEnough`; rejects after the timeout. */
function hear(socket: Socket, isEnough: (heard: string) => boolean = () => false, limit = timeout): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const timer = setTimeout(() => reject(new Error(`neither an answer nor an end: ${heard.slice(0, 80)}`)), limit);
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(heard);
    };
    socket.on('close', end);
    socket.on('data', (part) => {
      heard += part.toString('latin1');
      if (isEnough(heard)) end();
    });
  });
}

function isComplete(heard: string): boolean {
  const end = heard.indexOf('\r\n\r\n');
  const [, length] = /^content-length: *(\d+)/im.exec(heard.slice(0, Math.max(0, end))) ?? [];
  return end !== -1 && heard.length >= end + 4 + Number(length ?? 0);
}

describe('a server that is abused', () => {
  let served: Served;
  let before: Buffer;
  beforeAll(async () => {
    served = await startServe([makeFolder(manySeeds(60))], { env });
    before = (await ask(served.url, '/rss.xml')).body;
  });
  afterAll(async () => {
    // The server reports none of these as an error of its own.
    expect(await served?.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  const stillServes = async (): Promise<void> => {
    const { status, body } = await ask(served.url, '/rss.xml');
    expect(status).toBe(200);
    expect(body.equals(before)).toBe(true);
  };

  const get = (target: string, fields = ''): string => `GET ${target} HTTP/1.1\r\n${host}${fields}\r\n`;

  it.each<[string, string | Buffer, RegExp]>([
    ['a header section above the limit', get('/rss.xml', `X-A: ${'a'.repeat(17_000)}\r\n`), /^431 /],
    ['many fields above the limit', get('/rss.xml', 'X-A: 12345678\r\n'.repeat(1500)), /^431 /],
    ['a path above the limit', get(`/${'a'.repeat(20_000)}`), /^431 /],
    ['a very long path', get(`/articles/${'a'.repeat(15_000)}`), /^404 /],
    ['a very deep path', get('/a'.repeat(7_000)), /^404 /],
    ['a very long query', get(`/rss.xml?${'a=b&'.repeat(3_500)}`), /^200 /],
    ['a request line of one word', 'GET\r\n\r\n', /^400 /],
    ['a request line of two words', 'GET /rss.xml\r\n\r\n', /^(?:200|400) /],
    ['an invalid method', get('/rss.xml').replace('GET', 'G\u0001T'), /^400 /],
    ['an unknown protocol', `GET /rss.xml HTP/1.1\r\n${host}\r\n`, /^400 /],
    ['a future version', `GET /rss.xml HTTP/9.9\r\n${host}\r\n`, /^(?:400|505) /],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^(?:400 |$)/],
    ['the start of TLS', Buffer.from('160301020001000001fc0303', 'hex'), /^400 /],
    ['nothing but NULs', Buffer.alloc(4096), /^400 /],
    ['noise', Buffer.from(Array.from({ length: 4096 }, (_, i) => 128 + ((i * 131) % 128))), /^400 /],
    ['a NUL in the path', get('/rss\0.xml'), /^400 /],
    ['an encoded NUL in the path', get('/rss%00.xml'), /^404 /],
    ['a NUL in a field', get('/rss.xml', 'X-A: a\0b\r\n'), /^400 /],
    ['a field without a colon', get('/rss.xml', 'nonsense\r\n'), /^400 /],
    ['a space before the colon', get('/rss.xml', 'X-A : b\r\n'), /^400 /],
    ['a folded field', get('/rss.xml', 'X-A: a\r\n b\r\n'), /^(?:200|400) /],
    ['bare line feeds', get('/rss.xml').replaceAll('\r', ''), /^(?:200|400) /],
    ['bare carriage returns', get('/rss.xml', 'X-A: b\rX-B: c\r\n'), /^400 /],
    ['two hosts', get('/rss.xml', 'Host: b.example\r\n'), /^(?:200|400) /],
    ['a host that contains a URL', get('/rss.xml').replace('a.example', 'a@b/../c?d#e'), /^400 /],
    ['the address of another host', get('http://b.example/rss.xml'), /^200 /],
    ['an address of another scheme', get('file:///etc/passwd'), /^40[04] /],
    ['an authority instead of an address', get('b.example:80'), /^400 /],
    ['CONNECT', get('b.example:443').replace('GET', 'CONNECT'), /^(?:40[05] |$)/],
    ['TRACE', get('/rss.xml').replace('GET', 'TRACE'), /^405 /],
    ['an asterisk', get('*').replace('GET', 'OPTIONS'), /^(?:20[04]|40[045]) /],
    ['an address without a slash', get('rss.xml'), /^400 /],
    ['two slashes before a host', get('//b.example/rss.xml'), /^404 /],
    ['a path up', get('/../../../etc/passwd'), /^404 /],
    ['an encoded path up', get('/%2e%2e/%2e%2e/etc/passwd'), /^404 /],
    ['a path up from a file', get('/style.css/..%2f..%2fpackage.json'), /^404 /],
    ['a twice encoded path up', get('/articles/%252e%252e%252fpublication.yaml'), /^404 /],
    ['a path up with backslashes', get('/..\\..\\package.json'), /^40[04] /],
    ['an invalid encoding', get('/articles/%E0%A4%A'), /^40[04] /],
    ['an encoding that is not text', get('/articles/%ff%fe'), /^40[04] /],
    ['raw bytes in the path', Buffer.from(get('/articles/\xff\xfe'), 'latin1'), /^40[04] /],
    ['200 ranges in 200 fields', get('/rss.xml', 'Range: bytes=0-1\r\n'.repeat(200)), /^200 /],
    ['1,000 ranges', get('/rss.xml', `Range: bytes=${'0-,'.repeat(1_000)}0-\r\n`), /^200 /],
    ['a huge range', get('/rss.xml', `Range: bytes=${'9'.repeat(400)}-\r\n`), /^200 /],
    ['a backwards range', get('/rss.xml', 'Range: bytes=5-1, -0, a-b\r\n'), /^200 /],
    ['3,000 tags', get('/rss.xml', `If-None-Match: ${'"a",'.repeat(3_000)}"b"\r\n`), /^200 /],
    ['an unterminated tag', get('/rss.xml', `A-IM: feed\r\nIf-None-Match: "${'a'.repeat(9_000)}\r\n`), /^200 /],
    ['an invalid date', get('/rss.xml', `If-Modified-Since: ${'9'.repeat(9_000)}\r\n`), /^200 /],
    ['1,000 codings', get('/rss.xml', `Accept-Encoding: ${'gzip;q=0.1,'.repeat(1_000)}br\r\n`), /^200 /],
    ['1,000 manipulations', get('/rss.xml', `A-IM: ${'feed;q=0.,'.repeat(1_000)}x\r\n`), /^200 /],
    ['two hosts', get('/rss.xml', 'Host: b.example\r\n'), /^400 /],
    ['the same host twice', get('/rss.xml', host), /^400 /],
    ['two hosts in other letters', get('/rss.xml', 'hOST: b.example\r\n'), /^400 /],
    ['two hosts for a page', get('/', 'host: b.example\r\n'), /^400 /],
    ['an empty host and another', get('/healthz', 'Host:\r\n'), /^400 /],
    ['three hosts', get('/rss.xml', 'Host: b.example\r\nX-A: 1\r\nHost: c.example\r\n'), /^400 /],
    ['a host in another field', get('/rss.xml', 'X-Forwarded-Host: b.example\r\n'), /^200 /],
    ['an announced huge body', get('/rss.xml', 'Content-Length: 99999999999\r\n'), /^(?:200|400|413) /],
    ['a huge length', get('/rss.xml', `Content-Length: ${'9'.repeat(40)}\r\n`), /^400 /],
    ['a negative length', get('/rss.xml', 'Content-Length: -1\r\n'), /^400 /],
    ['two lengths', get('/rss.xml', 'Content-Length: 1\r\nContent-Length: 2\r\n'), /^400 /],
    [
      'a length with chunks',
      `${get('/rss.xml', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n')}0\r\n\r\n`,
      /^400 /,
    ],
    ['chunks without a size', `${get('/rss.xml', 'Transfer-Encoding: chunked\r\n')}zz\r\n`, /^(?:200|400) /],
    ['a huge chunk', `${get('/rss.xml', 'Transfer-Encoding: chunked\r\n')}${'f'.repeat(30)}\r\n`, /^(?:200|400) /],
    [
      'an unknown transfer coding',
      get('/rss.xml', 'Transfer-Encoding: x\r\n').replace('GET', 'POST'),
      /^(?:400|405|501) /,
    ],
    ['a body that never arrives', get('/rss.xml', 'Content-Length: 9\r\n').replace('GET', 'POST'), /^405 /],
    [
      'a body larger than is read',
      get('/rss.xml', 'Content-Length: 4000000\r\n').replace('GET', 'PUT') + 'a'.repeat(4_000_000),
      /^405 /,
    ],
    ['an upgrade', get('/rss.xml', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'), /^(?:200|400|426) /],
    ['an upgrade to HTTP/2', get('/rss.xml', 'Connection: Upgrade\r\nUpgrade: h2c\r\n'), /^200 /],
    ['an expected continue', get('/rss.xml', 'Expect: 100-continue\r\n'), /^(?:100|200) /],
    ['an unknown expectation', get('/rss.xml', 'Expect: wonders\r\n'), /^(?:200|417) /],
    ['noise after the request', `${get('/rss.xml')}\0\0\0\0`, /^(?:200|400) /],
  ])('answers or hangs up on %s, and keeps serving', async (_, bytes, expected) => {
    const heard = await say(served.url, bytes);
    expect(heard.replace(/^HTTP\/1\.1 /, '').slice(0, 80)).toMatch(expected);
    await stillServes();
  });

  it('serves a feed despite 2,000 silent connections', async () => {
    const idle: Socket[] = [];
    for (let opened = 0; opened < 2_000; opened += 100) {
      const batch = Array.from({ length: 100 }, () => dial(served.url));
      await Promise.all(batch.map((socket) => once(socket, 'connect')));
      idle.push(...batch);
    }
    await stillServes();
    expect(idle.filter(({ destroyed }) => !destroyed).length).toBe(2_000);
    for (const socket of idle) socket.destroy();
    await stillServes();
  });

  it('answers all of 5,000 pipelined requests', async () => {
    const socket = dial(served.url);
    const { headers } = await ask(served.url, '/rss.xml');
    const poll = get('/rss.xml', `If-None-Match: ${headers.etag}\r\n`);
    const last = get('/healthz', 'Connection: close\r\n');
    socket.write(poll.repeat(4_999) + last);
    const heard = await hear(socket);
    expect(heard.match(/^HTTP\/1\.1 304 /gm)).toHaveLength(4_999);
    expect(heard).toMatch(/^HTTP\/1\.1 200 (?:(?!^HTTP).)*ok\n$/ms);
    await stillServes();
  });

  it('survives clients that disconnect during a response', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const leaving = Array.from({ length: 20 }, async () => {
        const socket = dial(served.url);
        socket.write(get('/rss.xml').repeat(20));
        await once(socket, 'data');
        socket.resetAndDestroy();
      });
      await Promise.all(leaving);
    }
    // And during a request.
    for (let turn = 0; turn < 50; turn++) {
      const socket = dial(served.url);
      await once(socket, 'connect');
      socket.write('GET /rss.xml HTTP/1.1\r\nHo');
      socket.resetAndDestroy();
    }
    await stillServes();
  });
});

describe('a server with short timeouts', () => {
  const start = (limits: Partial<Limits>, files: Files = { 'a.md': seed('A') }) =>
    serve(makeFolder(files), {
      port: 0,
      host: '127.0.0.1',
      watch: false,
      siteUrl: env.SITE_URL,
      limits: { connectionsCheckingInterval: 50, ...limits },
      onRead: () => {},
      onError: (error) => expect.unreachable(error.message),
    });

  it('cuts off a client that sends its header a byte at a time', async () => {
    const server = await start({ headersTimeout: 300, requestTimeout: 600 });
    const url = new URL(server.url);
    // On a busy machine, an honest client may be too slow for such limits.
    const read = () =>
      ask(url, '/rss.xml')
        .then(({ status, body }) => (status === 200 ? body.toString() : undefined))
        .catch(() => undefined);
    const reads = () => expect.poll(read, { timeout: 20_000 }).toContain('<rss');
    await reads();
    const socket = dial(url);
    socket.write(`GET /rss.xml HTTP/1.1\r\n${host}X-A: `);
    const dripping = setInterval(() => socket.write('a'), 20);
    // A silent client is cut off too.
    const isNever = () => false;
    const [heard] = await Promise.all([hear(socket, isNever, 30_000), hear(dial(url), isNever, 30_000)]);
    clearInterval(dripping);
    expect(heard).toMatch(/^(?:HTTP\/1\.1 408 Request Timeout\r\n|$)/);
    await reads();
    await server.close();
  });

  it('cuts off a client that leaves its response unread, but not an idle one', { timeout: 120_000 }, async () => {
    const long = seed('A', '2026-03-01', 'word '.repeat(900_000));
    const server = await start({ stallTimeout: 300 }, { 'a.md': long, 'b.md': long, 'c.md': long, 'd.md': long });
    const url = new URL(server.url);
    // Rendering takes longer than the timeout, and a server that writes feeds notices no stalled client.
    for (const feed of ['/rss.xml', '/atom.xml', '/feed.json']) {
      const answered = () =>
        ask(url, feed)
          .then(({ status }) => status)
          .catch(() => undefined);
      await expect.poll(answered, { timeout: 50_000 }).toBe(200);
    }
    const content = await ask(url, '/healthz');
    const patient = dial(url);
    patient.write(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
    /** Reports whether a client gets its whole response after it left it unread for a while. */
    const getsAll = async (pause: number): Promise<boolean> => {
      const stalled = dial(url).pause();
      stalled.write(`GET /rss.xml HTTP/1.1\r\n${host}\r\n`);
      await new Promise((resolve) => setTimeout(resolve, pause));
      stalled.resume();
      return isComplete(await hear(stalled, isComplete, 30_000));
    };
    // A server that gets no processor notices nothing, so it may need longer than its limit.
    let pause = 1_000;
    while (pause < 32_000 && (await getsAll(pause))) pause *= 2;
    expect(pause).toBeLessThan(32_000);
    expect(patient.destroyed).toBe(false);
    patient.destroy();
    expect((await ask(url, '/healthz')).body).toEqual(content.body);
    await server.close();
  });
});

it('a stopped server exits with 0 despite hundreds of open connections', async () => {
  const served = await startServe([makeFolder({ 'a.md': seed('A') })], { env });
  const poll = `GET /rss.xml HTTP/1.1\r\n${host}\r\n`;
  const open = Array.from({ length: 300 }, (_, i) => {
    const socket = dial(served.url);
    // Some have received a response, some are within a request.
    socket.write(i % 3 === 0 ? `${poll}GET /rss` : poll);
    return once(socket, 'data').then(() => socket);
  });
  const sockets = await Promise.all(open);
  const closed = sockets.map((socket) => hear(socket));
  expect(await served.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  await Promise.all(closed);
});
