import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/feed/formats.ts';
import { deltaClients } from '../../src/http/delta-request.ts';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { startWorker } from '../edge/workerd.ts';
import { makeFolder, seed } from '../node/temporary-folder.ts';
import { lintRss } from '../validators/rss.ts';
import { lintAtom } from '../validators/xml.ts';
import { ask, type Target, targets, targetsOfStep } from './targets.ts';

const lint = { '/rss.xml': lintRss, '/atom.xml': lintAtom };
const polled = ['/rss.xml', '/atom.xml'] as const;
const publication = `title: The Daily
url: https://daily.example/
items: 4
redirects:
  /2019/old.html: /articles/one
  /slashed/: /articles/one
  /größe: /articles/zwei-größe
  /%e6%97%a5: https://elsewhere.example/day
  /secret: gone
  /articles/one: /articles/none
  /articles/moved: /articles/one
  /rss.xml: /atom.xml
`;
const long = 'It happened again. '.repeat(30);
const before = {
  'publication.yaml': publication,
  'one.md': seed('One', '2026-03-01', long),
  'two.md': seed('Two', '2026-03-02', long),
  'zwei größe.md': seed('Same day', '2026-03-02', long),
};
const after = {
  ...before,
  'two.md': seed('Two', '2026-03-02', `${long}Mended.`),
  'twin.md': seed('Same day again', '2026-03-02', long),
};

/** Returns the coding in which a target answers. In memory nothing is compressed. */
function codedBy(target: string, wanted: string | undefined): string | undefined {
  return target === 'the app in memory' ? undefined : wanted;
}

const titles = (body: Buffer): string[] =>
  [...body.toString().matchAll(/<(?:item|entry).*?<title>(.*?)<\/title>/gs)].map(([, title]) => title ?? '');

describe.each(Object.entries(targetsOfStep))('%s', (name, start) => {
  let target: Target;
  /** The tags of the previous edition, from another app. */
  const held: Record<string, string> = {};
  beforeAll(async () => {
    const earlier = await targets['the app in memory'](makeFolder(before));
    for (const path of polled) held[path] = (await earlier.request(path)).headers.etag ?? '';
    target = await start(makeFolder(after));
  });
  afterAll(() => target?.close());

  const poll = (path: string, headers: Readonly<Record<string, string>>, method = 'GET') =>
    target.request(path, { method, headers });

  describe.each(['/rss.xml', '/atom.xml', '/feed.json', '/', '/articles/one'])('the coding of %s', (path) => {
    it.each([
      ['gzip', 'gzip'],
      ['gzip, deflate, br', 'br'],
      ['identity', undefined],
      ['gzip;q=0', undefined],
    ])('for Accept-Encoding: %s is %s', async (accept, wanted) => {
      const coding = codedBy(name, wanted);
      const plain = await target.request(path);
      const sent = { 'Accept-Encoding': accept };
      const { status, headers, body } = await poll(path, sent);
      expect({ status, coding: headers['content-encoding'] }).toEqual({ status: 200, coding });
      expect(headers).toMatchObject({ vary: 'Accept-Encoding', etag: plain.headers.etag });
      expect(headers['content-length']).toBe(String(body.length));
      const decoded = coding === 'br' ? brotliDecompressSync(body) : coding ? gunzipSync(body) : body;
      expect(decoded).toEqual(plain.body);
      // A better Brotli coding replaces the first one later.
      await expect
        .poll(async () => {
          const [get, head] = [await poll(path, sent), await poll(path, sent, 'HEAD')];
          expect(head.body).toHaveLength(0);
          return get.status === head.status && isDeepStrictEqual(get.headers, head.headers);
        })
        .toBe(true);
      const again = await poll(path, { ...sent, 'If-None-Match': headers.etag ?? '' });
      expect(again).toMatchObject({ status: 304, headers: { etag: headers.etag, vary: 'Accept-Encoding' } });
      expect(again.headers).not.toHaveProperty('content-encoding');
    });
  });

  if (name.startsWith('a Node server')) {
    it('compresses only texts above a size', async () => {
      const codingOf = async (path: string) =>
        (await poll(path, { 'Accept-Encoding': 'gzip, br' })).headers['content-encoding'];
      expect(await codingOf('/style.css')).toBe('br');
      for (const path of ['/icon.png', '/favicon.png', '/nope', '/healthz', '/secret'])
        expect(await codingOf(path)).toBeUndefined();
    });
  }

  describe.each(polled)('a delta of %s', (path) => {
    const asked = (more: Readonly<Record<string, string>> = {}) => ({
      'A-IM': 'feed',
      'If-None-Match': held[path] ?? '',
      'User-Agent': 'Liferea/1.14.4',
      ...more,
    });

    it('has new and corrected articles, under the tag of the whole feed', async () => {
      const whole = await target.request(path);
      const part = await poll(path, asked());
      expect(titles(whole.body)).toHaveLength(4);
      expect(titles(part.body).toSorted()).toEqual(['Same day again', 'Two']);
      expect({ status: part.status, headers: part.headers }).toEqual({
        status: 226,
        headers: {
          ...whole.headers,
          im: 'feed',
          'cache-control': 'no-store',
          vary: 'Accept-Encoding, A-IM, If-None-Match, User-Agent',
          'content-length': String(part.body.length),
        },
      });
      const dated = /<(?:lastBuildDate|updated)>.*?</;
      expect(dated.exec(part.body.toString())?.[0]).toBe(dated.exec(whole.body.toString())?.[0]);
      expect(await lint[path](part.body.toString())).toEqual([]);
      const head = await poll(path, asked(), 'HEAD');
      expect(head).toMatchObject({ status: 226, headers: part.headers, body: Buffer.alloc(0) });
      const next = await poll(path, asked({ 'If-None-Match': part.headers.etag ?? '' }));
      expect(next.status).toBe(304);
    });

    it.each(['gzip, feed', 'FEED', 'vcdiff;q=0.1 , feed ; q=0.5'])('is sent for A-IM: %s', async (aim) => {
      expect(await poll(path, asked({ 'A-IM': aim }))).toMatchObject({
        status: 226,
        headers: { im: 'feed' },
      });
    });

    it.each(['', 'gzip', 'feed;q=0', 'feed; q=0.000', 'feeds', 'vcdiff'])('is not sent for A-IM: %s', async (aim) => {
      expect(await poll(path, asked({ 'A-IM': aim }))).toEqual(await target.request(path));
    });

    it.each(['"other"', 'W/"AAAAAAAAAAAAAAAA.AAAABBBB"', 'nonsense', '"AAAAAAAAAAAAAAAA.AAA"', ''])(
      'is not sent to a reader with the tag %s',
      async (tag) => {
        expect(await poll(path, asked({ 'If-None-Match': tag }))).toEqual(await target.request(path));
      },
    );

    it.each([
      'FeedHQ/1.0 (https://github.com/feedhq/feedhq; 3 subscribers; like FeedFetcher-Google)',
      'FeedNotifier/2.6 +http://www.feednotifier.com/',
      'Liferea/1.14.4 (Linux; en_US.UTF-8; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)',
      'NewsBlur Feed Fetcher - 3 subscribers - https://newsblur.com/site/1 (Mozilla/5.0 (Macintosh) Version/5.1)',
      'newsraft/0.32 (Linux)',
      'python-reader/3.18 (+https://github.com/lemon24/reader)',
      ...deltaClients,
    ])('is sent to %s', async (agent) => {
      expect((await poll(path, asked({ 'User-Agent': agent }))).status).toBe(226);
    });

    it.each([
      '',
      ' ',
      'rss2email/3.13.1 +https://github.com/rss2email/rss2email',
      'feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/',
      'UniversalFeedParser/5.2.1 +https://code.google.com/p/feedparser/',
      'newsboat/2.21.0 (Linux x86_64)',
      'Vienna/3.9.5',
      'RssBandit/2.0 (.NET CLR 4.0; WinNT 10.0)',
      'Mozilla/5.0 (compatible; Liferea/1.14.4)',
      'Mozilla/5.0 Liferea/1.14.4',
      '(Liferea/1.14.4)',
      'NotLiferea/1.14.4',
      'Liferea-clone/1.0',
      'liferea',
      'feedparser/6.0.10 python-reader/3.18',
    ])('is not sent to "%s"', async (agent) => {
      expect(await poll(path, asked({ 'User-Agent': agent }))).toEqual(await target.request(path));
    });

    it.each([
      ['Via', '1.1 varnish'],
      ['CDN-Loop', 'cdn.example'],
      ['X-Varnish', '32770'],
    ])('is not sent through a cache, whose tag it may be: %s', async (field, value) => {
      expect(await poll(path, asked({ [field]: value }))).toEqual(await target.request(path));
    });

    it('is not sent to a cache with several tags, which may be of several readers', async () => {
      const list = `"other", ${held[path]}`;
      expect(await poll(path, asked({ 'If-None-Match': list }))).toEqual(await target.request(path));
      const { etag } = (await target.request(path)).headers;
      expect((await poll(path, asked({ 'If-None-Match': `${list}, ${etag}` }))).status).toBe(304);
      expect((await poll(path, asked({ 'If-None-Match': '*' }))).status).toBe(304);
    });

    it('is sent only to readers that ask for it and name an edition', async () => {
      const whole = await target.request(path);
      const agent = { 'User-Agent': 'Liferea/1.14.4' };
      expect(await poll(path, { ...agent, 'If-None-Match': held[path] ?? '' })).toEqual(whole);
      expect(await poll(path, { ...agent, 'A-IM': 'feed' })).toEqual(whole);
      const since = { 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' };
      expect(await poll(path, { ...agent, 'A-IM': 'feed', ...since })).toEqual(whole);
    });
  });

  it.each(['/feed.json', '/', '/archive/1/rss.xml', '/archive/1/atom.xml'])('has no delta of %s', async (path) => {
    const full = { ...after, 'publication.yaml': publication.replace('items: 4', 'items: 2') };
    const archived = await targets['the app in memory'](makeFolder(full));
    const headers = {
      'A-IM': 'feed',
      'If-None-Match': held['/rss.xml'] ?? '',
      'User-Agent': 'Liferea/1.14.4',
    };
    expect((await archived.request(path, { headers })).status).toBe(200);
  });

  describe.each(formats.flatMap(({ file, aliases }) => aliases.map((alias) => ({ alias, file }))))(
    '$alias',
    ({ alias, file }) => {
      it(`is an alias of /${file}`, async () => {
        const { status, headers, body } = await target.request(`/${file}`);
        const location = { 'content-location': `https://daily.example/${file}` };
        expect(headers).not.toHaveProperty('content-location');
        expect(body.toString()).toContain(`"https://daily.example/${file}"`);
        expect(await target.request(alias)).toMatchObject({ status, body });
        expect((await target.request(alias)).headers).toEqual({ ...headers, ...location });
        expect((await poll(alias, {}, 'HEAD')).headers).toEqual({ ...headers, ...location });
        const again = await poll(alias, { 'If-None-Match': headers.etag ?? '' });
        expect(again).toMatchObject({ status: 304, headers: { etag: headers.etag, ...location } });
        const part = await poll(alias, {
          'A-IM': 'feed',
          'If-None-Match': held[`/${file}`] ?? '',
          'User-Agent': 'Liferea/1.14.4',
        });
        expect(part).toMatchObject({ status: 226, headers: location });
      });
    },
  );

  it.each(polled)(
    'sends %s without a date to a reader whose date is as late, but whose tag is another',
    async (path) => {
      const { status, headers, body } = await target.request(path);
      const { 'last-modified': date = '', ...dateless } = headers;
      const sent = { 'If-None-Match': '"other"', 'If-Modified-Since': date };
      const answer = await poll(path, sent);
      expect(answer).toMatchObject({ status, body });
      expect(answer.headers).toEqual(dateless);
      const later = 'Fri, 31 Dec 9999 23:59:59 GMT';
      expect((await poll(path, { ...sent, 'If-Modified-Since': later })).headers).toEqual(dateless);
      const delta = { 'A-IM': 'feed', 'If-None-Match': held[path] ?? '', 'User-Agent': 'newsraft/0.32' };
      const part = await poll(path, { ...delta, 'If-Modified-Since': date });
      expect(part.status).toBe(226);
      expect(part.headers).not.toHaveProperty('last-modified');
      for (const since of ['Thu, 01 Jan 1970 00:00:00 GMT', 'nonsense'])
        expect((await poll(path, { ...sent, 'If-Modified-Since': since })).headers).toEqual(headers);
    },
  );

  it.each(polled)('shows %s to a browser as XML', async (path) => {
    const { headers, body } = await target.request(path);
    const sent = { 'Sec-Fetch-Dest': 'document' };
    const shown = await poll(path, sent);
    const cache = { 'cache-control': 'private, max-age=3600' };
    expect(shown.status).toBe(200);
    // It has links besides; without them, it is the same.
    const text = shown.body.toString();
    expect(text).toContain('<h2><a href="');
    const added = /(?<=<div [^>]*>)<title>[^<]*<\/title>|<div [^>]*><h2>.*?<\/div>/g;
    expect(text.replace(added, '')).toBe(body.toString());
    expect(shown.headers).toEqual({
      ...headers,
      ...cache,
      'content-type': 'application/xml; charset=utf-8',
      'content-length': String(shown.body.length),
    });
    const again = await poll(path, { ...sent, 'If-None-Match': headers.etag ?? '' });
    expect(again).toMatchObject({ status: 304, headers: cache });
    for (const dest of ['empty', 'iframe', 'image', ''])
      expect(await poll(path, { 'Sec-Fetch-Dest': dest })).toMatchObject({ headers, body });
  });

  it.each(['/feed.json', '/', '/articles/one'])('shows %s to a browser like to any reader', async (path) => {
    expect(await poll(path, { 'Sec-Fetch-Dest': 'document' })).toEqual(await target.request(path));
  });

  it.each([
    ['/2019/old.html', 'https://daily.example/articles/one'],
    ['/2019/old.html/', 'https://daily.example/articles/one'],
    ['/2019/old.html?a=b', 'https://daily.example/articles/one'],
    ['/slashed', 'https://daily.example/articles/one'],
    ['/slashed/', 'https://daily.example/articles/one'],
    ['/gr%C3%B6%C3%9Fe', 'https://daily.example/articles/zwei-gr%C3%B6%C3%9Fe'],
    ['/gr%c3%b6%c3%9fe', 'https://daily.example/articles/zwei-gr%C3%B6%C3%9Fe'],
    ['/%E6%97%A5', 'https://elsewhere.example/day'],
    ['/%e6%97%a5/', 'https://elsewhere.example/day'],
    ['/articles/moved', 'https://daily.example/articles/one'],
  ])('redirects %s', async (path, location) => {
    const answer = await target.request(path);
    expect(answer).toMatchObject({ status: 301, headers: { location } });
    const { status, headers } = await poll(path, {}, 'HEAD');
    expect({ status, headers }).toEqual({ status: 301, headers: answer.headers });
  });

  it('answers 410 if the publication says so, and prefers documents to redirects', async () => {
    for (const path of ['/secret', '/secret/']) expect((await target.request(path)).status).toBe(410);
    expect((await poll('/secret', {}, 'HEAD')).status).toBe(410);
    for (const path of ['/articles/one', '/rss.xml']) expect((await target.request(path)).status).toBe(200);
    for (const path of ['/articles/none', '/toString', '/secrets'])
      expect((await target.request(path)).status).toBe(404);
  });
});

it('answers 410 in a worker for withdrawn articles of an earlier build', async () => {
  const out = join(makeFolder(), 'site');
  const { 'two.md': _, ...rest } = before;
  for (const files of [before, rest]) {
    const { site, sources } = new SeedFolder(makeFolder(files), { url: 'http://localhost/' }).read();
    await build(site, sources, out, '2026-04-01T00:00:00Z');
  }
  const worker = await startWorker(edgeFolder(out));
  try {
    const statuses = ['two', 'one', 'three'].map(async (slug) => (await ask(worker.url, `/articles/${slug}`)).status);
    expect(await Promise.all(statuses)).toEqual([410, 200, 404]);
  } finally {
    await worker.close();
  }
});
