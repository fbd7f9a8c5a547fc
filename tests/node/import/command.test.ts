import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partPath } from '../../../src/node/disk/write/temporary-names.ts';
import { Downloads, downloadTotals } from '../../../src/node/import/downloads.ts';
import { folderName, nameOfItem } from '../../../src/node/import/file-names.ts';
import { ImportFolder } from '../../../src/node/import/import-folder.ts';
import { importSource } from '../../../src/node/import/import-source.ts';
import { WebClient } from '../../../src/node/published/web-client.ts';
import { dateline } from '../command.ts';
import { png } from '../pictures.ts';
import { makeFolder } from '../temporary-folder.ts';

type Answer = { readonly type: string; readonly body: string | Uint8Array };
let server: Server;
let origin: string;
const answers = new Map<string, Answer>();
const asked: string[] = [];
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const answer = answers.get(url);
    if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': answer.type }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const json = (items: readonly object[], more = {}) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', ...more, items });
const date_published = '2025-01-01T00:00:00Z';
const localClient = () => new WebClient(downloadTotals, { allowPrivate: true });
const newFolder = () => join(makeFolder(), 'seeds');
const seedsIn = (dir: string) => readdirSync(dir).filter((name) => name !== 'publication.yaml');

describe('dateline import', () => {
  it('follows a feed to its oldest item and imports each item once', async () => {
    const item = (n: number) => ({
      id: `https://o.example/${n}`,
      url: `https://o.example/${n}`,
      title: `T${n}`,
      content_text: 'x',
      date_published,
    });
    answers.set('/feed.json', {
      type: 'application/json',
      body: json([item(3), item(2)], { next_url: `${origin}/2.json` }),
    });
    answers.set('/2.json', {
      type: 'application/json',
      body: json([item(2), item(1)], { next_url: `${origin}/feed.json` }),
    });
    const dir = newFolder();
    const progress: (number | undefined)[][] = [];
    const imported = await importSource(`${origin}/feed.json`, dir, {
      now: 0,
      allowPrivate: true,
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(imported).toEqual({ written: 3, drafts: 0, known: 0, files: 0, notes: [] });
    expect(progress).toEqual([1, 2, 3].map((done) => [done, 3]));
    expect(seedsIn(dir)).toEqual(['2025-01-01-t1.md', '2025-01-01-t2.md', '2025-01-01-t3.md']);
    const checked = await dateline(['check', dir, '--allow-private', '--against', `${origin}/feed.json`]);
    expect(checked.stdout).not.toMatch(/(?:changed|vanished|duplicated)-id/);
  });

  it('exits with 1 and writes nothing if a source cannot be read', async () => {
    const dir = newFolder();
    for (const source of [
      join(dir, 'none.xml'),
      `${origin}/none`,
      join(makeFolder({ 'a.html': '<p>no feed</p>' }), 'a.html'),
    ]) {
      const { code, stderr, stdout } = await dateline(['import', source, dir]);
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout: `${dir}: 0 new, 0 already here, 1 error, 0 warnings\n`,
      });
      expect(stderr).toMatch(/error: cannot be read: /);
    }
    expect(existsSync(dir)).toBe(false);
  });

  it('imports items without a title, a date, an id or a link', async () => {
    const feed = json([
      { id: '1', content_text: 'A thought without a title.\n\nAnd more of it.', date_published },
      { id: '2', title: 'Undated', content_text: 'x' },
      { title: 'Bare', content_text: 'y', date_published },
      { title: 'Bare', content_text: 'another', date_published },
      { id: '3', url: 'https://o.example/empty', date_published },
    ]);
    const source = join(makeFolder({ 'feed.json': feed }), 'feed.json');
    const dir = newFolder();
    const { code, stdout, stderr } = await dateline(['import', source, dir]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${dir}: 5 new, 0 already here, 0 errors, 1 warning\n`,
    });
    expect(stderr).toContain('"Undated": it has no readable date, so it gets 2024-12-31T23:59:59Z');
    expect(seedsIn(dir)).toEqual([
      '2024-12-31-undated.md',
      '2025-01-01-a-thought-without-a-title.md',
      '2025-01-01-bare-2.md',
      '2025-01-01-bare.md',
      '2025-01-01-empty.md',
    ]);
    expect(readFileSync(join(dir, '2025-01-01-empty.md'), 'utf8')).toContain('title: https://o.example/empty\n');
    expect((await dateline(['import', source, dir])).stdout).toContain('0 new, 5 already here');
    expect((await dateline(['check', dir, '--against', source])).stdout).not.toMatch(/changed-id|unfixed-id/);
    expect((await dateline(['check', dir])).stdout).toContain('5 articles, 0 errors');
  });

  it('ignores an RSS permalink that is not an address, and keeps brackets in names', async () => {
    const rss =
      '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>https://o.example/</link><item><title>x</title><guid>abc</guid><dc:creator>A &lt;b&gt; C</dc:creator><pubDate>Wed, 01 Jan 2025 00:00:00 GMT</pubDate><description>one\n\ntwo &amp;amp; 3 &lt; 4</description></item></channel></rss>';
    const dir = newFolder();
    await dateline(['import', join(makeFolder({ 'f.xml': rss }), 'f.xml'), dir]);
    expect(readFileSync(join(dir, '2025-01-01-x.md'), 'utf8')).toBe(
      '---\ntitle: x\ndate: 2025-01-01T00:00:00Z\nid: abc\nauthors:\n  - name: A <b> C\n---\n\none\n\ntwo & 3 < 4\n',
    );
  });

  it('never changes an existing article or publication file', async () => {
    const files = { 'publication.yaml': 'title: Mine\nlanguage: de\n', '2025-01-01-hello.md': 'mine' };
    const dir = makeFolder(files);
    const feed = json(
      [
        {
          id: 'https://o.example/hello',
          url: 'https://o.example/hello',
          title: 'Hello',
          content_text: 'x',
          date_published,
        },
      ],
      { language: 'en' },
    );
    const { code } = await dateline(['import', join(makeFolder({ 'f.json': feed }), 'f.json'), dir]);
    expect(code).toBe(0);
    expect(seedsIn(dir)).toEqual(['2025-01-01-hello-2.md', '2025-01-01-hello.md']);
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(dir, name), 'utf8')).toBe(text);
    expect(readFileSync(join(dir, '2025-01-01-hello-2.md'), 'utf8')).toContain('language: en\n');
  });

  it.each([
    ['with a control character', 'with\u0001control', 'withcontrol', 'characters that feeds cannot carry'],
    ['with a carriage return', 'a\rb', '|-\n  a\n  b\n', 'characters that feeds cannot carry'],
    ['of more than 2048 characters', 'x'.repeat(2049), `${'x'.repeat(80)}-`, 'more than 2048 characters'],
  ])('warns that an id %s cannot stay, and never advises to keep it', async (_, id, written, fault) => {
    const feed = json([{ id, url: 'https://o.example/a', title: 'A', content_text: 'a', date_published }]);
    const dir = newFolder();
    const source = join(makeFolder({ 'f.json': feed }), 'f.json');
    const { stdout, stderr } = await dateline(['import', source, dir]);
    expect(stdout).toContain('1 new, 0 already here, 0 errors, 1 warning');
    expect(stderr).toMatch(new RegExp(`warning: "A": its id, ".*", has ${fault}`));
    expect(readFileSync(join(dir, '2025-01-01-a.md'), 'utf8')).toContain(`\nid: ${written}`);
    const { stdout: problems } = await dateline(['check', dir, '--against', source]);
    expect(problems).toMatch(new RegExp(`it cannot be kept, as it has ${fault}.*\\(changed-id\\)\n`));
    expect(problems).not.toContain('write "id');
  });

  it('keeps two articles with the same id apart and warns', async () => {
    const feed = json([
      { id: 'urn:x:1', url: 'https://o.example/a', title: 'A', content_text: 'a', date_published },
      { id: 'urn:x:1', url: 'https://o.example/b', title: 'B', content_text: 'b', date_published },
    ]);
    const dir = newFolder();
    const source = join(makeFolder({ 'f.json': feed }), 'f.json');
    const { stdout, stderr } = await dateline(['import', source, dir]);
    expect(stdout).toContain('2 new, 0 already here, 0 errors, 1 warning');
    expect(stderr).toContain('"B": "A" has the same id, urn:x:1, so this id becomes https://o.example/b');
    const other = json([{ id: 'urn:x:1', url: 'https://o.example/c', title: 'C', content_text: 'c', date_published }]);
    const clash = await dateline(['import', join(makeFolder({ 'g.json': other }), 'g.json'), dir]);
    expect(clash).toMatchObject({ code: 1, stdout: `${dir}: 0 new, 0 already here, 1 error, 0 warnings\n` });
    expect(clash.stderr).toContain('"C": not imported: ');
  });

  it('skips an item whose draft exists, even under another title', async () => {
    const dir = makeFolder({
      'a.md':
        '---\ntitle: Mine\ndate: 2025-01-01\nid: https://o.example/1\nurl: https://o.example/mine\ndraft: true\n---\n\nx\n',
    });
    const feed = json([
      {
        id: 'https://o.example/1',
        url: 'https://o.example/1',
        title: 'Theirs',
        content_text: 'x',
        date_published,
      },
    ]);
    expect(await dateline(['import', join(makeFolder({ 'f.json': feed }), 'f.json'), dir])).toMatchObject({
      code: 0,
      stdout: `${dir}: 0 new, 1 already here, 0 errors, 0 warnings\n`,
    });
    expect(seedsIn(dir)).toEqual(['a.md']);
  });

  it('keeps apart items of two listed feeds that have the same id', async () => {
    const one = (title: string) => json([{ id: '1', title, content_text: title, date_published }]);
    const outlines = ['a', 'b'].map((name) => `<outline text="${name}" xmlUrl="${name}.json"/>`).join('');
    const place = makeFolder({
      'a.json': one('Of A'),
      'b.json': one('Of B'),
      'l.opml': `<opml version="2.0"><body>${outlines}</body></opml>`,
    });
    const dir = newFolder();
    const first = await dateline(['import', join(place, 'l.opml'), dir]);
    expect(first.stdout).toContain('2 new, 0 already here, 0 errors, 1 warning');
    expect(first.stderr).toContain('has the same id, "1", so this id becomes "b/1"');
    expect((await dateline(['import', join(place, 'l.opml'), dir])).stdout).toContain(
      '0 new, 2 already here, 0 errors',
    );
    expect((await dateline(['check', dir])).stdout).toContain('2 articles, 0 errors');
  });

  it('writes nothing if the publication file is broken', async () => {
    const dir = makeFolder({ 'publication.yaml': 'language: [\n' });
    const source = join(
      makeFolder({ 'f.json': json([{ id: 'urn:x:1', content_text: 'a', date_published }]) }),
      'f.json',
    );
    const { code, stderr } = await dateline(['import', source, dir]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'dateline: the publication file has errors; fix it first (dateline check)\n',
    });
    expect(readdirSync(dir)).toEqual(['publication.yaml']);
  });

  it('expands no entities', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${'a'.repeat(1000)}">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]><rss version="2.0" WP><channel><title>T</title><item><title>x</title><guid>urn:x:1</guid><pubDate>Wed, 01 Jan 2025 00:00:00 GMT</pubDate><description>&a19;</description></item></channel></rss>`;
    for (const wp of ['', 'xmlns:wp="http://wordpress.org/export/1.2/"']) {
      const dir = newFolder();
      await dateline(['import', join(makeFolder({ 'b.xml': bomb.replace('WP', wp) }), 'b.xml'), dir]);
      for (const name of seedsIn(dir)) expect(statSync(join(dir, name)).size).toBeLessThan(2000);
      expect(seedsIn(dir)).toHaveLength(1);
    }
  });
});

describe('--download', () => {
  it('downloads pictures and enclosures once each, and keeps the links of failures', async () => {
    answers.set('/i/ship.php?a=1', { type: 'image/png', body: png(60, 40) });
    answers.set('/s.mp3', { type: 'audio/mpeg', body: 'sound' });
    answers.set('/page.jpg', { type: 'text/html', body: '<p>gone</p>' });
    const img =
      '<p><img src="/i/ship.php?a=1" alt="Ship"> <img src="/page.jpg" alt="Page"> <img src="/none.png" alt="None"></p>';
    const item = (n: number) => ({
      id: `${origin}/a/${n}`,
      url: `${origin}/a/${n}`,
      title: `T${n}`,
      content_html: `${img}<p>Words.</p>`,
      date_published,
      attachments: [{ url: `${origin}/s.mp3`, mime_type: 'audio/x', size_in_bytes: 99 }],
    });
    answers.set('/media.json', { type: 'application/json', body: json([item(1), item(2)]) });
    asked.length = 0;
    const dir = newFolder();
    const { code, stdout, stderr } = await dateline([
      'import',
      `${origin}/media.json`,
      dir,
      '--download',
      '--allow-private',
    ]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${dir}: 2 new, 0 already here, 2 files downloaded, 0 errors, 4 warnings\n`,
    });
    expect(stderr).toContain('/page.jpg was not downloaded: files of type text/html are not published; the link stays');
    expect(stderr).toContain('/none.png was not downloaded: the answer is 404 Not Found; the link stays');
    expect(asked.filter((path) => !path.endsWith('.json')).sort()).toEqual([
      '/i/ship.php?a=1',
      '/none.png',
      '/page.jpg',
      '/s.mp3',
    ]);
    expect(readdirSync(dir).sort()).toEqual([
      '2025-01-01-t1.md',
      '2025-01-01-t2.md',
      'publication.yaml',
      's.mp3',
      'ship.png',
    ]);
    const text = readFileSync(join(dir, '2025-01-01-t1.md'), 'utf8');
    expect(text).toContain(`![Ship](ship.png) ![Page](${origin}/page.jpg)`);
    expect(text).toContain('- url: s.mp3\n');
    expect((await dateline(['check', dir])).stdout).toMatch(/\n2 articles, 0 errors/);
  });

  it('keeps pictures apart whose addresses differ in the query, and names them in the order of the article', async () => {
    const pictures = [1, 2, 3, 4].map((n) => ({ path: `/q/show.php?n=${n}`, bytes: png(10 * n, 10) }));
    for (const { path, bytes } of pictures) answers.set(path, { type: 'image/png', body: bytes });
    const content_html = pictures.map(({ path }, i) => `<p><img src="${path}" alt="${i}"></p>`).join('');
    const item = { id: 'urn:x:1', url: `${origin}/q/1`, title: 'T', date_published, content_html };
    answers.set('/q.json', { type: 'application/json', body: json([item]) });
    const dir = newFolder();
    const run = () => dateline(['import', `${origin}/q.json`, dir, '--download', '--allow-private']);
    expect(await run()).toMatchObject({ code: 0 });
    const article = join(dir, '2025-01-01-t.md');
    const text = readFileSync(article, 'utf8');
    expect(text).toContain('![0](show.png)\n\n![1](show-2.png)\n\n![2](show-3.png)\n\n![3](show-4.png)\n');
    for (const [i, { bytes }] of pictures.entries())
      expect(readFileSync(join(dir, `show${i === 0 ? '' : `-${i + 1}`}.png`))).toEqual(Buffer.from(bytes));
    // An import that was stopped before the article has left its pictures.
    const files = readdirSync(dir);
    rmSync(article);
    rmSync(join(dir, 'show-2.png'));
    expect(await run()).toMatchObject({ code: 0 });
    expect(readdirSync(dir)).toEqual(files);
    expect(readFileSync(article, 'utf8')).toBe(text);
  });

  it('downloads the targets of pictures and of links on the same site', async () => {
    for (const name of ['small', 'large', 'other'])
      answers.set(`/l/${name}.png`, { type: 'image/png', body: png(60, 40) });
    answers.set('/l/a.mp3', { type: 'audio/mpeg', body: 'sound' });
    const content_html =
      '<p><a href="/l/large.png"><img src="/l/small.png" alt="Ship"></a> <a href="/l/other.png">plan</a> <a href="/l/a.mp3">sound</a> <a href="/l/page">page</a> <a href="/wiki/File:a.png">file</a> <a href="https://else.example/a.png">else</a></p>';
    const attachments = [{ url: `${origin}/l/a.mp3`, mime_type: 'audio/mpeg' }];
    const item = { id: 'urn:x:1', url: `${origin}/l/1`, title: 'T', date_published, attachments };
    // Both as Markdown and as HTML, since a cell with two columns stays HTML.
    for (const html of [content_html, `<table><tr><td colspan="2">${content_html}</td></tr></table>`]) {
      answers.set('/l.json', { type: 'application/json', body: json([{ ...item, content_html: html }]) });
      const dir = newFolder();
      const { stderr } = await dateline(['import', `${origin}/l.json`, dir, '--download', '--allow-private']);
      expect(stderr.replace(/.*1 item has an id.*\n/, '')).toBe('');
      const text = readFileSync(join(dir, '2025-01-01-t.md'), 'utf8');
      const addresses = [...text.matchAll(/(?:\]\(|(?:href|src)=")([^)"]*)/g)].map(([, address]) => address);
      expect(addresses.sort()).toEqual(
        [
          'a.mp3',
          'large.png',
          'other.png',
          'small.png',
          `${origin}/l/page`,
          `${origin}/wiki/File:a.png`,
          'https://else.example/a.png',
        ].sort(),
      );
      expect((await dateline(['check', dir])).stdout).toMatch(/\n1 article, 0 errors/);
    }
  });

  it('rejects files whose content does not match their type', async () => {
    const dir = makeFolder();
    const downloads = new Downloads(new ImportFolder(dir, 'https://new.example/'), undefined, localClient());
    const files: readonly (readonly [string, string, string | Uint8Array, string])[] = [
      ['/w/empty.jpg', 'image/jpeg', '', 'the answer is empty'],
      ['/w/empty.mp3', 'audio/mpeg', '', 'the answer is empty'],
      ['/w/sorry.jpg', 'image/jpeg', '\n<!DOCTYPE html><p>Not found', 'it is an HTML page'],
      ['/w/sorry.mp3', 'application/octet-stream', '<html><p>Not found', 'it is an HTML page'],
      ['/w/words.png', 'image/png', 'Not found', 'it is not a picture, although its type is image/png'],
    ];
    for (const [path, type, body] of files) answers.set(path, { type, body });
    answers.set('/w/odd.jpg', { type: 'image/jpeg', body: png(60, 40) });
    answers.set('/w/a.svg', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
    const paths = [...files.map(([path]) => path), '/w/odd.jpg', '/w/a.svg'];
    const { warnings, count } = await downloads.fetch(
      paths.map((path) => origin + path),
      'a.md',
    );
    expect(count).toBe(2);
    expect([...warnings].sort()).toEqual(
      files.map(([path, , , reason]) => `${origin}${path} was not downloaded: ${reason}; the link stays`).sort(),
    );
    expect(readdirSync(dir).sort()).toEqual(['a.svg', 'odd.jpg']);
  });

  it('removes the temporary files of a stopped import', async () => {
    const { pid = 0 } = spawnSync(process.execPath, ['-e', '']);
    const stale = basename(partPath('')).replace(`-${process.pid}-`, `-${pid}-`);
    const running = basename(partPath(''));
    const dir = makeFolder({ [stale]: 'a', [`News/${stale}`]: 'a', '.dateline-x.part': 'a' });
    writeFileSync(join(dir, running), 'a');
    const source = join(
      makeFolder({ 'f.json': json([{ id: 'urn:x:1', title: 'T', content_text: 'a', date_published }]) }),
      'f.json',
    );
    await importSource(source, dir, { now: 0 });
    expect(readdirSync(dir, { recursive: true }).sort()).toEqual(
      [running, '.dateline-x.part', '2025-01-01-t.md', 'News', 'publication.yaml'].sort(),
    );
  });

  it('stops at its limits and leaves no partial files', async () => {
    answers.set('/big.png', { type: 'image/png', body: Buffer.alloc(2000) });
    const dir = makeFolder();
    const limits = { size: 1000, timeout: 5000, concurrency: 2 };
    const downloads = new Downloads(new ImportFolder(dir, 'https://new.example/'), limits, localClient());
    const { warnings, count } = await downloads.fetch([`${origin}/big.png`], 'a.md');
    expect({ warnings, count }).toEqual({
      warnings: [`${origin}/big.png was not downloaded: it is longer than 0.001 MB; the link stays`],
      count: 0,
    });
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['https://o.example/2026/hello-world.html', 'x', '2026-01-02-hello-world'],
    ['https://o.example/?p=12', 'The title!', '2026-01-02-the-title'],
    ['https://o.example/12', 'The title!', '2026-01-02-the-title'],
    ['https://o.example/2026-01-02-hello/', 'x', '2026-01-02-hello'],
    ['https://o.example/..%2f..%2fetc%2fpasswd', 'x', '2026-01-02-passwd'],
    ['https://o.example/%E0%A4%A', '..', '2026-01-02-e0-a4-a'],
    [undefined, '../../..', '2026-01-02-untitled'],
    [undefined, 'Grüße aus 北京', '2026-01-02-grüße-aus-北京'],
  ])('of an article at %s with the title %j: %s', (url, title, name) => {
    expect(nameOfItem(url, title, '2026-01-02')).toBe(name);
  });
  it('are not longer than file systems allow', () => {
    expect(Buffer.byteLength(nameOfItem(undefined, '北'.repeat(500), '2026-01-02'))).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(folderName('é'.repeat(500)))).toBeLessThanOrEqual(200);
  });
  it.each([
    ['../../etc', 'etc'],
    ['.hidden', 'hidden'],
    ['2026', 'Feed 2026'],
    ['node_modules', 'Feed node_modules'],
    ['a/b\\c:d', 'a b c d'],
    ['', 'Feed'],
    ['News & more', 'News & more'],
  ])('of a section with the title %j: %j', (title, name) => {
    expect(folderName(title)).toBe(name);
  });
});
