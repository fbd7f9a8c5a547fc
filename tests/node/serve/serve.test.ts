import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../http/targets.ts';
import { builtCommand, dateline, manifest, type Served, sourceCommand, startDateline, startServe } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const textOf = async (url: URL, path: string): Promise<string> => (await ask(url, path)).body.toString();

describe.each([sourceCommand, builtCommand])('%s serve', (command) => {
  it('prints the addresses of the three feeds with the actual port', async () => {
    const dir = makeFolder({ 'publication.yaml': 'title: The Daily\n', 'a.md': seed('Hello') });
    const served = await startServe([dir], { command });
    const { origin } = served.url;
    expect(served.url.port).not.toBe('0');
    expect(served.output.stdout).toBe(
      `${dir}: 1 article, 0 errors
The Daily is at ${origin}/
RSS        ${origin}/rss.xml
Atom       ${origin}/atom.xml
JSON Feed  ${origin}/feed.json
`,
    );
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/'])
      expect(await textOf(served.url, path)).toContain('Hello');
    expect(await served.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('has the version of the package', async () => {
    expect(await startDateline(['--version'], { command })).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});

describe('dateline serve', () => {
  it.each([
    ['an empty folder', {}, 0],
    ['a folder without a publication file', { 'a.md': seed('A'), 'b.txt': seed('B') }, 2],
  ])('serves %s', async (_, files, count) => {
    const dir = makeFolder(files);
    const served = await startServe([dir]);
    const { origin } = served.url;
    const feed = JSON.parse(await textOf(served.url, '/feed.json'));
    expect(feed).toMatchObject({ home_page_url: `${origin}/`, feed_url: `${origin}/feed.json` });
    expect(feed.items).toHaveLength(count);
    expect(await textOf(served.url, '/rss.xml')).toContain(`<link>${origin}/</link>`);
    expect(await served.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('serves ./seeds by default, with PORT and HOST from the environment', async () => {
    const cwd = makeFolder({ 'seeds/a.md': seed('Hello') });
    const served = await startServe([], { cwd, env: { PORT: '1', HOST: 'localhost' } });
    expect(served.url.hostname).toBe('localhost');
    expect(served.output.stdout).toContain('./seeds: 1 article,');
    await served.stop();
  });

  it('writes every problem to stderr and serves the rest', async () => {
    const dir = makeFolder({
      'good.md': seed('Good'),
      'bad.md': '# Bad\n\nsoon\n',
      'broken.md': Buffer.from('# Broken\n\n2026-03-01\n\ncaf\xe9\n', 'latin1'),
    });
    const served = await startServe([dir]);
    const { stdout, stderr } = served.output;
    expect(stdout).toContain(`${dir}: 1 article, 2 errors\n`);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^\S+:\d+:\d+: error: .+ \([a-z0-9-]+\)$/);
    expect(lines[0]).toMatch(new RegExp(`^${dir}/bad.md:3:1: error: .*"soon".* \\(bad-date\\)$`));
    expect(lines[1]).toBe(`${dir}/broken.md:5:4: error: these bytes are not UTF-8; save the file as UTF-8 (not-utf8)`);
    expect(await textOf(served.url, '/rss.xml')).toContain('Good');
    await served.stop();
  });

  it('does not start with a broken publication file', async () => {
    const dir = makeFolder({ 'publication.yaml': 'title: A\nitmes: 5\n', 'a.md': seed('A') });
    const { code, stdout, stderr } = await dateline(['serve', dir, '--port', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^${dir}/publication.yaml:2:1: error: unknown key "itmes"; .*\\(unknown-key\\)\n`),
    );
    expect(stderr).toMatch(/\ndateline: Fix the publication file first\.\n$/);
    expect(stdout).not.toContain('http');
  });

  it('takes its public address from SITE_URL, which changes links but not ids', async () => {
    const dir = makeFolder({ 'publication.yaml': 'url: https://daily.example\n', 'a.md': seed('A') });
    const feeds = [];
    for (const env of [{}, { SITE_URL: 'https://mirror.example/news' }]) {
      const served = await startServe([dir], { env });
      feeds.push({
        json: JSON.parse(await textOf(served.url, '/feed.json')),
        atom: await textOf(served.url, '/atom.xml'),
      });
      await served.stop();
    }
    const [own, mirror] = feeds;
    expect(own?.json).toMatchObject({
      feed_url: 'https://daily.example/feed.json',
      items: [{ url: 'https://daily.example/articles/a' }],
    });
    expect(mirror?.json).toMatchObject({
      feed_url: 'https://mirror.example/news/feed.json',
      items: [{ url: 'https://mirror.example/news/articles/a' }],
    });
    expect(mirror?.json.items[0].id).toBe(own?.json.items[0].id);
    const ids = (atom = ''): string[] => atom.match(/<id>.*<\/id>/g) ?? [];
    expect(ids(own?.atom)).toHaveLength(2);
    expect(ids(mirror?.atom)).toEqual(ids(own?.atom));
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['a missing folder', ['./nowhere'], {}, /^dateline: \.\/nowhere: there is no such folder\n$/],
    ['a file for a folder', ['package.json'], {}, /^dateline: package\.json: there is no such folder\n$/],
    [
      'a port that is not a number',
      ['--port', 'x'],
      {},
      /^error: option '-p, --port <number>' argument 'x' is invalid\. .+\n/,
    ],
    ['a port that is too high', ['--port', '65536'], {}, /^error: option .* '65536' is invalid\. .+\n/],
    ['a negative port', ['--port=-1'], {}, /^error: option .* '-1' is invalid\. .+\n/],
    ['a fractional port', ['--port', '80.5'], {}, /^error: option .* '80\.5' is invalid\. .+\n/],
    ['an empty port', ['--port', ''], {}, /^error: option .* '' is invalid\. .+\n/],
    [
      'a PORT that is not a number',
      [],
      { PORT: 'web' },
      /^error: option .* value 'web' from env 'PORT' is invalid\. .+\n/,
    ],
    ['an unknown option', ['--prot', '1'], {}, /^error: unknown option '--prot'\n/],
    ['folders that are not there', ['a', 'b'], {}, /^dateline: a: there is no such folder/],
    [
      'an unknown host',
      ['--port', '0', '--host', 'no.such.host.invalid'],
      {},
      /^dateline: there is no address for no\.such\.host\.invalid; choose another by --host\n$/,
    ],
    [
      'a SITE_URL without a scheme',
      [],
      { SITE_URL: 'daily.example' },
      /^dateline: SITE_URL: expected an absolute http or https address without "\?" and "#", got "daily\.example"\n$/,
    ],
  ])('ends with a line that says why: %s', async (_, args, env, message) => {
    const { code, stdout, stderr } = await dateline(['serve', ...args], { env });
    expect({ code, stdout }).toEqual({ code: stderr.startsWith('error: ') ? 2 : 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('exits with 1 if the port is taken, and says what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await dateline(['serve', makeFolder(), '--port', String(port)]);
    taken.close();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `dateline: port ${port} at 127.0.0.1 is taken, perhaps by another "dateline serve"; choose another by --port, or any free one by --port 0\n`,
    });
  });

  it('exits with 1 if the address is not one of this machine', async () => {
    // Reserved for documentation (RFC 5737).
    const { code, stderr } = await dateline(['serve', makeFolder(), '--host', '192.0.2.1', '--port', '0']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'dateline: 192.0.2.1 is not an address of this machine; choose another by --host\n',
    });
  });

  it.each(['', 'nonsense', 'sevre'])('does not start for the command %j', async (word) => {
    const { code, stderr } = await dateline(word === '' ? [] : [word]);
    expect(code).toBe(2);
    expect(stderr).toMatch(word === '' ? /^Usage: dateline/ : /^error: unknown command/);
  });
});

describe('a server that is stopped', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('exits with 0 on %s despite kept-alive connections', async (signal) => {
    const served = await startServe([makeFolder({ 'a.md': seed('A') })]);
    const agent = new Agent({ keepAlive: true, maxSockets: 3 });
    await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise((resolve, reject) => {
            const sending = request(new URL('/rss.xml', served.url), { agent }, (response) => {
              response.resume().on('end', resolve);
            });
            sending.on('error', reject).end();
          }),
      ),
    );
    // A connection without any request.
    const silent = connect(Number(served.url.port), served.url.hostname);
    await once(silent, 'connect');
    silent.on('error', () => {});
    expect(await served.stop(signal)).toMatchObject({ code: 0, stderr: '' });
    agent.destroy();
    silent.destroy();
  });

  it('finishes a pending response', async () => {
    // Code, since prose takes ten times as long to render.
    const body = `\`\`\`\n${'word '.repeat(900_000)}`;
    const dir = makeFolder({ 'a.md': seed('A', '2026-03-01', body), 'b.md': seed('B', '2026-03-02', body) });
    const served = await startServe([dir]);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(new URL('/rss.xml', served.url), resolve).on('error', reject).end();
    });
    // Nothing is read until the server refuses connections, and so has begun to stop.
    const stopped = served.stop();
    await expect.poll(() => ask(served.url, '/healthz').catch(() => 'refused')).toBe('refused');
    let length = 0;
    for await (const part of response) length += part.length;
    expect(length).toBeGreaterThan(2 * body.length);
    expect(length).toBe(Number(response.headers['content-length']));
    expect(await stopped).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('an unusual or invalid request', () => {
  let served: Served;
  beforeAll(async () => {
    // With a public address, a server answers at any name.
    served = await startServe([makeFolder({ 'a.md': seed('A') })], { env: { SITE_URL: 'https://daily.example/' } });
  });
  afterAll(async () => {
    expect(await served?.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  const ok = /^HTTP\/1\.1 200 OK\r\n/;
  const bad = /^HTTP\/1\.1 400 Bad Request\r\n/;

  it.each([
    ['no host, as in HTTP/1.0', 'GET /rss.xml HTTP/1.0', ok],
    ['an absolute URL', 'GET http://a.example/rss.xml HTTP/1.1\r\nHost: a.example', ok],
    ['a body', 'GET /rss.xml HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0', ok],
    ['no host', 'GET /rss.xml HTTP/1.1', bad],
    ['an invalid host', 'GET /rss.xml HTTP/1.1\r\nHost: a b', bad],
    ['no HTTP', 'hello', bad],
  ])('with %s gets an answer', async (_, words, answer) => {
    const socket = connect(Number(served.url.port), served.url.hostname);
    socket.write(`${words}\r\nConnection: close\r\n\r\n`);
    let heard = '';
    for await (const part of socket.setEncoding('latin1')) heard += part;
    expect(heard).toMatch(answer);
    expect(await textOf(served.url, '/rss.xml')).toContain('<title>A</title>');
  });
});
