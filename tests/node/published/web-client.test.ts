import dns from 'node:dns';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebClient, type WebLimits } from '../../../src/node/published/web-client.ts';
import { dateline } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

let server: Server;
let origin: string;
let port: number;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const limits: WebLimits = { requests: 100, bytes: 1_000_000, time: 60_000, advice: 'do this' };
const each = { timeout: 5000, size: 100_000 };
const textAt = (client: WebClient, address: string, more = {}): Promise<string> =>
  client.get(new URL(address, origin), { ...each, ...more }, async ({ body }) => String(await buffer(body)));
const local = (more: Partial<WebLimits> = {}) => new WebClient({ ...limits, ...more }, { allowPrivate: true });
const strict = () => new WebClient(limits);
const isPrivate = /an address of a private network or of this machine; if it is meant, add --allow-private$/;

describe('an address of a private network', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.0.0.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://0:PORT/',
    'http://①②⑦.0.0.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[64:ff9b::127.0.0.1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'http://localhost:PORT/',
    'http://LOCALHOST:PORT/',
  ])('is refused before anything is sent: %s', async (address) => {
    asked.length = 0;
    answer = (_, response) => response.end('secret');
    await expect(textAt(strict(), address.replace('PORT', String(port)))).rejects.toThrow(isPrivate);
    expect(asked).toEqual([]);
  });

  it('is fetched if that is allowed', async () => {
    answer = (_, response) => response.end('mine');
    expect(await textAt(local(), '/')).toBe('mine');
    expect(await textAt(local(), `http://localhost:${port}/`)).toBe('mine');
  });
});

describe('a name', () => {
  /** Resolves every name to these addresses, one list per question. */
  const withNames = async (lists: readonly (readonly string[])[], work: () => Promise<void>): Promise<void> => {
    const { lookup } = dns;
    let question = 0;
    const answerName = (_: string, __: object, callback: (error: null, found: dns.LookupAddress[]) => void): void => {
      const addresses = lists[Math.min(question++, lists.length - 1)] ?? [];
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    Object.assign(dns, { lookup: answerName });
    syncBuiltinESMExports();
    try {
      await work();
    } finally {
      Object.assign(dns, { lookup });
      syncBuiltinESMExports();
    }
  };

  it.each([[['127.0.0.1']], [['::1']], [['10.0.0.7', '::ffff:127.0.0.1']], [['64:ff9b::7f00:1']]])(
    'that leads to %j is refused',
    async (addresses) => {
      await withNames([addresses], async () => {
        asked.length = 0;
        await expect(textAt(strict(), `http://rebound.example:${port}/`)).rejects.toThrow(
          `rebound.example leads to ${addresses[0]}, an address of a private network`,
        );
        expect(asked).toEqual([]);
      });
    },
  );

  it('is not asked for again after the check', async () => {
    await withNames([['10.0.0.1'], ['127.0.0.1']], async () => {
      asked.length = 0;
      await expect(textAt(strict(), `http://rebound.example:${port}/`)).rejects.toThrow('leads to 10.0.0.1,');
      expect(asked).toEqual([]);
    });
  });
});

describe('a redirect', () => {
  it.each(['http://localhost:PORT/2', '/2', 'http://[::1]:PORT/2'])(
    'to %s is judged like the address itself',
    async (to) => {
      asked.length = 0;
      answer = ({ url }, response) =>
        url === '/1'
          ? response.writeHead(302, { location: to.replace('PORT', String(port)) }).end()
          : response.end('2');
      await expect(textAt(strict(), '/1')).rejects.toThrow(isPrivate);
      if (!to.includes('::')) expect(await textAt(local(), '/1')).toBe('2');
    },
  );

  it.each([
    ['file:///etc/passwd', 'it redirects to a file: address, which is neither http: nor https:'],
    ['data:text/plain,x', 'it redirects to a data: address, which is neither http: nor https:'],
    ['http://[', 'it redirects to an invalid address'],
    [
      'http://user:hidden@127.0.0.1/',
      'an address with a user name or password is not fetched; give the document as a file',
    ],
  ])('to %s is refused', async (location, message) => {
    answer = (_, response) => response.writeHead(301, { location }).end();
    await expect(textAt(local(), '/')).rejects.toThrow(message);
  });

  it('is followed to an address in UTF-8, and its answer names that address', async () => {
    answer = ({ url }, response) =>
      url === '/'
        ? response.writeHead(308, { location: Buffer.from('/größe').toString('latin1') }).end()
        : response.end();
    const found = await local().get(new URL(origin), each, async ({ location }) => location.href);
    expect(found).toBe(`${origin}/gr%C3%B6%C3%9Fe`);
  });
});

describe('one run', () => {
  it('fetches a limited number of addresses, redirects included', async () => {
    answer = ({ url }, response) =>
      url === '/1' ? response.writeHead(302, { location: '/2' }).end() : response.end('2');
    const client = local({ requests: 3 });
    expect(await textAt(client, '/1')).toBe('2');
    await expect(textAt(client, '/1')).rejects.toThrow(
      'not fetched, because one run fetches at most 3 addresses; do this',
    );
  });

  it('fetches a limited number of bytes, decompressed', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(40_000)));
    const client = local({ bytes: 100_000 });
    for (let i = 0; i < 2; i++) expect(await textAt(client, '/')).toHaveLength(40_000);
    await expect(textAt(client, '/')).rejects.toThrow('one run fetches at most 0.1 MB; do this');
  });

  it('takes a limited time', async () => {
    answer = () => {};
    await expect(textAt(local({ time: 30 }), '/')).rejects.toThrow(
      'one run fetches at most for 0.0005 minutes; do this',
    );
  });
});

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['BR', brotliCompressSync],
    ['identity', (bytes: Buffer) => bytes],
  ] as const)('is decompressed from %s', async (coding, compress) => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(compress(Buffer.from('text')));
    expect(await textAt(local(), '/')).toBe('text');
  });

  it.each([
    ['zstd', 'its content coding, zstd, is unknown'],
    ['gzip', 'incorrect header check'],
  ])('in a broken or unknown coding is an error: %s', async (coding, message) => {
    answer = (_, response) => response.writeHead(200, { 'content-encoding': coding }).end('text');
    await expect(textAt(local(), '/')).rejects.toThrow(message);
  });

  it('that breaks off is an error', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '9' }).write('abc', () => response.destroy());
    await expect(textAt(local(), '/')).rejects.toThrow('aborted');
  });

  it('is requested again if an idle connection was just closed', async () => {
    const client = local();
    answer = (_, response) => response.end('one');
    expect(await textAt(client, '/')).toBe('one');
    let closed = false;
    answer = ({ socket }, response) => {
      if (closed) return void response.end('two');
      closed = true;
      socket.resetAndDestroy();
    };
    expect(await textAt(client, '/')).toBe('two');
  });
});

describe('import and check', () => {
  const feed = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'T',
    items: [{ id: 'urn:x:1', title: 'A', content_text: 'x', date_published: '2026-03-01T00:00:00Z' }],
  });

  it('say how to read a feed of this machine', async () => {
    answer = (_, response) => response.end(feed);
    const dir = makeFolder({ 'a.md': `${seed('A', '2026-03-01')}\nId: <urn:x:1>\n` });
    const told = `127.0.0.1 is an address of a private network or of this machine; if it is meant, add --allow-private`;
    const refused = await dateline(['check', dir, '--against', origin]);
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining(`cannot be read: ${told}`) });
    expect(await dateline(['check', dir, '--allow-private', '--against', origin])).toMatchObject({ code: 0 });
    const seeds = join(makeFolder(), 'seeds');
    expect(await dateline(['import', origin, seeds])).toMatchObject({
      code: 1,
      stderr: `${origin}: error: cannot be read: ${told}\n`,
    });
    expect(await dateline(['import', origin, seeds, '--allow-private'])).toMatchObject({ code: 0 });
  });

  it.each(['0', '-1', '1.5', 'x', ''])('take no download limit of "%s"', async (limit) => {
    const { code, stderr } = await dateline(['import', origin, makeFolder(), `--download-limit=${limit}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('It must be a number of gigabytes, 1 or more.');
  });
});
