import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterFile } from '../../after-file.ts';
import { dateline, serveHere } from '../command.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const publication = 'title: Daily\nurl: https://daily.example/\nid: "tag:daily.example,2026:"\n';
const files = {
  'publication.yaml': publication,
  'ferry.md': seed('Ferry back in service', '2026-03-02'),
  '2026-03-04-tram.md': '---\ntitle: Tram stops\n---\n\nIt stops.\n',
  'noted.md': `${seed('Noted', '2026-03-05')}\nId: <tag:daily.example,2025:7>\n`,
};

/** Serves a folder once, so that its ledger knows what it has. */
async function serveOnce(dir: string): Promise<void> {
  const served = await serveHere(dir);
  await fetch(new URL('rss.xml', served.url));
  await served.stop();
}

/** The lines of `check` about ids that change. */
async function changed(dir: string, ...options: string[]): Promise<string[]> {
  const { stdout } = await dateline(['check', dir, ...options]);
  return stdout
    .split('\n')
    .filter((line) => line.endsWith('(changed-id)'))
    .map((line) => line.replaceAll(`${dir}/`, ''));
}

const rename = (dir: string, from: string, to: string): void => renameSync(join(dir, from), join(dir, to));

describe('check, with a ledger,', () => {
  it('finds nothing in what was published', async () => {
    const dir = makeFolder(files);
    await serveOnce(dir);
    expect(await changed(dir)).toEqual([]);
  });

  it('warns of a renamed file, and --fix-ids writes the published id', async () => {
    const dir = makeFolder(files);
    await serveOnce(dir);
    rename(dir, 'ferry.md', 'boat.md');
    expect(await changed(dir)).toEqual([
      'boat.md:1:1: warning: published in .dateline/ledger.db as tag:daily.example,2026:ferry; here its id is tag:daily.example,2026:boat, so readers would show it again; to keep it, write "id: tag:daily.example,2026:ferry" in front matter or, without front matter, "Id: <tag:daily.example,2026:ferry>" as the last paragraph ("--fix-ids" does this) (changed-id)',
    ]);
    await dateline(['check', dir, '--fix-ids']);
    expect(await changed(dir)).toEqual([]);
    expect(readFileSync(join(dir, 'boat.md'), 'utf8')).toContain('\nId: <tag:daily.example,2026:ferry>\n');
    await serveOnce(dir);
    expect(await changed(dir)).toEqual([]);
  });

  it.each<[string, (dir: string) => void, readonly string[]]>([
    [
      'another id of the publication',
      (dir) => writeFiles(dir, { 'publication.yaml': publication.replace('2026', '2027') }),
      ['2026-03-04-tram.md', 'ferry.md'],
    ],
    [
      'another slug',
      (dir) => writeFiles(dir, { '2026-03-04-tram.md': '---\ntitle: Tram stops\nslug: tram\n---\n\nIt stops.\n' }),
      ['2026-03-04-tram.md'],
    ],
    [
      'another date in the name',
      (dir) => rename(dir, '2026-03-04-tram.md', '2026-03-06-tram.md'),
      ['2026-03-06-tram.md'],
    ],
    [
      'another written id',
      (dir) => writeFiles(dir, { 'noted.md': `${seed('Noted', '2026-03-05')}\nId: <tag:x.example,2025:8>\n` }),
      ['noted.md'],
    ],
    ['no written id any more', (dir) => writeFiles(dir, { 'noted.md': seed('Noted!', '2026-03-05') }), ['noted.md']],
    [
      'a file written anew under another name',
      (dir) => {
        rmSync(join(dir, 'ferry.md'));
        writeFiles(dir, { 'ferry-back.md': seed('Ferry back in service', '2026-03-02', 'Written anew.') });
      },
      ['ferry-back.md'],
    ],
    ['a withdrawn article', (dir) => rmSync(join(dir, 'ferry.md')), []],
    ['another headline', (dir) => writeFiles(dir, { 'ferry.md': seed('Ferry runs', '2026-03-02') }), []],
    ['a new article', (dir) => writeFiles(dir, { 'new.md': seed('New', '2026-03-09') }), []],
  ])('warns of what changes ids: %s', async (_, change, expected) => {
    const dir = makeFolder(files);
    await serveOnce(dir);
    change(dir);
    expect((await changed(dir)).map((line) => line.replace(/:.*/, '')).sort()).toEqual(expected);
  });

  it('warns of an article that was deleted, withdrawn, and written again under another name', async () => {
    const dir = makeFolder(files);
    await serveOnce(dir);
    rmSync(join(dir, 'ferry.md'));
    await serveOnce(dir);
    writeFiles(dir, { 'boat.md': seed('Ferry back in service', '2026-03-02', 'Again.') });
    expect(await changed(dir)).toEqual([expect.stringMatching(/^boat\.md:.*:ferry; here its id is .*:boat, /)]);
  });

  it('does not write an id in doubt', async () => {
    const dir = makeFolder(files);
    await serveOnce(dir);
    rename(dir, '2026-03-04-tram.md', '2026-03-06-tram.md');
    expect(await changed(dir)).toEqual([expect.not.stringContaining('--fix-ids')]);
  });

  it('uses that of a build if the folder was never served, and only of the same publication', async () => {
    const dir = makeFolder(files);
    const out = join(makeFolder(), 'site');
    await dateline(['build', dir, '--out', out, '--edge-only']);
    rename(dir, 'ferry.md', 'boat.md');
    expect(await changed(dir, '--out', out)).toEqual([
      expect.stringContaining('site-edge as tag:daily.example,2026:ferry;'),
    ]);
    expect(await changed(dir)).toEqual([]);
    writeFileSync(
      join(dir, 'publication.yaml'),
      'title: Other\nurl: https://other.example/\nid: "tag:other.example,2026:"\n',
    );
    expect(await changed(dir, '--out', out)).toEqual([]);
  });
});

describe('check --adopt', () => {
  async function feedAt(xml: string): Promise<string> {
    const server = createServer((_, response) => response.setHeader('Content-Type', 'application/rss+xml').end(xml));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterFile(() => new Promise((resolve) => server.close(resolve)));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
  }

  it('fills the ledger with the ids, addresses and dates of a feed', async () => {
    const dir = makeFolder(files);
    const feed = await feedAt(`<rss version="2.0"><channel><title>Daily</title>
<item><title>Ferry back in service</title><guid isPermaLink="false">tag:daily.example,2026:ferry</guid>
<link>https://daily.example/2026/ferry/</link><pubDate>Mon, 02 Mar 2026 00:00:00 GMT</pubDate></item>
<item><title>Gone</title><guid isPermaLink="false">tag:daily.example,2020:gone</guid>
<link>https://daily.example/2020/gone/</link><pubDate>Thu, 02 Jan 2020 00:00:00 GMT</pubDate></item>
</channel></rss>`);
    const adopt = await dateline(['check', dir, '--against', feed, '--allow-private', '--adopt']);
    expect(adopt.stderr).toContain(`adopted 2 articles into ${join(dir, '.dateline/ledger.db')}\n`);
    const { stdout, stderr } = await dateline(['ledger', dir]);
    expect(stdout.split('\n')).toEqual([
      'tag:daily.example,2020:gone\thttps://daily.example/2020/gone/\tfirst 2020-01-02T00:00:00Z\tchanged 2020-01-02T00:00:00Z',
      'tag:daily.example,2026:ferry\thttps://daily.example/2026/ferry/\tfirst 2026-03-02T00:00:00Z\tchanged 2026-03-02T00:00:00Z',
      '',
    ]);
    expect(stderr).toBe(`${join(dir, '.dateline/ledger.db')}: 2 articles, 0 of them withdrawn\n`);
    const served = await serveHere(dir);
    const status = async (path: string) => (await fetch(new URL(path, served.url))).status;
    await expect.poll(() => status('2020/gone/')).toBe(410);
    expect(await status('articles/ferry')).toBe(200);
    await served.stop();
    expect((await dateline(['ledger', dir])).stdout).toMatch(/:gone\t.*\twithdrawn 2/);
    const again = await dateline(['check', dir, '--against', feed, '--allow-private', '--adopt']);
    expect(again.stderr).toContain('adopted 0 articles');
  });

  it('needs a feed', async () => {
    expect(await dateline(['check', makeFolder(files), '--adopt'])).toMatchObject({
      code: 1,
      stderr: 'dateline: --adopt needs --against, the feed to record\n',
    });
  });
});

describe('dateline ledger', () => {
  it('says that there is none', async () => {
    const dir = makeFolder(files);
    expect(await dateline(['ledger', dir], { cwd: makeFolder() })).toMatchObject({
      code: 1,
      stderr: `dateline: ${dir} has no ledger, because nothing is published there\n`,
    });
  });
});
