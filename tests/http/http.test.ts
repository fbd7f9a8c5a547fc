import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { packageFilesFolder } from '../../src/node/folder/files/package-files.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { isHere, runtimes, startRuntime } from '../runtimes/runtimes.ts';
import { claimedFolder, conditionals, documents, type Kept, nowhere, same } from './claims.ts';
import { type Answer, storeTargets, type Target, targetsOfStep } from './targets.ts';

const validators = {
  'cache-control': 'public, max-age=1800',
  vary: 'Accept-Encoding',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Link, IM',
};

const others = inject('step') === 'slow' ? runtimes : [];
const installed = others.filter(isHere).map((runtime) => {
  return [runtime, (dir: string) => startRuntime(runtime, dir)] as const;
});
const stores = inject('step') === 'slow' ? storeTargets : {};

describe.skip.each(others.filter((runtime) => !isHere(runtime)))(
  '%s (not installed; DENO and BUN in the environment name the binaries)',
  () => {
    it('answers like the others', () => {});
  },
);

const asked: typeof targetsOfStep = { ...targetsOfStep, ...stores, ...Object.fromEntries(installed) };

describe.each(Object.entries(asked))('%s', (name, start) => {
  let target: Target;
  beforeAll(async () => {
    target = await start(makeFolder(claimedFolder));
  });
  afterAll(() => target?.close());

  describe.each(documents)('at $path', ({ path, type, modified }) => {
    it('answers 200 with exactly these headers', async () => {
      const { status, headers, body } = await target.request(path);
      expect({ status, headers }).toEqual({
        status: 200,
        headers: {
          ...validators,
          etag: expect.stringMatching(tagOf(path, body)),
          'last-modified': modified,
          'content-type': type,
          'content-length': String(body.length),
          'x-content-type-options': 'nosniff',
          ...(/\/(?:rss\.xml|atom\.xml|feed\.json)$/.test(path)
            ? { link: `<https://daily.example${path}>; rel="self"` }
            : {}),
          ...(type.startsWith('text/html')
            ? {
                'content-security-policy': expect.stringMatching(/^default-src 'none'; /),
                'referrer-policy': 'strict-origin-when-cross-origin',
              }
            : {}),
        },
      });
      expect(body.length).toBeGreaterThan(0);
    });

    it('answers HEAD like GET, without a body', async () => {
      await expectHeadAsGet(path);
    });

    it('answers 304 with only the headers of a 200 that a cache needs', async () => {
      const { etag = '' } = (await target.request(path)).headers;
      for (const method of ['GET', 'HEAD']) {
        const answer = await target.request(path, { method, headers: { 'If-None-Match': etag } });
        expect(answer).toMatchObject({ status: 304, body: Buffer.alloc(0) });
        expect(answer.headers).toEqual({ ...validators, etag, 'last-modified': modified });
      }
    });

    it('answers the same request alike', async () => {
      expect(await target.request(path)).toEqual(await target.request(path));
    });

    it('answers 405 to every method that it does not allow', async () => {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
        const { status, headers } = await target.request(path, { method });
        expect({ method, status, headers }).toMatchObject({
          status: 405,
          headers: {
            allow: 'GET, HEAD, OPTIONS',
            'content-type': type.startsWith('text/html') ? type : plain,
          },
        });
        expect(headers).not.toHaveProperty('etag');
      }
    });

    it('answers OPTIONS as the preflight of a conditional request needs', async () => {
      const { status, headers, body } = await target.request(path, {
        method: 'OPTIONS',
        headers: { Origin: 'https://reader.example', 'Access-Control-Request-Method': 'GET' },
      });
      expect(status).toBe(204);
      expect(body).toHaveLength(0);
      expect(headers).toEqual({
        allow: 'GET, HEAD, OPTIONS',
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, HEAD, OPTIONS',
        'access-control-allow-headers': 'If-None-Match, If-Modified-Since, A-IM',
        'access-control-max-age': '86400',
      });
    });
  });

  describe.each(['/rss.xml', '/archive/1/feed.json', '/'])('a conditional request for %s', (path) => {
    it.each(conditionals)('gets $claim', async ({ status, headers }) => {
      const kept = keep(await target.request(path));
      for (const method of ['GET', 'HEAD']) {
        const answer = await target.request(path, { method, headers: headers(kept) });
        expect({ status: answer.status, etag: answer.headers.etag }).toEqual({ status, etag: kept.etag });
      }
    });

    it('gets 405 for a method that is not allowed, whatever the reader has', async () => {
      const { etag } = keep(await target.request(path));
      const answer = await target.request(path, { method: 'POST', headers: { 'If-None-Match': etag } });
      expect(answer.status).toBe(405);
    });
  });

  it.each(nowhere)('answers 404 at %s', async (path) => {
    const { status, headers, body } = await target.request(path);
    const common = {
      'content-length': String(body.length),
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    };
    if (forPrograms(path)) {
      expect({ status, headers, body: body.toString() }).toEqual({
        status: 404,
        headers: { ...common, 'content-type': plain },
        body: 'There is nothing at this address.\n',
      });
    } else {
      expect({ status, headers }).toEqual({
        status: 404,
        headers: {
          ...common,
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; /),
          'referrer-policy': 'strict-origin-when-cross-origin',
        },
      });
      const { hrefs, text } = linksOf(body, path);
      expect(text).toContain('There is nothing at this address.');
      for (const to of ['/', '/rss.xml', '/feed.json', '/subscribe', '/style.css']) expect(hrefs).toContain(to);
    }
    await expectHeadAsGet(path);
    expect((await target.request(path, { headers: { 'If-None-Match': '*' } })).status).toBe(404);
  });

  // Deno does not resolve dots in a path.
  it.each(same.filter(({ path }) => name !== 'Deno' || !/\/\.\.?\//.test(path)))(
    'answers a request with $claim like any other',
    async ({ path, sent }) => {
      expect(await target.request(path, sent)).toEqual(await target.request('/rss.xml'));
    },
  );

  it('answers a health check', async () => {
    const { status, headers, body } = await target.request('/healthz');
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'ok\n' });
    expect(headers).toMatchObject({ 'content-type': plain, 'cache-control': 'no-store' });
    await expectHeadAsGet('/healthz');
    expect(await target.request('/healthz', { method: 'POST' })).toMatchObject({ status: 405 });
  });

  // At the edge the platform adds the date; in memory there is no HTTP server.
  if (name.startsWith('a Node server')) {
    it('dates every answer', async () => {
      const { etag } = keep(await target.request('/rss.xml'));
      const sent = [{}, { headers: { 'If-None-Match': etag } }, { method: 'HEAD' }, { method: 'POST' }];
      for (const one of sent) expect(await target.request('/rss.xml', one)).toMatchObject({ isDated: true });
    });
  }

  if (/server|worker/.test(name)) {
    it.each(['/style.css', '/icon.svg', '/favicon.png'])('serves the file %s', async (path) => {
      const answer = await target.request(path);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(readFileSync(join(packageFilesFolder, path)));
      const head = await target.request(path, { method: 'HEAD' });
      expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) });
      expect(head.headers).toMatchObject({ etag: answer.headers.etag });
      const { etag = '' } = answer.headers;
      const again = await target.request(path, { headers: { 'If-None-Match': etag } });
      expect(again).toMatchObject({ status: 304, headers: { etag }, body: Buffer.alloc(0) });
      expect(await target.request(path, { method: 'POST' })).toMatchObject({ status: 405 });
      // Cloudflare serves these files itself. No page needs a preflight for them.
      const status = /worker/.test(name) ? 405 : 204;
      expect(await target.request(path, { method: 'OPTIONS' })).toMatchObject({ status });
    });
  }

  async function expectHeadAsGet(path: string): Promise<void> {
    const { status, headers } = await target.request(path);
    const head = await target.request(path, { method: 'HEAD' });
    expect(head).toMatchObject({ status, headers, body: Buffer.alloc(0) });
    expect(head.headers).toEqual(headers);
  }
});

const plain = 'text/plain; charset=utf-8';

/** Reports whether an address is that of a file or a feed, which people don't visit. */
function forPrograms(path: string): boolean {
  if (/^\/articles\//.test(path)) return false;
  return /\.(?:xml|json|yaml|md)\/?$/.test(path) || ['/atom/', '/RSS', '/feed//'].includes(path);
}

/** The text of a page, and the paths on the same host that it links to. */
function linksOf(body: Buffer, path: string): { text: string; hrefs: string[] } {
  const text = body.toString();
  const hrefs = [...text.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => new URL(href, base(path)));
  return { text, hrefs: hrefs.filter(({ host }) => host === 'any.example').map(({ pathname }) => pathname) };
}

function base(path: string): URL {
  return new URL(`http://any.example${path}`);
}

/**
 * The tag depends only on the bytes, so it is the same on every instance (RFC 9110 §8.8.3). In the feeds that are
 * polled it also has four characters for each of the two articles.
 */
function tagOf(path: string, body: Buffer): RegExp {
  const hash = createHash('sha256').update(body).digest().subarray(0, 12).toString('base64url');
  const articles = /^\/(?:rss|atom)\.xml$/.test(path) ? String.raw`\.[\w-]{8}` : '';
  return new RegExp(`^W/"${hash}${articles}"$`);
}

function keep({ headers }: Answer): Kept {
  const { etag = '', 'last-modified': modified = '' } = headers;
  expect(new Date(modified).toUTCString()).toBe(modified);
  expect(Date.parse(modified)).toBeLessThanOrEqual(Date.now());
  return { etag, modified: new Date(modified) };
}
