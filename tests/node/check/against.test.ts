import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/article/problem.ts';
import { readHistory } from '../../../src/node/check/read-history.ts';
import { historyLimits } from '../../../src/node/published/published-history.ts';
import { dateline, type Served, startServe } from '../command.ts';
import { makeFolder, manySeeds, seed } from '../temporary-folder.ts';

const publication = 'title: Daily\nurl: https://daily.example\nid: "tag:daily.example,2026:"\nitems: 3\n';
const formats = ['rss.xml', 'atom.xml', 'feed.json'];

async function against(dir: string, feed: string): Promise<{ code: number | null; problems: readonly Problem[] }> {
  const { code, stdout, stderr } = await dateline([
    'check',
    dir,
    '--allow-private',
    '--against',
    feed,
    '--format',
    'json',
  ]);
  expect(stderr).toMatch(/^compared with \d+ items? in \d+ documents?\n$/);
  const problems: Problem[] = JSON.parse(stdout);
  const others = ['unfixed-id', 'no-id', 'dead-link', 'duplicate-url'];
  return { code, problems: problems.filter(({ code }) => !others.includes(code)) };
}

const brief = ({ file, severity, code }: Problem) => `${file} ${severity} ${code}`;

/** Answers by path; other paths are 404. */
type Answer = (request: IncomingMessage, response: ServerResponse, origin: string) => void;
let server: Server;
let origin: string;
let answers: Readonly<Record<string, string | Answer>> = {};
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (typeof answer === 'string') response.end(answer.replaceAll('ORIGIN', origin));
    else if (answer === undefined) response.writeHead(404).end('none');
    else answer(request, response, origin);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const rss = (items: string, links = '') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://old.example/</link>${links}${items}</channel></rss>`;
const atom = (entries: string, links = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:daily.example,2026:/</id><title>T</title>${links}${entries}</feed>`;
const json = (items: readonly object[], more = {}) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', ...more, items });
const rdf = (about: string) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://old.example/"><title>T</title><link>https://old.example/</link></channel><item rdf:about="${about}"><title>Hello</title><link>${about}</link></item></rdf:RDF>`;

describe('a feed that Dateline serves', () => {
  let served: Served;
  const seeds = { 'publication.yaml': publication, ...manySeeds(10) };
  beforeAll(async () => {
    served = await startServe([makeFolder(seeds), '--no-watch']);
  });
  afterAll(() => served?.stop());

  it.each([...formats, 'feed', 'archive/2/atom.xml'])(
    'has no problems compared with its own seeds: %s',
    async (file) => {
      expect(await against(makeFolder(seeds), new URL(file, served.url).href)).toEqual({
        code: 0,
        problems: [],
      });
    },
  );

  it.each(formats)('reveals renamed, missing and copied articles in its whole archive: %s', async (file) => {
    const dir = makeFolder(seeds);
    renameSync(join(dir, '0001.md'), join(dir, 'first.md'));
    rmSync(join(dir, '0005.md'));
    writeFileSync(join(dir, 'copy.md'), readFileSync(join(dir, '0010.md')));
    const url = new URL(file, served.url).href;
    const { code, problems } = await against(dir, url);
    expect(code).toBe(1);
    expect(
      problems
        .map(brief)
        .map((line) => line.replace(/^http\S+\/(?=archive)/, ''))
        .sort(),
    ).toEqual([
      `${dir}/copy.md error duplicated-id`,
      `${dir}/first.md error changed-id`,
      `archive/2/${file} warning vanished-id`,
    ]);
    expect(problems.find(({ code }) => code === 'changed-id')?.message).toContain(
      'write "id: tag:daily.example,2026:0001" in front matter or, without front matter, "Id: <tag:daily.example,2026:0001>" as the last paragraph',
    );
  });

  it('has no problems if a renamed article keeps its id as advised', async () => {
    const dir = makeFolder(seeds);
    rmSync(join(dir, '0001.md'));
    writeFileSync(
      join(dir, 'first.md'),
      `${seeds['0001.md' as keyof typeof seeds]}\nId: <tag:daily.example,2026:0001>\n`,
    );
    expect(await against(dir, new URL('rss.xml', served.url).href)).toEqual({ code: 0, problems: [] });
  });

  it('reveals that two files swapped names and so ids', async () => {
    const dir = makeFolder(seeds);
    renameSync(join(dir, '0001.md'), join(dir, 'x'));
    renameSync(join(dir, '0004.md'), join(dir, '0001.md'));
    renameSync(join(dir, 'x'), join(dir, '0004.md'));
    const { problems } = await against(dir, new URL('rss.xml', served.url).href);
    expect(problems.map(brief)).toEqual([`${dir}/0001.md error changed-id`, `${dir}/0004.md error changed-id`]);
  });

  it('reveals other ids of all articles and the feed itself', async () => {
    const dir = makeFolder({
      ...seeds,
      'publication.yaml': 'id: "tag:else.example,2026:"\nurl: https://daily.example\n',
    });
    const { problems } = await against(dir, new URL('atom.xml', served.url).href);
    expect(problems.filter(({ severity }) => severity === 'error')).toHaveLength(10);
    expect(problems.filter(({ severity }) => severity === 'warning').map(brief)).toEqual([
      `${dir}/publication.yaml warning changed-id`,
    ]);
  });

  it('makes --fix-ids write published ids', async () => {
    const dir = makeFolder(seeds);
    renameSync(join(dir, '0001.md'), join(dir, 'first.md'));
    const url = new URL('rss.xml', served.url).href;
    const { stderr } = await dateline(['check', dir, '--fix-ids', '--allow-private', '--against', url]);
    expect(stderr).toBe('compared with 12 items in 4 documents\nwrote the ids of 10 articles into their files\n');
    expect(readFileSync(join(dir, 'first.md'), 'utf8')).toContain('Id: <tag:daily.example,2026:0001>');
  });

  it('is compared with annotations for GitHub, too', async () => {
    const dir = makeFolder(seeds);
    renameSync(join(dir, '0001.md'), join(dir, 'first.md'));
    const url = new URL('rss.xml', served.url).href;
    const { stdout } = await dateline(['check', dir, '--allow-private', '--against', url, '--format', 'github']);
    expect(stdout).toContain(`::error file=${dir}/first.md,line=1,col=1,title=changed-id::published in http`);
  });

  it.each(formats)('is compared from a build folder with its whole archive: %s', async (file) => {
    const dir = makeFolder(seeds);
    const out = join(makeFolder(), 'site');
    expect((await dateline(['build', dir, '--out', out])).code).toBe(0);
    expect(await against(dir, join(out, file))).toEqual({ code: 0, problems: [] });
    rmSync(join(dir, '0001.md'));
    expect((await against(dir, join(out, file))).problems.map(({ code }) => code)).toEqual(['vanished-id']);
  });
});

describe('a feed of another system', () => {
  const hello = (id: string, body = 'B.') =>
    `${seed('Hello', '2026-03-02', body)}\n${id === '' ? '' : `Id: <${id}>\n`}`;
  const folder = (text: string) => makeFolder({ 'publication.yaml': publication, 'hello.md': text });
  const original = hello('', 'B.\n\nOriginal url: https://old.example/hello');
  const date = 'Mon, 02 Mar 2026 08:00:00 GMT';

  it.each<[string, string, string, string[]]>([
    [
      'a guid that stays the same',
      rss('<item><title>Old</title><guid>https://old.example/?p=1&amp;q=2</guid></item>'),
      hello('https://old.example/?p=1&q=2'),
      [],
    ],
    [
      'a guid in CDATA',
      rss('<item><title>Old</title><guid><![CDATA[https://old.example/?p=1&q=2]]></guid></item>'),
      hello('https://old.example/?p=1&q=2'),
      [],
    ],
    [
      'another guid at the link',
      rss(
        '<item><title>Old</title><link>https://old.example/hello</link><guid isPermaLink="false">urn:1</guid></item>',
      ),
      original,
      ['changed-id'],
    ],
    [
      'a link with another scheme and a slash',
      rss('<item><title>Old</title><link>http://www.old.example/hello/</link><guid>urn:1</guid></item>'),
      original,
      ['changed-id'],
    ],
    [
      'a guid that is the link',
      rss('<item><title>Old</title><guid>https://old.example/hello</guid></item>'),
      original,
      [],
    ],
    [
      'no guid but the link',
      rss('<item><title>Old</title><link>https://old.example/hello</link></item>'),
      original,
      [],
    ],
    ['no guid but a relative link', rss('<item><title>Old</title><link>/hello</link></item>'), original, []],
    [
      'no guid but a link relative to a base',
      rss('<item xml:base="/x/"><title>Old</title><link>../hello</link></item>'),
      original,
      [],
    ],
    [
      'another guid at a relative link',
      rss('<item><title>Old</title><link>/hello</link><guid>urn:1</guid></item>'),
      original,
      ['changed-id'],
    ],
    [
      'no guid and another link',
      rss(`<item><title>Hello</title><link>https://old.example/x</link><pubDate>${date}</pubDate></item>`),
      hello(''),
      ['changed-id'],
    ],
    [
      'an id that differs in case',
      atom('<entry><id>urn:A</id><title>Hello</title><published>2026-03-02T00:00:00Z</published></entry>'),
      hello('urn:a'),
      ['changed-id'],
    ],
    [
      'a title with markup',
      atom(
        '<entry><id>urn:b</id><title type="html">&lt;b&gt;Hello&lt;/b&gt;</title><updated>2026-03-01T13:00:00+01:00</updated></entry>',
      ),
      hello('urn:a'),
      ['changed-id'],
    ],
    [
      'a title on another day',
      atom('<entry><id>urn:b</id><title>Hello</title><published>2026-03-05T00:00:00Z</published></entry>'),
      hello('urn:a'),
      ['vanished-id'],
    ],
    ['a title without a date', json([{ id: 'urn:b', title: 'Hello' }]), hello('urn:a'), ['changed-id']],
    ['a number for an id', json([{ id: 12, url: 'https://old.example/hello' }]), original, ['changed-id']],
    [
      'an item without an article',
      json([{ id: 'urn:a' }, { id: 'urn:b', url: 'https://old.example/b', title: 'B' }]),
      hello('urn:a'),
      ['vanished-id'],
    ],
    ['one id twice in a document', json([{ id: 'urn:a' }, { id: 'urn:a' }]), hello('urn:a'), ['duplicated-id']],
    [
      'one article under two ids',
      json([
        { id: 'urn:a', url: 'https://o.example/', title: 'T' },
        { id: 'urn:b', url: 'https://o.example/', title: 'T' },
      ]),
      hello('urn:a'),
      ['duplicated-id'],
    ],
    ['RDF that keeps the id', rdf('https://old.example/hello'), original, []],
    [
      'RDF with another id',
      rdf('https://old.example/hello'),
      hello('urn:a', 'B.\n\nOriginal url: https://old.example/hello'),
      ['changed-id'],
    ],
  ])('with %s', async (_, feed, text, codes) => {
    const dir = folder(text);
    const file = join(makeFolder({ feed }), 'feed');
    const { code, problems } = await against(dir, file);
    expect(problems.map(({ code }) => code)).toEqual(codes);
    expect(code).toBe(codes.includes('changed-id') ? 1 : 0);
    for (const { code, file: where } of problems)
      expect(where).toBe(code === 'changed-id' ? join(dir, 'hello.md') : file);
  });

  it.each([
    ['Don\'t "panic" -- it\'s 3 x 4...', 'Don&#8217;t &#8220;panic&#8221; &#8212; it&#8217;s 3 &#215; 4&#8230;'],
    ["Don't panic", '<![CDATA[Don&#8217;t panic]]>'],
    ['L\'été - "un" & deux', 'L’été\u00a0– «\u00a0un\u00a0» &amp; deux'],
    ['"Hallo" -- Welt', '„Hallo“ – Welt'],
    ['Vector<T> in C++', 'Vector&lt;T&gt; in C++'],
    ['1 < 2 <3', '1 &amp;lt; 2 &lt;3'],
    ['“…”', '&#8220;&#8230;&#8221;'],
  ])('matches %s by its headline despite typographic quotes and dashes', async (typed, set) => {
    const text = `---\ntitle: ${JSON.stringify(typed)}\ndate: 2026-03-02\n---\nB.\n`;
    const there = `<item><title>${set}</title><link>https://old.example/x</link><guid>urn:1</guid><pubDate>${date}</pubDate></item>`;
    const { problems } = await against(folder(text), join(makeFolder({ feed: rss(there) }), 'feed'));
    expect(problems.map(({ code }) => code)).toEqual(['changed-id']);
  });

  it('distinguishes headlines that differ in other signs', async () => {
    const text = '---\ntitle: New in C#\ndate: 2026-03-02\n---\nB.\n';
    const there = `<item><title>New in C++</title><link>https://old.example/x</link><pubDate>${date}</pubDate></item>`;
    const { problems } = await against(folder(text), join(makeFolder({ feed: rss(there) }), 'feed'));
    expect(problems.map(({ code }) => code)).toEqual(['vanished-id']);
  });

  it.each([
    ['hello', '2026/03/hello/', 'changed-id'],
    ['2026-03-02-hello', '2026/03/02/Hello.html', 'changed-id'],
    ['über-uns', '%C3%BCber-uns', 'changed-id'],
    ['hello', 'hello/index.html', 'changed-id'],
    ['100', '%E0%A4%A', 'vanished-id'],
    ['hello', 'other/', 'vanished-id'],
    ['2026', '2026/', 'vanished-id'],
  ])('matches %s.md by its date and its name in …/%s: %s', async (name, path, code) => {
    const text = '---\ntitle: Another headline\ndate: 2026-03-02\n---\nB.\n';
    const dir = makeFolder({ 'publication.yaml': publication, [`${name}.md`]: text });
    const there = `<item><title>T</title><link>https://old.example/${path}</link><guid>urn:1</guid><pubDate>${date}</pubDate></item>`;
    const other = there.replace('urn:1', 'urn:2').replace('02 Mar', '09 Mar').replace('<title>T', '<title>U');
    const feed = rss(there + other);
    const { problems } = await against(dir, join(makeFolder({ feed }), 'feed'));
    expect(problems.map(({ code }) => code).sort()).toEqual([code, 'vanished-id']);
  });

  it('reports a published article with a future date here', async () => {
    const dir = folder(hello('urn:a').replace('2026-03-02', '2126-03-02'));
    const feed = rss(`<item><title>Hello</title><guid>urn:a</guid><pubDate>${date}</pubDate></item>`);
    const { code, problems } = await against(dir, join(makeFolder({ feed }), 'feed'));
    expect({ code, problems: problems.map(brief) }).toEqual({
      code: 0,
      problems: [`${dir}/hello.md warning future-date`, `${dir}/hello.md warning vanished-id`],
    });
    expect(problems[1]?.message).toContain('here its date is 2126-03-02T00:00:00Z, in the future');
  });

  it('reports a published article that has expired here', async () => {
    const text = '---\ntitle: Hello\nid: urn:a\ndate: 2026-03-02\nexpiryDate: 2026-03-09\n---\nB.\n';
    const dir = makeFolder({ 'publication.yaml': publication, 'hello.md': text });
    const feed = rss(`<item><title>Hello</title><guid>urn:a</guid><pubDate>${date}</pubDate></item>`);
    const { code, problems } = await against(dir, join(makeFolder({ feed }), 'feed'));
    expect({ code, problems: problems.map(brief) }).toEqual({
      code: 0,
      problems: [`${dir}/hello.md warning expired`, `${dir}/hello.md warning vanished-id`],
    });
    expect(problems[1]?.message).toContain('here it expired on 2026-03-09T00:00:00Z');
  });

  const entry = '<entry><id>1 at x</id><link href="https://old.example/hello"/></entry>';
  it.each([
    [
      'RSS or JSON Feed',
      json([{ id: '1 at x', url: 'https://old.example/hello' }]),
      'to keep it in RSS and JSON Feed, write "id: "1 at x"" in front matter',
    ],
    ['Atom', atom(entry), 'it cannot be kept, as an id in Atom must be an absolute IRI (RFC 4287 §4.2.6)'],
  ])('says how an id that is not an IRI can be kept: in %s', async (_, feed, remedy) => {
    const { problems } = await against(folder(original), join(makeFolder({ feed }), 'feed'));
    expect(problems[0]?.message).toContain('published in');
    expect(problems[0]?.message).toContain(
      `as "1 at x"; here its id is https://old.example/hello, so readers would show it again; ${remedy}`,
    );
  });

  it.each([
    ['RSS', rss('<item><title>Old</title><guid isPermaLink="false">1 at x</guid></item>'), []],
    ['JSON Feed', json([{ id: '1 at x', title: 'Old' }]), []],
    ['Atom, as an IRI,', atom('<entry><id>tag:daily.example,2026:id%2F1%20at%20x</id></entry>'), []],
    ['Atom, not an IRI,', atom('<entry><id>1 at x</id></entry>'), ['changed-id']],
    ['RSS, as an IRI,', rss('<item><guid>tag:daily.example,2026:id%2F1%20at%20x</guid></item>'), ['changed-id']],
    ['RSS, another id,', rss('<item><title>Hello</title><guid>2 at x</guid></item>'), ['changed-id']],
  ])('compares an id that is not an IRI with that in %s', async (_, feed, codes) => {
    const text = '---\ntitle: Hello\ndate: 2026-03-02\nid: 1 at x\n---\nB.\n';
    const { problems } = await against(folder(text), join(makeFolder({ feed }), 'feed'));
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  it('reports two files that are one published item', async () => {
    const dir = makeFolder({
      'publication.yaml': publication,
      'a.md': `${original}\nId: <urn:a>\n`,
      'b.md': `${original}\nId: <urn:b>\n`,
    });
    const feed = rss('<item><title>Hello</title><link>https://old.example/hello</link><guid>urn:a</guid></item>');
    for (const asked of [dir, join(dir, 'a.md'), join(dir, 'b.md')])
      expect((await against(asked, join(makeFolder({ feed }), 'feed'))).problems.map(brief)).toEqual([
        `${dir}/b.md error duplicated-id`,
      ]);
  });

  it('does not match a new article with a moved one whose URL it has', async () => {
    const dir = makeFolder({
      'publication.yaml': publication,
      'moved.md': hello('tag:daily.example,2026:hello'),
      'hello.md': `${seed('Another', '2026-05-02')}\nId: <urn:new>\n`,
    });
    const feed = rss(
      `<item><title>Hello</title><link>https://daily.example/articles/hello</link><guid isPermaLink="false">tag:daily.example,2026:hello</guid><pubDate>${date}</pubDate></item>`,
    );
    expect(await against(dir, join(makeFolder({ feed }), 'feed'))).toEqual({ code: 0, problems: [] });
  });

  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${rss('<item><guid>urn:ü</guid></item>')}`, 'utf16le')],
    [
      'the encoding in its declaration',
      Buffer.from(rss('<item><guid>urn:ü</guid></item>').replace('?>', ' encoding="iso-8859-1"?>'), 'latin1'),
    ],
  ])('is read in %s', async (_, feed) => {
    expect((await readHistory(join(makeFolder({ feed }), 'feed'))).feeds[0]?.feed.items[0]?.id).toBe('urn:ü');
  });
});

describe('the history of a feed', () => {
  const idsAt = async (path: string, limits = historyLimits) => {
    asked.length = 0;
    const { feeds, problems } = await readHistory(origin + path, limits, { allowPrivate: true });
    return {
      ids: feeds.flatMap(({ feed }) => feed.items.map(({ id }) => id)),
      problems: problems.map(({ file, message }) => `${file}: ${message}`),
    };
  };
  const entry = (id: string) => `<entry><id>urn:${id}</id></entry>`;
  const link = (rel: string, href: string) => `<link rel="${rel}" href="${href}"/>`;

  it.each<[string, Record<string, string>]>([
    [
      'prev-archive in Atom',
      {
        '/': atom(entry('1'), link('prev-archive', '/2')),
        '/2': atom(entry('2'), link('prev-archive', 'ORIGIN/3') + link('next-archive', '/')),
        '/3': atom(entry('3')),
      },
    ],
    [
      'next in RSS',
      {
        '/': rss('<item><guid>urn:1</guid></item>', '<atom:link rel="next" href="?page=2"/>'),
        '/?page=2': rss('<item><guid>urn:2</guid></item>', '<atom:link rel="next" href="?page=3"/>'),
        '/?page=3': rss('<item><guid>urn:3</guid></item>'),
      },
    ],
    [
      'next_url in JSON Feed',
      {
        '/': json([{ id: 'urn:1' }], { next_url: 'ORIGIN/2' }),
        '/2': json([{ id: 'urn:2' }], { next_url: 'ORIGIN/3' }),
        '/3': json([{ id: 'urn:3' }]),
      },
    ],
    [
      'a loop, once',
      {
        '/': atom(entry('1'), link('next', '/2')),
        '/2': atom(entry('2'), link('next', '/3')),
        '/3': atom(entry('3'), link('next', '/#x') + link('next', '/2')),
      },
    ],
    [
      'a feed that states another URL, with its archive beside it',
      {
        '/': atom(entry('1'), link('self', 'https://daily.invalid/') + link('prev-archive', 'https://daily.invalid/2')),
        '/2': atom(
          entry('2'),
          link('self', 'https://daily.invalid/2') + link('prev-archive', 'https://daily.invalid/3'),
        ),
        '/3': atom(entry('3')),
      },
    ],
  ])('follows %s', async (_, pages) => {
    answers = pages;
    expect(await idsAt('/')).toEqual({ ids: ['urn:1', 'urn:2', 'urn:3'], problems: [] });
    expect(asked).toHaveLength(3);
  });

  it('follows redirects, also to documents that were read before', async () => {
    answers = {
      '/': (_, response) => response.writeHead(301, { location: '/a/b' }).end(),
      '/a/b': atom(entry('1'), link('next', 'c')),
      '/a/c': (_, response) => response.writeHead(302, { location: '/a/b' }).end(),
    };
    expect(await idsAt('/')).toEqual({ ids: ['urn:1'], problems: [] });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('is read with the encoding %s and the charset from HTTP', async (coding, code) => {
    answers = {
      '/': (_, response) =>
        response
          .writeHead(200, { 'content-encoding': coding, 'content-type': 'text/xml; charset=latin1' })
          .end(code(Buffer.from(atom(entry('ü')), 'latin1'))),
    };
    expect(await idsAt('/')).toEqual({ ids: ['urn:ü'], problems: [] });
  });

  it.each<[string, string | Answer, string]>([
    ['is gone', (_, response) => response.writeHead(410).end(), 'the answer is 410 Gone'],
    [
      'is a page',
      '<!doctype html><title>Hello</title>',
      'is not an RSS, RDF, Atom or JSON feed; give the address of the feed itself',
    ],
    [
      'is a page that links to its feeds',
      '<!doctype html><link rel="alternate" type="application/json" href="/wp-json/1"><LINK REL="feed alternate" TYPE="application/rss+xml; charset=utf-8" HREF="/feed/?a=1&amp;b=2"><!-- <link rel="alternate" type="application/rss+xml" href="/no"> --><link href="atom.xml" type=\'application/atom+xml\' rel=alternate>',
      'is not an RSS, RDF, Atom or JSON feed; give the feed that the page links to: ORIGIN/feed/?a=1&b=2, ORIGIN/atom.xml',
    ],
    [
      'is cut off',
      atom(entry('2')).slice(0, -20),
      'is not an RSS, RDF, Atom or JSON feed; give the address of the feed itself',
    ],
    ['is too long', (_, response) => response.end(Buffer.alloc(2_000_000, ' ')), 'it is longer than 1 MB'],
    [
      'is too long when decompressed',
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2_000_000, ' '))),
      'it is longer than 1 MB',
    ],
    ['does not answer', () => {}, 'no complete answer within 1 s'],
    ['does not end', (_, response) => response.write('<feed'), 'no complete answer within 1 s'],
    [
      'redirects in a loop',
      (_, response) => response.writeHead(302, { location: '/2' }).end(),
      'it redirects more than 10 times',
    ],
    ['breaks off', (_, response) => response.destroy(), 'socket hang up'],
  ])('is incomplete if an archive document %s', async (_, answer, message) => {
    answers = { '/': atom(entry('1'), link('next', '/2')), '/2': answer };
    expect(await idsAt('/', { documents: 9, timeout: 1000, size: 1_000_000 })).toEqual({
      ids: ['urn:1'],
      problems: [`${origin}/2: cannot be read: ${message.replaceAll('ORIGIN', origin)}`],
    });
  });

  it.each(['ftp://old.example/feed.xml', 'feed://old.example/', 'http://', 'https://a b/'])(
    'refuses %s',
    async (start) => {
      const { feeds, problems } = await readHistory(start);
      expect([feeds.length, ...problems.map(({ message }) => message)]).toEqual([
        0,
        `cannot be read: expected a file or an http:// or https:// URL, got "${start}"`,
      ]);
    },
  );

  it('may start at a file: URL', async () => {
    const file = join(makeFolder({ feed: atom(entry('1')) }), 'feed');
    expect((await readHistory(`file://${file}`)).feeds[0]?.feed.items[0]?.id).toBe('urn:1');
  });

  it('ends at the limit of documents and reports that', async () => {
    answers = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`/${i}`, atom(entry(`${i}`), link('next', `/${i + 1}`))]),
    );
    expect(await idsAt('/0', { ...historyLimits, documents: 3 })).toEqual({
      ids: ['urn:0', 'urn:1', 'urn:2'],
      problems: [`${origin}/3: cannot be read: there are more than 3 documents; older ones were not read`],
    });
  });

  it('never leads from the web to a file of this machine', async () => {
    const file = join(makeFolder({ feed: atom(entry('2')) }), 'feed');
    answers = { '/': atom(entry('1'), link('next', `file://${file}`)) };
    expect(await idsAt('/')).toEqual({
      ids: ['urn:1'],
      problems: [
        expect.stringMatching(/\/: cannot be read: its link to older items, "file:.*", is not a web address$/),
      ],
    });
  });

  it('makes check exit with 1 if there is no feed', async () => {
    const dir = makeFolder({ 'publication.yaml': publication, 'a.md': `${seed('A')}\nId: <urn:a>\n` });
    const { code, stdout } = await dateline(['check', dir, '--against', join(dir, 'none.xml')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /none\.xml:1:1: error: cannot be read: there is no such file.* \(unreadable\)\n1 article, 1 error, 0 warnings\n$/,
    );
  });
});
