import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../../http/targets.ts';
import { type Served, serveHere, startServe } from '../command.ts';
import { png } from '../pictures.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const soon = { timeout: 30_000, interval: 20 };

/** Writes a file in place from another process, in parts with a pause in milliseconds after each. */
function writeSlowly(path: string, text: string, { parts, pause }: { parts: number; pause: number }) {
  const program = `
    const { openSync, writeSync } = require('node:fs');
    const [path, text, parts, pause] = process.argv.slice(1);
    const file = openSync(path, 'w');
    const length = Math.ceil(text.length / parts);
    for (let at = 0; at < text.length; at += length) {
      writeSync(file, text.slice(at, at + length));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(pause));
    }`;
  return promisify(execFile)(process.execPath, ['-e', program, path, text, `${parts}`, `${pause}`]);
}

/** Writes files in another process, each at once under its name, as a checkout does. */
function writeElsewhere(files: readonly (readonly [path: string, text: string])[]) {
  const list = join(makeFolder({ list: JSON.stringify(files) }), 'list');
  const program = `
    const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
    const { dirname, join } = require('node:path');
    for (const [path, text] of JSON.parse(readFileSync(process.argv[1], 'utf8'))) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(join(dirname(path), '.draft'), text);
      renameSync(join(dirname(path), '.draft'), path);
    }`;
  return promisify(execFile)(process.execPath, ['-e', program, list]);
}

describe('a server that watches its folder', () => {
  let dir: string;
  let served: Served;
  beforeEach(async () => {
    dir = makeFolder({ 'publication.yaml': 'title: The Daily\n' });
    served = await serveHere(dir);
  });
  afterEach(() => served?.stop());

  async function titles(): Promise<string[]> {
    const { items } = JSON.parse((await ask(served.url, '/feed.json')).body.toString());
    return items.map(({ title }: { title: string }) => title);
  }
  const at = (path: string): string => join(dir, path);
  const shows = (...expected: string[]) => expect.poll(titles, soon).toEqual(expected);
  const save = (path: string, headline: string) => writeFiles(dir, { [path]: seed(headline) });
  /** Saves as editors do that never leave a half-written file. */
  const replace = (path: string, headline: string) => {
    save('.draft', headline);
    renameSync(at('.draft'), at(path));
  };
  const remove = (path: string) => rmSync(at(path), { recursive: true });
  /** Waits until all changes are reported. */
  const quiet = async (): Promise<void> => {
    let before = '';
    do {
      before = served.output.stdout;
      await setTimeout(300);
    } while (served.output.stdout !== before);
  };
  const tells = (from: string, line: RegExp) =>
    expect.poll(() => served.output.stdout.slice(from.length), soon).toMatch(line);

  it('shows added, saved, renamed and deleted articles', async () => {
    save('a.md', 'One');
    await shows('One');
    save('a.md', 'Two');
    await shows('Two');
    renameSync(at('a.md'), at('b.md'));
    await expect.poll(async () => (await ask(served.url, '/articles/b')).status, soon).toBe(200);
    expect((await ask(served.url, '/articles/a')).status).toBe(410);
  });

  it('answers 410 at the old address of a withdrawn article (RFC 9110 §15.5.11)', async () => {
    const status = async () => (await fetch(`${served.url}old/moved/`, { redirect: 'manual' })).status;
    writeFileSync(at('moved.md'), `---\ntitle: Moved\ndate: 2026-03-01\nurl: ${served.url}old/moved/\n---\n\nBody.\n`);
    await expect.poll(status, soon).toBe(301);
    remove('moved.md');
    await expect.poll(status, soon).toBe(410);
  });

  it('shows every save of an editor that replaces the file', async () => {
    for (const headline of ['One', 'Two', 'Three', 'Four']) {
      replace('a.md', headline);
      await shows(headline);
    }
    save('a.md', 'Five');
    await shows('Five');
    remove('a.md');
    await shows();
    save('a.md', 'Six');
    await shows('Six');
  });

  it('shows articles in new, moved and recreated folders', async () => {
    save('x/y/a.md', 'One');
    await shows('One');
    replace('x/y/a.md', 'Two');
    await shows('Two');
    save('x/y/a.md', 'Three');
    await shows('Three');
    renameSync(at('x'), at('z'));
    save('z/y/a.md', 'Four');
    await shows('Four');
    remove('z');
    await shows();
    save('z/y/a.md', 'Five');
    await shows('Five');
    save('z/y/a.md', 'Six');
    await shows('Six');
  });

  it('shows a file that replaces a folder, and other changes at the same time', async () => {
    save('a.md', 'One');
    mkdirSync(at('b.md'));
    mkdirSync(at('x'));
    await shows('One');
    await quiet();
    const { stderr } = served.output;
    remove('b.md');
    save('b.md', 'Two');
    await shows('Two', 'One');
    remove('x');
    save('a.md', 'Three');
    writeFileSync(at('x'), 'x');
    remove('b.md');
    await shows('Three');
    await quiet();
    expect(served.output.stderr).toBe(stderr);
  });

  it('shows changes of a link target', async () => {
    save('.data/a.md', 'One');
    symlinkSync('.data/a.md', at('link.md'));
    await shows('One');
    for (const headline of ['Two', 'Three']) {
      save('.data/a.md', headline);
      await shows(headline);
    }
  });

  it('shows what a link leads to after another link on the way has changed', async () => {
    // As Kubernetes updates the files of a volume.
    save('..1/a.md', 'One');
    symlinkSync('..1', at('..data'));
    symlinkSync('..data/a.md', at('a.md'));
    await shows('One');
    save('..2/a.md', 'Two');
    symlinkSync('..2', at('..next'));
    renameSync(at('..next'), at('..data'));
    remove('..1');
    await shows('Two');
  });

  it('keeps what it shows when a link outside replaces it, and reports that without a word of the file', async () => {
    save('a.md', 'One');
    await shows('One');
    const outside = makeFolder({ 'a.md': '# Secret\n\nSecret of April\n' });
    symlinkSync(join(outside, 'a.md'), at('.link'));
    renameSync(at('.link'), at('a.md'));
    await expect.poll(() => served.output.stderr, soon).toMatch(/\/a\.md:1:1: error: a symbolic link leads outside/);
    await quiet();
    expect(served.output.stderr).not.toContain('Secret');
    expect(await titles()).toEqual(['One']);
  });

  it('keeps the last good version of an article with new errors, and reports it', async () => {
    save('a.md', 'Good');
    save('b.md', 'Other');
    await shows('Other', 'Good');
    writeFileSync(at('a.md'), '# Worse\n\nnot a date\n');
    await expect.poll(() => served.output.stderr, soon).toContain(`${at('a.md')}: the last good version stays\n`);
    expect(served.output.stderr).toMatch(/\/a\.md:3:1: error: .* \(bad-date\)\n/);
    save('b.md', 'Another');
    await shows('Another', 'Good');
    save('a.md', 'Better');
    await shows('Another', 'Better');
  });

  it('keeps the last good settings while the publication file has errors, also for new articles', async () => {
    save('a.md', 'One');
    await shows('One');
    writeFiles(dir, { 'publication.yaml': 'title: The Weekly\nitems: none\n' });
    await expect
      .poll(() => served.output.stdout, soon)
      .toContain('; its last good settings stay until the publication file is fixed\n');
    await expect.poll(() => served.output.stderr, soon).toMatch(/\/publication\.yaml:2:8: error: .* \(wrong-value\)\n/);
    save('a.md', 'Two');
    await expect.poll(() => served.output.stdout.split('until the publication file').length, soon).toBe(3);
    expect(served.output.stderr.split('publication.yaml:2:8: error').length).toBe(2);
    await shows('Two');
    expect((await ask(served.url, '/rss.xml')).body.toString()).toContain('<title>The Daily</title>');
    writeFiles(dir, { 'publication.yaml': 'title: The Weekly\n' });
    const rss = async () => (await ask(served.url, '/rss.xml')).body.toString();
    await expect.poll(rss, soon).toContain('<title>The Weekly</title>');
  });

  it('shows many changes at once', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `many/${i}.md`);
    for (const name of names) save(name, name);
    await expect.poll(async () => (await titles()).length, soon).toBe(40);
  });

  it('reports nothing when nothing published changes', async () => {
    await quiet();
    const before = served.output.stdout.length;
    save('a.md', 'One');
    await expect.poll(() => served.output.stdout.slice(before), soon).toMatch(/a\.md added/);
    const { stdout } = served.output;
    const { etag } = (await ask(served.url, '/rss.xml')).headers;
    writeFileSync(at('.a.md.swp'), 'x');
    appendFileSync(at('notes.bak'), 'x');
    mkdirSync(at('empty'));
    remove('empty');
    // Long enough for a report.
    await setTimeout(300);
    save('b.md', 'Two');
    await shows('Two', 'One');
    await expect
      .poll(() => served.output.stdout.slice(stdout.length), soon)
      .toMatch(/^\d\d:\d\d:\d\d {2}b\.md added; 2 articles, 0 errors\n$/);
    remove('b.md');
    await shows('One');
    expect((await ask(served.url, '/rss.xml')).headers.etag).toBe(etag);
  });

  it('keeps serving while the folder is missing, and reads it when it is back', async () => {
    save('a.md', 'One');
    await shows('One');
    remove('.');
    await expect.poll(() => served.output.stderr, soon).toMatch(/^dateline: \S+: there is no such folder\n(?! +at )/m);
    expect(await titles()).toEqual(['One']);
    writeFiles(dir, { 'publication.yaml': 'title: The Daily\n', 'a.md': seed('Two') });
    await shows('Two');
  });

  it.each([
    ['empty', () => writeFileSync(at('publication.yaml'), '')],
    ['gone', () => remove('publication.yaml')],
  ])('keeps title, address and ids while the publication file is %s', async (what, lose) => {
    writeFiles(dir, {
      'publication.yaml': 'title: Kept\nurl: https://kept.example/\nid: "tag:kept.example,2026:"\n',
    });
    save('a.md', 'One');
    const feed = async () => (await ask(served.url, '/feed.json')).body.toString();
    await expect.poll(feed, soon).toMatch(/kept\.example,2026:a.*One/s);
    const before = await feed();
    const { stderr } = served.output;
    lose();
    await expect
      .poll(() => served.output.stderr.slice(stderr.length), soon)
      .toContain(`${at('publication.yaml')}:1:1: error: the file is ${what}, `);
    expect(await feed()).toBe(before);
    writeFiles(dir, { 'publication.yaml': 'title: The Daily\n' });
    await expect.poll(feed, soon).toContain('The Daily');
  });

  it('reports each change in one line, with the problems of the changed files only', async () => {
    save('a.md', 'One');
    writeFileSync(at('bad.md'), '# Bad\n\nsoon\n');
    await shows('One');
    await quiet();
    const { stdout, stderr } = served.output;
    save('a.md', 'Two');
    await tells(stdout, /^\d\d:\d\d:\d\d {2}a\.md changed\n$/);
    renameSync(at('a.md'), at('b.md'));
    await tells(stdout, /changed\n\d\d:\d\d:\d\d {2}a\.md renamed to b\.md\n$/);
    await expect
      .poll(() => served.output.stderr.slice(stderr.length), soon)
      .toMatch(/^\S+\/b\.md:1:1: warning: .* from tag:\S+:a to tag:\S+:b, .*"Id: <tag:\S+:a>".* \(unfixed-id\)\n$/);
    const { length } = served.output.stderr;
    writeFileSync(at('b.md'), '# B\n\nlater\n');
    await expect
      .poll(() => served.output.stderr.slice(length), soon)
      .toMatch(/^\S+\/b\.md:3:1: error: .*\n\S+\/b\.md: the last good version stays\n$/);
    remove('b.md');
    remove('bad.md');
    await tells(stdout, /2 files changed; 0 articles, 0 errors\n$/);
  });

  it('reports in one line that a scheduled article is published', async () => {
    await quiet();
    const { stdout } = served.output;
    writeFiles(dir, { 'x/later.md': seed('Later', new Date(Date.now() + 3000).toISOString()) });
    await tells(stdout, /^\d\d:\d\d:\d\d {2}x\/later\.md is published now\n/m);
    await shows('Later');
  });

  it('reports in one line that an article has expired', async () => {
    await quiet();
    const { stdout } = served.output;
    const moment = new Date(Date.now() + 3000).toISOString();
    writeFiles(dir, {
      'x/offer.md': `---\ntitle: Offer\ndate: 2026-03-02\nexpires: ${moment}\n---\n\nNow.\n`,
    });
    await shows('Offer');
    await tells(stdout, /^\d\d:\d\d:\d\d {2}x\/offer\.md has expired\n/m);
  });

  it('does not warn about a renamed file with a written id', async () => {
    writeFiles(dir, { 'a.md': seed('One', '2026-03-02', 'Text.\n\nId: <tag:daily.example,2026:one>') });
    await shows('One');
    await quiet();
    const { stdout, stderr } = served.output;
    renameSync(at('a.md'), at('b.md'));
    await tells(stdout, /a\.md renamed to b\.md\n$/);
    await quiet();
    expect(served.output.stderr).toBe(stderr);
  });

  it('reports the warnings of check for the saved article and no other', async () => {
    writeFiles(dir, { 'other.md': seed('Other', '2026-03-01', '![](other.png)') });
    writeFileSync(at('bad.md'), '# Bad\n\nsoon\n');
    await shows('Other');
    await quiet();
    const { stderr } = served.output;
    const told = () => served.output.stderr.slice(stderr.length).replaceAll(`${dir}/`, '');
    writeFiles(dir, { 'x/bad.md': seed('One', '2026-03-02', '![](photo.png) and [this](/articles/none)') });
    await expect.poll(told, soon).toMatch(/dead-link/);
    expect(told().match(/^\S+: warning|\([\w-]+\)$/gm)).toEqual([
      'x/bad.md:5:1: warning',
      '(missing-alt)',
      'x/bad.md:5:1: warning',
      '(missing-file)',
      'x/bad.md:5:20: warning',
      '(dead-link)',
    ]);
    expect(told()).not.toContain('other.md');
    remove('x');
    writeFiles(dir, { 'y/bad.md': '# Bad\n\nsoon\n' });
    await expect.poll(told, soon).toMatch(/^y\/bad\.md:3:1: error: .*\n$/m);
    await quiet();
    const [before, { stdout }] = [told(), served.output];
    // It has the same name as the file that still has errors.
    save('bad.md', 'Two');
    await tells(stdout, /bad\.md changed/);
    await quiet();
    expect(told()).toBe(before);
  });

  it('never shows or reports a half-written file', async () => {
    save('a.md', 'One');
    await shows('One');
    await quiet();
    const { stdout, stderr } = served.output;
    writeFileSync(at('a.md'), '');
    await setTimeout(50);
    expect(await titles()).toEqual(['One']);
    save('a.md', 'Two');
    await shows('Two');
    await tells(stdout, /^\S+ {2}a\.md changed\n$/);
    expect(served.output.stderr).toBe(stderr);
  });

  it.each([
    ['an original URL', 'Original url: <https://elsewhere.example/slow>', 'https://elsewhere.example/slow'],
    ['an id', 'Id: <tag:kept.example,2026:slow>', 'tag:kept.example,2026:slow'],
  ])('never shows an article without %s at its end, however slowly it is written', async (_, end, id) => {
    const seen = new Set<string>();
    let isOver = false;
    const poll = async (): Promise<void> => {
      while (!isOver) {
        const { items } = JSON.parse((await ask(served.url, '/feed.json')).body.toString());
        for (const item of items) seen.add(`${item.title} ${item.id} ${item.content_html.length}`);
        await setTimeout(3);
      }
    };
    const text = (headline: string) =>
      seed(headline, '2026-03-02', `${'The ferry sails again.\n\n'.repeat(200)}${end}`);
    const polling = poll();
    try {
      writeFileSync(at('.draft'), text('One'));
      renameSync(at('.draft'), at('slow.md'));
      await shows('One');
      await writeSlowly(at('slow.md'), text('Two'), { parts: 60, pause: 5 });
      await shows('Two');
      const slow = writeSlowly(at('slow.md'), text('Three'), { parts: 2, pause: 600 });
      // Another change in the meantime is shown, and does not show the half.
      await setTimeout(200);
      save('b.md', 'Other');
      await expect.poll(titles, soon).toContain('Other');
      await slow;
      await shows('Three', 'Other');
    } finally {
      isOver = true;
      await polling;
    }
    expect([...seen].map((version) => version.replace(/ \d+$/, '')).sort()).toEqual(
      expect.arrayContaining([`One ${id}`, `Three ${id}`, `Two ${id}`]),
    );
    const versions = [...seen].filter((version) => !version.startsWith('Other '));
    expect(versions.filter((version) => !version.includes(` ${id} `))).toEqual([]);
    // Of 62 parts. A busy machine may pause when the writer does not.
    expect(versions.length).toBeLessThan(12);
  });

  it('shows a slowly written new article in few parts', async () => {
    const { stdout } = served.output;
    const text = seed('New', '2026-03-02', 'The ferry sails again.\n\n'.repeat(200));
    const writing = writeSlowly(at('new.md'), text, { parts: 60, pause: 5 });
    await expect.poll(async () => (await titles()).length, soon).toBe(1);
    const seen = new Set<string>();
    const parts = async (): Promise<number> => {
      const page = (await ask(served.url, '/articles/new')).body.toString();
      seen.add(page);
      return page.split('The ferry').length;
    };
    // The page's description contains one more.
    await expect.poll(parts, { ...soon, interval: 1 }).toBeGreaterThan(200);
    await writing;
    expect(seen.size).toBeLessThan(10);
    await tells(stdout, /new\.md added/);
  });

  it('shows a new article under the id at its end, although it is written in steps', async () => {
    const text = seed('New', '2026-03-02', `${'The ferry.\n\n'.repeat(40)}Id: <tag:kept.example,2026:new>`);
    const seen = new Set<string>();
    const writing = writeSlowly(at('new.md'), text, { parts: 12, pause: 40 });
    const look = async (): Promise<number> => {
      const { items } = JSON.parse((await ask(served.url, '/feed.json')).body.toString());
      for (const item of items) seen.add(`${item.id} ${item.content_html.split('ferry').length - 1}`);
      return items.length;
    };
    await expect.poll(look, { ...soon, interval: 5 }).toBe(1);
    await writing;
    expect([...seen]).toEqual(['tag:kept.example,2026:new 40']);
  });

  it('shows a changed id once the file stays unchanged, and reports the change once', async () => {
    save('a.md', 'One');
    await shows('One');
    await quiet();
    const { stdout, stderr } = served.output;
    const feed = async () => (await ask(served.url, '/feed.json')).body.toString();
    writeFiles(dir, {
      'a.md': seed('Two', '2026-03-02', 'Text.\n\nOriginal url: https://elsewhere.example/a'),
    });
    await expect.poll(feed, soon).toContain('"id": "https://elsewhere.example/a"');
    await tells(stdout, /^\S+ {2}a\.md changed\n$/);
    await expect
      .poll(() => served.output.stderr.slice(stderr.length), soon)
      .toMatch(
        /^\S+\/a\.md:1:1: warning: its id changed from tag:\S+:a to https:\/\/elsewhere\.example\/a, .* \(unfixed-id\)\n/,
      );
    save('.draft', 'Three');
    renameSync(at('.draft'), at('a.md'));
    await shows('Three');
    expect(await feed()).not.toContain('"id": "https://elsewhere.example/a"');
  });

  it('shows a text without a newline at its end', async () => {
    writeFileSync(at('a.md'), '# One\n\n2026-03-02\n\nText.');
    await shows('One');
  });

  it('keeps ids and addresses while the publication file is half written', async () => {
    save('a.md', 'One');
    const settings = 'title: The Daily\nurl: https://kept.example/\nid: "tag:kept.example,2026:"\n';
    writeFiles(dir, { 'publication.yaml': settings });
    const feed = async () => (await ask(served.url, '/feed.json')).body.toString();
    await expect.poll(feed, soon).toMatch(/kept\.example,2026:a.*One/s);
    const before = await feed();
    writeFiles(dir, { 'publication.yaml': 'title: The Daily\n' });
    await setTimeout(300);
    expect(await feed()).toBe(before);
    await expect.poll(feed, soon).not.toContain('kept.example');
  });

  it('reads a checkout of a thousand files in few readings', async () => {
    await quiet();
    const { stdout } = served.output;
    const lines = () => served.output.stdout.slice(stdout.length).trimEnd().split('\n');
    const headlines = Array.from({ length: 1000 }, (_, i) => `${i}`);
    await writeElsewhere(headlines.map((name) => [at(`many/${name}.md`), seed(name)]));
    await tells(stdout, / files changed; 1000 articles, 0 errors\n$/);
    await writeElsewhere(headlines.map((name) => [at(`many/${name}.md`), seed(`${name} again`)]));
    await expect.poll(async () => (await titles()).filter((title) => title.endsWith('again')).length, soon).toBe(50);
    await quiet();
    // Two, unless a busy machine makes the writing pause.
    expect(lines().length).toBeLessThan(20);
    renameSync(at('many'), `${dir}-away`);
    await shows();
    renameSync(`${dir}-away`, at('many'));
    await expect.poll(async () => (await titles()).length, soon).toBe(50);
  });

  it('shows the current contents of a folder that was moved away and back', async () => {
    save('a.md', 'One');
    await shows('One');
    renameSync(dir, `${dir}-away`);
    await setTimeout(50);
    writeFiles(`${dir}-away`, { 'a.md': seed('Two') });
    expect(await titles()).toEqual(['One']);
    renameSync(`${dir}-away`, dir);
    await shows('Two');
    save('a.md', 'Three');
    await shows('Three');
    await quiet();
    const { stdout, stderr } = served.output;
    renameSync(dir, `${dir}-away`);
    await expect.poll(() => served.output.stderr.slice(stderr.length), soon).toContain('no such folder');
    renameSync(`${dir}-away`, dir);
    await tells(stdout, /^\d\d:\d\d:\d\d {2}the folder is back\n$/);
  });

  it('updates the article of a changed picture', async () => {
    writeFiles(dir, { 'photo.png': png(1, 2), 'a.md': seed('One', '2026-03-02', '![x](photo.png)') });
    save('b.md', 'Two');
    const page = async (slug: string) => (await ask(served.url, `/articles/${slug}`)).body.toString();
    await expect.poll(() => page('a'), soon).toContain('width="1" height="2"');
    writeFiles(dir, { 'photo.png': png(3, 4) });
    await expect.poll(() => page('a'), soon).toContain('width="3" height="4"');
  });

  it('uses the current ttl of the publication file', async () => {
    writeFiles(dir, { 'photo.png': png(1, 2), 'publication.yaml': 'title: The Daily\nttl: 7\n' });
    const age = async () => (await ask(served.url, '/media/photo.png')).headers['cache-control'];
    await expect.poll(age, soon).toBe('public, max-age=420');
    writeFiles(dir, { 'publication.yaml': 'title: The Daily\n' });
  });

  it('answers 200 to conditional requests for an older version', async () => {
    save('a.md', 'One');
    await shows('One');
    const { etag = '', 'last-modified': date = '' } = (await ask(served.url, '/rss.xml')).headers;
    save('a.md', 'Two');
    await shows('Two');
    for (const headers of [{ 'If-None-Match': etag }, { 'If-Modified-Since': date }])
      expect((await ask(served.url, '/rss.xml', { headers })).status).toBe(200);
  });
});

describe('a server of a folder that is a link', () => {
  it.each<[string, (target: string, link: string) => void]>([
    [
      'replaced at once',
      (target, link) => {
        symlinkSync(target, `${link}-next`);
        renameSync(`${link}-next`, link);
      },
    ],
    [
      'deleted and made again',
      (target, link) => {
        rmSync(link);
        symlinkSync(target, link);
      },
    ],
  ])('shows the release that it leads to after it is %s', async (_, release) => {
    const home = makeFolder({
      'releases/1/seeds/a.md': seed('One'),
      'releases/2/seeds/a.md': seed('Two'),
      'releases/3/seeds/a.md': seed('Three'),
    });
    const link = join(home, 'current');
    symlinkSync('releases/1', link);
    const served = await serveHere(join(link, 'seeds'));
    const feed = async (): Promise<string> => (await ask(served.url, '/feed.json')).body.toString();
    expect(await feed()).toContain('One');
    release('releases/2', link);
    await expect.poll(feed, soon).toContain('Two');
    release('releases/3', link);
    await expect.poll(feed, soon).toContain('Three');
    writeFiles(home, { 'releases/3/seeds/a.md': seed('Four') });
    await expect.poll(feed, soon).toContain('Four');
    expect(served.output.stderr).not.toContain('error');
    await served.stop();
  });
});

describe('the change report of a server', () => {
  it.each([
    ['colored on request', { FORCE_COLOR: '1' }, '\u001b[31merror:\u001b[39m'],
    ['plain without a terminal', {}, ': error: '],
  ] as const)('is %s', async (_, env, expected) => {
    const dir = makeFolder({ 'a.md': seed('One') });
    const served = await startServe([dir], { env });
    writeFileSync(join(dir, 'a.md'), '# A\n\nsoon\n');
    await expect.poll(() => served.output.stderr, soon).toContain(expected);
    await served.stop();
  });
});

describe('a server that does not watch', () => {
  it('serves the contents at its start', async () => {
    const dir = makeFolder({ 'a.md': seed('One') });
    const watching = await startServe([dir]);
    const still = await startServe([dir, '--no-watch']);
    writeFiles(dir, { 'a.md': seed('Two') });
    const rss = async ({ url }: Served): Promise<string> => (await ask(url, '/rss.xml')).body.toString();
    await expect.poll(() => rss(watching), soon).toContain('<title>Two</title>');
    expect(await rss(still)).toContain('<title>One</title>');
    expect(await still.stop()).toMatchObject({ code: 0 });
    await watching.stop();
  });
});
