import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountFrom, callApi } from '../../../src/node/store/cloudflare-api.ts';
import { s3Store } from '../../../src/node/store/s3-store.ts';
import { dateline } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

/** Nothing else contains it. */
const secret = 'Zq9-secret-Xw7';

let server: Server;
let base: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();
let asked = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked++;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  CLOUDFLARE_ACCOUNT_ID: 'acc',
  CLOUDFLARE_API_TOKEN: secret,
  CLOUDFLARE_API_BASE_URL: base,
  ...more,
});

/** Publishes, and expects an error that says nothing of the secret. */
async function failure(more: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
  const dir = makeFolder({ 'a.md': seed('A') });
  const { code, stdout, stderr } = await dateline(['publish', dir, '--store', 'r2:bucket', ...args], {
    cwd: dir,
    env: environment(more),
  });
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain(secret);
  expect(stderr).not.toContain('Bearer');
  return stderr;
}

describe('a malformed token', () => {
  const asks = 'copy it again, without quotes, spaces or line breaks\n';

  it.each([
    ['a line break at its end', `${secret}\n`],
    ['a line break inside', `${secret}\r\nX-Evil: 1`],
    ['spaces around', ` ${secret} `],
    ['quotes', `"${secret}"`],
    ['its scheme', `Bearer ${secret}`],
    ['letters that no header takes', `${secret}–ü`],
    ['an emoji', `${secret}😀`],
    ['a tab', `${secret}\t`],
    ['a control character', `${secret}\u0007`],
    ['an assignment', `CLOUDFLARE_API_TOKEN='${secret}'`],
  ])('is refused before anything is built or sent: %s', async (_, token) => {
    asked = 0;
    for (const args of [[], ['--rollback']])
      expect(await failure({ CLOUDFLARE_API_TOKEN: token }, ...args)).toBe(
        `dateline: CLOUDFLARE_API_TOKEN in the environment is not an API token; ${asks}`,
      );
    expect(asked).toBe(0);
  });

  it('is named and never shown, and any other is one that a header takes', () => {
    const noise = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const token = before + secret + after;
        try {
          const account = accountFrom({ CLOUDFLARE_ACCOUNT_ID: 'acc', CLOUDFLARE_API_TOKEN: token });
          expect(new Headers({ Authorization: `Bearer ${account.token}` }).get('Authorization')).toBe(
            `Bearer ${token}`,
          );
        } catch (error) {
          expect(String(error)).toBe(
            `Error: CLOUDFLARE_API_TOKEN in the environment is not an API token; ${asks.trimEnd()}`,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is not the only thing that is refused without being shown', async () => {
    expect(await failure({ CLOUDFLARE_ACCOUNT_ID: `../${secret}` }, '--rollback')).toContain(
      'CLOUDFLARE_ACCOUNT_ID in',
    );
    for (const address of [secret, `http://${secret}.example/`, `ftp://127.0.0.1/${secret}`, `//${secret}`])
      expect(await failure({ CLOUDFLARE_API_BASE_URL: address }, '--rollback')).toBe(
        'dateline: CLOUDFLARE_API_BASE_URL in the environment is not an https:// address\n',
      );
  });
});

describe('a message about a failure never shows the token', () => {
  const answers: Readonly<Record<string, typeof answer>> = {
    'the answer repeats the request': ({ headers }, response) => response.writeHead(400).end(JSON.stringify(headers)),
    'the answer is a reason with the token': ({ headers }, response) =>
      response
        .writeHead(403)
        .end(JSON.stringify({ errors: [{ code: 1, message: `bad token ${headers.authorization?.slice(7)}` }] })),
    'the answer leads elsewhere': ({ headers }, response) =>
      response.writeHead(302, { location: `http://elsewhere.invalid/${headers.authorization}` }).end(),
    'the answer is not JSON': ({ headers }, response) => response.end(`<p>${headers.authorization}`),
    'the answer is not found': (_, response) => response.writeHead(404).end(),
  };
  it.each(Object.keys(answers))('if %s', async (name) => {
    answer = answers[name] ?? answer;
    expect((await failure({}, '--rollback')).replaceAll('(token)', '')).not.toBe('');
  });

  it('whatever an answer consists of', async () => {
    const parts = fc.array(fc.constantFrom('TOKEN', 'Bearer ', '"', '{', '}', ':', '\\', '\n', 'a', '<p>'), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(parts, fc.constantFrom(400, 401, 403, 409, 302), async (list, status) => {
        answer = (_, response) => response.writeHead(status).end(list.join('').replaceAll('TOKEN', secret));
        const refused = callApi(accountFrom(environment()), 'x').catch(String);
        expect(await refused).toMatch(/^Error: Cloudflare answered /);
        expect(await refused).not.toContain(secret);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a password in any address', () => {
  const address = `https:reader:${secret}@feeds.example/?a`;

  it('is not shown in a message about a setting or an article', async () => {
    const dir = makeFolder({
      'publication.yaml': `url: "${address}"\nhub: "${address.slice(0, 40)} x"\n`,
      'a.md': `${seed('A')}\nOriginal url: ${address}\n`,
    });
    for (const format of ['text', 'json', 'github']) {
      const { code, stdout } = await dateline(['check', dir, '--format', format]);
      expect(code).toBe(1);
      expect(stdout).toContain('https:feeds.example');
      expect(stdout).not.toContain(secret);
    }
  });

  it('is not shown in a message about the command line', async () => {
    const { code, stderr } = await dateline(['init', join(makeFolder(), 'a'), '--url', address]);
    expect(code).toBe(2);
    expect(stderr).toContain('https:feeds.example/?a');
    expect(stderr).not.toContain(secret);
  });
});

describe('a password in the address of a feed', () => {
  it.each([
    'https://reader:SECRET@feeds.example/a.xml',
    'http://SECRET@127.0.0.1/a.xml',
    'http://reader:SECRET@127.0.0.1:1/a.xml?x=@',
    'https://reader:SECRET@not a host/',
    'ftp://reader:SECRET@feeds.example/a.xml',
    'feed://reader:SECRET@feeds.example/a.xml',
    'https:reader:SECRET@feeds.example/a.xml',
    'ftp:reader:SECRET@feeds.example/a.xml',
  ])('is not shown: %s', async (written) => {
    const address = written.replace('SECRET', secret);
    const dir = makeFolder({ 'a.md': seed('A') });
    for (const args of [
      ['import', address, makeFolder()],
      ['import', address, makeFolder(), '--allow-private'],
      ['check', dir, '--against', address],
      ['check', dir, '--against', address, '--format', 'json'],
    ]) {
      const { code, stdout, stderr } = await dateline(args);
      expect(code).toBe(1);
      expect(stdout + stderr).not.toContain(secret);
      expect(stdout + stderr).not.toContain('reader');
    }
  });

  it('is not shown if a list names the feed', async () => {
    const outline = `<outline type="rss" text="F" xmlUrl="https://reader:${secret}@feeds.example/a.xml"/>`;
    const dir = makeFolder({ 'l.opml': `<opml version="2.0"><head/><body>${outline}</body></opml>` });
    const { code, stdout, stderr } = await dateline(['import', `${dir}/l.opml`, makeFolder()]);
    expect(code).toBe(1);
    expect(stderr).toContain('https://feeds.example/a.xml: error: ');
    expect(stdout + stderr).not.toContain(secret);
  });

  it('is not shown in a message about an address that a feed or a list contains', async () => {
    const at = (scheme: string): string => `${scheme}://reader:${secret}@127.0.0.1:1/a`;
    const outlines = ['gopher', 'http'].map((scheme) => `<outline type="rss" text="F" xmlUrl="${at(scheme)}"/>`);
    const item = {
      id: 'x',
      title: 'X',
      date_published: '2025-02-25T08:00:00Z',
      content_html: `<p>x <img src="${at('http')}.png"></p>`,
      attachments: [{ url: at('http'), mime_type: 'audio/mpeg', duration_in_seconds: -1 }],
    };
    const dir = makeFolder({
      'l.opml': `<opml version="2.0"><head/><body>${outlines.join('')}</body></opml>`,
      'f.json': JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'F',
        next_url: at('gopher'),
        items: [item],
      }),
    });
    for (const name of ['l.opml', 'f.json']) {
      const { code, stdout, stderr } = await dateline(['import', `${dir}/${name}`, makeFolder(), '--download']);
      expect(code).toBe(1);
      expect(stderr).toContain('127.0.0.1:1/a');
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});

it('a signature appears in no message about a malformed region', () => {
  const environment = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: 'us-east-1\n' };
  expect(() => s3Store('s3://bucket', environment)).toThrow(
    /^AWS_REGION in the environment is not the name of a region, such as eu-central-1$/,
  );
});
